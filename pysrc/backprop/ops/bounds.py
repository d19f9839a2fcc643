"""Keeping numbers within bounds, and the larger and the smaller of two."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method
from .operands import convert, operands, result_type

__all__ = ["clamp", "clamp_max", "clamp_min", "clip", "maximum", "minimum", "nan_to_num"]


@method("clamp", "clip")
def clamp(input: Tensor, min: Any = None, max: Any = None) -> Tensor:
    """Keep every element between `min` and `max`; outside, the gradient is 0.

    Raises:
        RuntimeError: neither bound is given.
    """
    if min is None and max is None:
        raise RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None")
    return _clamp(input, min, max, "ClampBackward1")


def _clamp(input: Tensor, min: Any, max: Any, name: str) -> Tensor:
    for bound in (min, max):
        if bound is not None:
            input = convert(input, result_type(input, bound))
    low = min.array if isinstance(min, Tensor) else min
    high = max.array if isinstance(max, Tensor) else max
    x = input.array

    def rule(grad: Array) -> Array:
        inside = np.ones(x.shape, bool)
        if low is not None:
            inside &= x >= low
        if high is not None:
            inside &= x <= high
        return grad * inside

    return tape(np.clip(x, low, high).astype(x.dtype), name, (input,), rule, saved=(input,))


@method()
def maximum(input: Tensor, other: Tensor) -> Tensor:
    """The larger of two, element by element; a tie shares the gradient equally."""
    return _extremum(input, other, np.maximum, np.greater, "MaximumBackward0")


@method()
def minimum(input: Tensor, other: Tensor) -> Tensor:
    """The smaller of two, element by element; a tie shares the gradient equally."""
    return _extremum(input, other, np.minimum, np.less, "MinimumBackward0")


def _extremum(input: Tensor, other: Tensor, choose: Any, wins: Any, name: str) -> Tensor:
    a, b = operands(input, other)
    x, y = a.array, b.array

    def rule(grad: Array) -> Gradients:
        share = np.where(x == y, 0.5, wins(x, y)).astype(grad.dtype)
        return unbroadcast(grad * share, x.shape), unbroadcast(grad * (1 - share), y.shape)

    return tape(choose(x, y), name, (a, b), rule, saved=(a, b))


@method()
def clamp_min(input: Tensor, min: Any) -> Tensor:
    """Nothing below `min`."""
    return _clamp(input, min, None, "ClampMinBackward0")


@method()
def clamp_max(input: Tensor, max: Any) -> Tensor:
    """Nothing above `max`."""
    return _clamp(input, None, max, "ClampMaxBackward0")


@method()
def nan_to_num(
    input: Tensor, nan: float = 0.0, posinf: float | None = None, neginf: float | None = None
) -> Tensor:
    """Numbers in place of NaN and of infinities (for which the type's largest number serves)."""
    finite = np.isfinite(input.array)

    def rule(grad: Array) -> Array:
        return grad * finite

    result = np.nan_to_num(input.array, nan=nan, posinf=posinf, neginf=neginf)
    return tape(result, "NanToNumBackward0", (input,), rule)


clip = clamp
