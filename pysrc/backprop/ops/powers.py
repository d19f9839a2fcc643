"""Powers; each rule stands below its operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .. import dtypes
from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..nearest import nearest
from ..tensor import Tensor, method
from .operands import convert, floating, no_bools, operands

__all__ = ["pow", "square"]


@method("pow", "__pow__")
def pow(input: Any, exponent: Any) -> Tensor:
    """``input ** exponent``, broadcast: d(a^b) = b a^(b-1) da + a^b ln(a) db.

    Raises:
        RuntimeError: a whole number is raised to a negative whole power.
    """
    if not isinstance(input, Tensor):
        return _rpow(exponent, input)
    if isinstance(exponent, (int, float)):
        return _pow_scalar(input, exponent)
    a, b = operands(input, exponent)
    no_bools(a, "pow")
    x, y = a.array, b.array
    result = _powers(x, y)

    def rule(grad: Array) -> Gradients:
        with np.errstate(all="ignore"):
            by_base = np.where(y == 0, 0, grad * (y * nearest(np.power, x, y - 1)))
            flat = (x == 0) & (y >= 0)
            by_exponent = np.where(flat, 0, grad * (result * nearest(np.log, x)))
        return (
            unbroadcast(by_base.astype(x.dtype), x.shape),
            unbroadcast(by_exponent.astype(y.dtype), y.shape),
        )

    return tape(result, "PowBackward1", (a, b), rule, saved=(a, b), saves_result=True)


def _powers(x: Array, y: Array) -> Array:
    """The powers of arrays of one type; 1 / n of a whole number n is rounded towards 0."""
    with np.errstate(all="ignore"):
        if x.dtype.kind != "i" or not (y < 0).any():
            return nearest(np.power, x, y)
        sign = np.where(y % 2 == 0, 1, x)
        turned = np.where(np.abs(x) == 1, sign, 0)
        return np.where(y < 0, turned, np.power(x, np.maximum(y, 0))).astype(x.dtype)


def _pow_scalar(a: Tensor, exponent: float) -> Tensor:
    if isinstance(exponent, bool) and a.array.dtype == bool:
        return tape(a.array | np.logical_not(exponent), "PowBackward0", (a,), np.zeros_like)
    if isinstance(exponent, float) and a.array.dtype.kind != "f":
        a = floating(a)
    elif a.array.dtype == bool:
        a = convert(a, dtypes.int64)
    x = a.array
    if exponent < 0 and x.dtype.kind != "f":
        raise RuntimeError(
            "Integers to negative integer powers are not allowed.\nConvert the base with .float()."
        )

    def rule(grad: Array) -> Array:
        if exponent == 0:
            return np.zeros_like(x)
        return grad * (exponent * _power(x, exponent - 1))

    with np.errstate(all="ignore"):
        result = _power(x, exponent)
    return tape(result, "PowBackward0", (a,), rule, saved=(a,))


def _power(x: Array, exponent: float) -> Array:
    """`x` to the power of a number: by products and roots where PyTorch does it so."""
    short = _SHORT_POWERS.get(exponent) if exponent > 0 or x.dtype.kind == "f" else None
    if short is not None:
        return short(x)
    return nearest(lambda wide: np.power(wide, exponent), x)


_SHORT_POWERS: dict[float, Callable[[Array], Array]] = {
    1: np.array,
    2: lambda x: x * x,
    3: lambda x: x * x * x,
    0.5: np.sqrt,
    -0.5: lambda x: 1 / np.sqrt(x),
    -1: lambda x: 1 / x,
    -2: lambda x: 1 / (x * x),
}


@method("__rpow__")
def _rpow(input: Tensor, other: Any) -> Tensor:
    base, b = operands(other, input)
    y = _powers(base.array, b.array)

    def rule(grad: Array) -> Array:
        with np.errstate(all="ignore"):
            flat = (base.array == 0) & (b.array >= 0)  # 0 to every positive power is 0
            return np.where(flat, 0, grad * (y * nearest(np.log, base.array))).astype(y.dtype)

    return tape(y, "PowBackward2", (b,), rule, saves_result=True)


@method()
def square(input: Tensor) -> Tensor:
    """``input ** 2``."""
    return pow(input, 2)
