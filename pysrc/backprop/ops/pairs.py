"""Less common functions of two tensors, element by element."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import dtypes
from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method, wrap
from .operands import as_operand, convert, floating, operands, type_name

__all__ = [
    "copysign",
    "float_power",
    "fmax",
    "fmin",
    "gcd",
    "heaviside",
    "lcm",
    "ldexp",
    "logaddexp",
    "logaddexp2",
    "xlogy",
]


@method()
def logaddexp(input: Tensor, other: Tensor) -> Tensor:
    """``log(exp(input) + exp(other))``, without overflow."""
    return _logarithm_of_a_sum(input, other, np.logaddexp, np.exp, "LogaddexpBackward0")


@method()
def logaddexp2(input: Tensor, other: Tensor) -> Tensor:
    """``log2(2^input + 2^other)``, without overflow."""
    return _logarithm_of_a_sum(input, other, np.logaddexp2, np.exp2, "Logaddexp2Backward0")


def _logarithm_of_a_sum(
    input: Tensor, other: Tensor, function: Any, power: Any, name: str
) -> Tensor:
    a, b = operands(input, other)
    if a.array.dtype.kind != "f":
        words = f"\"{name.removesuffix('Backward0').lower()}_cpu\" not implemented for '{type_name(a.dtype)}'"
        raise NotImplementedError(f"{words}\nConvert both first, with .float().")
    x, y = a.array, b.array
    z = function(x, y)

    def rule(grad: Array) -> Gradients:
        # Each gets its share of the sum.
        return unbroadcast(grad * power(x - z), x.shape), unbroadcast(grad * power(y - z), y.shape)

    return tape(z, name, (a, b), rule, saved=(a, b), saves_result=True)


@method()
def xlogy(input: Any, other: Any) -> Tensor:
    """``input * log(other)``, and 0 where `input` is 0 (but NaN where `other` is)."""
    a, b = operands(input, other)
    a, b = floating(a), floating(b)
    x, y = a.array, b.array
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log(y)
        result = np.where((x == 0) & ~np.isnan(y), 0, x * log).astype(x.dtype)

    def rule(grad: Array) -> Gradients:
        with np.errstate(divide="ignore", invalid="ignore"):
            by_x = np.where((x == 0) & (y <= 0), 0, log).astype(grad.dtype)
            return unbroadcast(grad * by_x, x.shape), unbroadcast(grad * (x / y), y.shape)

    form = 1 if not isinstance(input, Tensor) else 0 if isinstance(other, Tensor) else 2
    return tape(result, f"XlogyBackward{form}", (a, b), rule, saved=(a, b))


@method()
def float_power(input: Any, exponent: Any) -> Tensor:
    """``input ** exponent`` in float64."""
    base = input if isinstance(input, Tensor) else as_operand(input, exponent)
    power = convert(exponent, dtypes.float64) if isinstance(exponent, Tensor) else float(exponent)
    return convert(base, dtypes.float64) ** power


@method()
def copysign(input: Tensor, other: Any) -> Tensor:
    """The size of `input` with the sign of `other`."""
    a, b = operands(input, other)
    a, b = floating(a), floating(b)
    x, y = a.array, b.array
    result = np.copysign(x, y)

    def rule(grad: Array) -> Gradients:
        with np.errstate(divide="ignore", invalid="ignore"):
            sign = np.where(x == 0, 0, result / x).astype(grad.dtype)
        return unbroadcast(grad * sign, x.shape), np.zeros_like(y)

    name = f"CopysignBackward{0 if isinstance(other, Tensor) else 1}"
    return tape(result, name, (a, b), rule, saved=(a,), saves_result=True)


@method()
def fmax(input: Tensor, other: Tensor) -> Tensor:
    """The larger of two; a number where the other is NaN. The first one wins a tie."""
    return _number_first(input, other, np.fmax, np.greater_equal, "FmaxBackward0")


@method()
def fmin(input: Tensor, other: Tensor) -> Tensor:
    """The smaller of two; a number where the other is NaN. The first one wins a tie."""
    return _number_first(input, other, np.fmin, np.less_equal, "FminBackward0")


def _number_first(input: Tensor, other: Tensor, choose: Any, wins: Any, name: str) -> Tensor:
    a, b = operands(input, other)
    x, y = a.array, b.array

    def rule(grad: Array) -> Gradients:
        first = wins(x, y) | np.isnan(y)
        by_x, by_y = np.where(first, grad, 0), np.where(first, 0, grad)
        return unbroadcast(by_x, x.shape), unbroadcast(by_y, y.shape)

    return tape(choose(x, y), name, (a, b), rule, saved=(a, b))


@method()
def heaviside(input: Tensor, values: Tensor) -> Tensor:
    """0 below 0, 1 above, and `values` at 0."""
    return wrap(np.heaviside(input.array, values.array).astype(input.array.dtype))


@method()
def gcd(input: Tensor, other: Tensor) -> Tensor:
    """The greatest common divisor."""
    a, b = operands(input, other)
    return wrap(np.gcd(a.array, b.array))


@method()
def lcm(input: Tensor, other: Tensor) -> Tensor:
    """The least common multiple."""
    a, b = operands(input, other)
    return wrap(np.lcm(a.array, b.array))


@method()
def ldexp(input: Tensor, other: Tensor) -> Tensor:
    """``input * 2^other``."""
    a, b = floating(input), floating(other)
    power = np.exp2(b.array)
    result = a.array * power

    def rule(grad: Array) -> Gradients:
        by_b = grad * result * grad.dtype.type(math.log(2))
        return unbroadcast(grad * power, a.array.shape), unbroadcast(by_b, b.array.shape)

    return tape(result, "LdexpBackward0", (a, b), rule, saved=(b,), saves_result=True)
