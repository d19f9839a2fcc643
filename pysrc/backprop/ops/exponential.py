"""Exponentials, logarithms, roots and the curves made of them; each rule below its function."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from ..autograd.tape import tape
from ..dtypes import Array
from ..nearest import few, nearest, nearest_of_few
from ..tensor import Tensor, method
from .operands import floating, no_bools

__all__ = [
    "exp",
    "exp2",
    "expm1",
    "log",
    "log1p",
    "log2",
    "log10",
    "reciprocal",
    "relu",
    "rsqrt",
    "sigmoid",
    "sqrt",
    "tanh",
]


def _by_result(
    input: Tensor,
    function: Callable[[Array], Array],
    rule: Callable[[Array, Array], Array],
    name: str,
) -> Tensor:
    """A curve whose slope is known from its own value: `rule` is given the gradient and that."""
    a = floating(input)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        y = function(a.array)
    return tape(y, name, (a,), lambda grad: rule(grad, y), saves_result=True)


@method()
def exp(input: Tensor) -> Tensor:
    """E to the power of each element: the only curve that is its own slope."""

    def rule(grad: Array, y: Array) -> Array:
        return grad * y

    return _by_result(input, partial(nearest, np.exp), rule, "ExpBackward0")


@method()
def exp2(input: Tensor) -> Tensor:
    """2 to the power of each element."""

    def rule(grad: Array, y: Array) -> Array:
        return grad * y * y.dtype.type(np.log(2))

    return _by_result(input, partial(nearest, np.exp2), rule, "Exp2Backward0")


@method()
def expm1(input: Tensor) -> Tensor:
    """``exp(input) - 1``, accurate near zero."""

    def rule(grad: Array, y: Array) -> Array:
        return grad * (y + 1)

    return _by_result(input, partial(nearest, np.expm1), rule, "Expm1Backward0")


def _logarithm(input: Tensor, function: Any, name: str, scale: float, shift: int = 0) -> Tensor:
    a = floating(input)
    x = a.array

    def rule(grad: Array) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            return grad / ((x + shift) * x.dtype.type(scale))

    with np.errstate(divide="ignore", invalid="ignore"):
        return tape(nearest(function, x), name, (a,), rule, saved=(a,))


@method()
def log(input: Tensor) -> Tensor:
    """The natural logarithm: d ln(x) = 1/x. Of 0 it is -inf, of less NaN."""
    return _logarithm(input, np.log, "LogBackward0", 1.0)


@method()
def log2(input: Tensor) -> Tensor:
    """The logarithm to base 2."""
    return _logarithm(input, np.log2, "Log2Backward0", float(np.log(2)))


@method()
def log10(input: Tensor) -> Tensor:
    """The logarithm to base 10."""
    return _logarithm(input, np.log10, "Log10Backward0", float(np.log(10)))


@method()
def log1p(input: Tensor) -> Tensor:
    """``log(1 + input)``, accurate near zero."""
    return _logarithm(input, np.log1p, "Log1PBackward0", 1.0, 1)


@method()
def sqrt(input: Tensor) -> Tensor:
    """The square root y; its slope is ``1 / 2y``."""

    def rule(grad: Array, y: Array) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            return grad / (2 * y)

    return _by_result(input, np.sqrt, rule, "SqrtBackward0")


@method()
def rsqrt(input: Tensor) -> Tensor:
    """``1 / sqrt(input)``."""

    def rule(grad: Array, y: Array) -> Array:
        return grad * (-0.5 * y * y * y)

    return _by_result(input, lambda x: 1 / np.sqrt(x), rule, "RsqrtBackward0")


@method()
def reciprocal(input: Tensor) -> Tensor:
    """``1 / input``."""

    def rule(grad: Array, y: Array) -> Array:
        return grad * -(y * y)

    return _by_result(input, lambda x: 1 / x, rule, "ReciprocalBackward0")


@method()
def tanh(input: Tensor) -> Tensor:
    """An S from -1 to 1, the hyperbolic tangent: its slope is ``1 - y^2``."""
    a = floating(input)
    y = nearest_of_few(np.tanh, a.array)

    def rule(grad: Array) -> Array:
        if few(y):
            # Rounded once, as by the processor's fused multiply-add.
            exact = y.astype(np.float64)
            return grad * (1 - exact * exact).astype(np.float32)
        slope = 1 - y * y
        slope *= grad
        return slope

    return tape(y, "TanhBackward0", (a,), rule, saves_result=True)


@method()
def sigmoid(input: Tensor) -> Tensor:
    """``1 / (1 + exp(-input))``, an S from 0 to 1: its slope is s (1 - s)."""
    a = floating(input)
    y = sigmoid_array(a.array)

    def rule(grad: Array) -> Array:
        return grad * (1 - y) * y

    return tape(y, "SigmoidBackward0", (a,), rule, saves_result=True)


def sigmoid_array(x: Array) -> Array:
    """`sigmoid` outside the graph."""
    # Where the exponential overflows, the result is 0, as it should be.
    with np.errstate(over="ignore"):
        return 1 / (1 + nearest_of_few(np.exp, -x))


@method()
def relu(input: Tensor) -> Tensor:
    """``max(input, 0)``: blame passes where the value passed, and nowhere else.

    The slope at exactly 0 is taken as 0, as in PyTorch.
    """
    no_bools(input, "relu", RuntimeError)
    y = np.maximum(input.array, 0)

    def rule(grad: Array) -> Array:
        # Not a product with 0 and 1: that would turn -1 into -0, and infinity into NaN.
        return np.where(y <= 0, 0, grad)

    return tape(y, "ReluBackward0", (input,), rule, saves_result=True)
