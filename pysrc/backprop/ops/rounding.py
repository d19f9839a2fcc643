"""Real numbers to whole ones; a staircase is flat, so the gradient is 0."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..autograd.tape import tape
from ..tensor import Tensor, method
from .operands import no_bools, type_name

__all__ = ["ceil", "fix", "floor", "frac", "round", "trunc"]


def _staircase(input: Tensor, function: Any, name: str) -> Tensor:
    no_bools(input, f"{name.removesuffix('Backward0').lower()}_vml_cpu")
    if input.array.dtype.kind != "f":
        return input.clone()
    return tape(function(input.array), name, (input,), np.zeros_like)


@method()
def round(input: Tensor, *, decimals: int = 0) -> Tensor:
    """To the nearest whole number, or to `decimals` places; halves go to the even one."""
    return _staircase(input, lambda x: np.round(x, decimals), f"RoundBackward{int(decimals != 0)}")


@method()
def floor(input: Tensor) -> Tensor:
    """Down to the next whole number."""
    return _staircase(input, np.floor, "FloorBackward0")


@method()
def ceil(input: Tensor) -> Tensor:
    """Up to the next whole number."""
    return _staircase(input, np.ceil, "CeilBackward0")


@method("trunc", "fix")
def trunc(input: Tensor) -> Tensor:
    """Towards zero to the next whole number."""
    return _staircase(input, np.trunc, "TruncBackward0")


@method()
def frac(input: Tensor) -> Tensor:
    """What stands behind the point, with the sign of the number: ``input - trunc(input)``."""
    if input.array.dtype.kind != "f":
        raise NotImplementedError(
            f"\"frac_cpu\" not implemented for '{type_name(input.dtype)}'\n"
            "A whole number has nothing behind the point."
        )
    return tape(input.array - np.trunc(input.array), "FracBackward0", (input,), np.copy)


fix = trunc
