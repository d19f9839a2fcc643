"""How large a number is drawn beside others: as its share of the largest."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from ...dtypes import Array


def largest(arrays: Iterable[Array | None]) -> float:
    """The size of the largest finite number in `arrays`, or 0; None stands for numbers that are not known."""
    sizes = [np.abs(each[np.isfinite(each)]).max(initial=0) for each in arrays if each is not None]
    return float(max(sizes, default=0.0))


def total(array: Array | None) -> float:
    """The sizes of all finite numbers in `array` together; 0 for None."""
    return 0.0 if array is None else float(np.abs(array[np.isfinite(array)]).sum())


def share(value: float, most: float) -> float:
    """How large a number is drawn whose size is compared with `most`: 0 for 0, and 1 for `most` itself.

    Also 1 for what is no number at all, and for whatever is not 0 where `most` is: a number that stands out
    among zeros is not to be overlooked.

    >>> share(-1.0, 4.0), share(0.0, 0.0), share(0.001, 0.0), share(float("nan"), 4.0)
    (0.25, 0.0, 1.0, 1.0)
    """
    if value == 0:
        return 0.0
    return abs(value) / most if most and math.isfinite(value) else 1.0


def broken(value: float) -> str:
    """The class of the style sheet for what is no number at all, after a space, or ""."""
    return "" if math.isfinite(value) else " is-not-finite"
