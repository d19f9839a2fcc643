"""Tensors as JSON, the same for PyTorch's and for backprop's."""

from __future__ import annotations

import math
from typing import Any


def plain(value: Any) -> Any:
    """A tensor as its type, shape and numbers; a string as it is."""
    if isinstance(value, str):
        return value
    numbers = value.detach().reshape(-1).tolist()
    return {
        "dtype": str(value.dtype),
        "shape": list(value.shape),
        "numbers": [_rounded(each) for each in numbers],
    }


def _rounded(number: Any) -> Any:
    if isinstance(number, float):
        # JSON has no NaN; nine digits are all that a float32 has.
        return float(f"{number:.9g}") if math.isfinite(number) else repr(number)
    return number
