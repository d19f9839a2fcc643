"""Adding, multiplying, and what is made of them; each rule stands below its operation."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..fused import fused_multiply_add
from ..tensor import Tensor, method
from .exponential import reciprocal
from .operands import factors, floating, no_bools, operands

__all__ = [
    "abs",
    "absolute",
    "add",
    "div",
    "divide",
    "floor_divide",
    "fmod",
    "mul",
    "multiply",
    "neg",
    "negative",
    "positive",
    "remainder",
    "sign",
    "sub",
    "subtract",
    "true_divide",
]


@method("add", "__add__", "__radd__")
def add(input: Any, other: Any, *, alpha: float = 1) -> Tensor:
    """``input + alpha * other``, broadcast.

    >>> import backprop as torch
    >>> torch.add(torch.tensor([1.0, 2.0]), 10)
    tensor([11., 12.])
    """
    a, b = operands(input, other)
    if alpha != 1:
        return _add_scaled(a, b, alpha, "AddBackward0")
    x, y = a.array.shape, b.array.shape

    def rule(grad: Array) -> Gradients:
        return unbroadcast(grad, x), unbroadcast(grad, y)

    return tape(a.array + b.array, "AddBackward0", (a, b), rule)


def _add_scaled(a: Tensor, b: Tensor, alpha: float, name: str) -> Tensor:
    x, y = a.array.shape, b.array.shape

    def rule(grad: Array) -> Gradients:
        return unbroadcast(grad, x), unbroadcast(grad * alpha, y)

    return tape(fused_multiply_add(b.array, alpha, a.array, a.array.dtype), name, (a, b), rule)


@method("sub", "__sub__", "subtract")
def sub(input: Any, other: Any, *, alpha: float = 1) -> Tensor:
    """``input - alpha * other``, broadcast."""
    a, b = operands(input, other)
    if a.array.dtype == bool:
        raise RuntimeError(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or "
            "`logical_xor()` operator instead.\nConvert them with .float() to count with them."
        )
    if alpha != 1:
        return _add_scaled(a, b, -alpha, "SubBackward0")
    x, y = a.array.shape, b.array.shape

    def rule(grad: Array) -> Gradients:
        return unbroadcast(grad, x), unbroadcast(-grad, y)

    return tape(a.array - b.array, "SubBackward0", (a, b), rule)


@method("__rsub__")
def _rsub(input: Tensor, other: Any) -> Tensor:
    if input.array.dtype == bool:
        raise RuntimeError(
            "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to "
            "invert a mask, use the `~` or `logical_not()` operator instead.\n"
            "Convert it with .float() to count with it."
        )
    a, b = operands(other, input)
    x, y = a.array.shape, b.array.shape

    def rule(grad: Array) -> Gradients:
        return unbroadcast(grad, x), unbroadcast(-grad, y)

    return tape(a.array - b.array, "RsubBackward1", (a, b), rule)


@method("mul", "__mul__", "__rmul__", "multiply")
def mul(input: Any, other: Any) -> Tensor:
    """``input * other``, broadcast: each factor is blamed in proportion to the other one."""
    a, b = operands(input, other)
    x, y = a.array, b.array

    def rule(grad: Array) -> Gradients:
        return unbroadcast(grad * y, x.shape), unbroadcast(grad * x, y.shape)

    return tape(x * y, "MulBackward0", (a, b), rule, saved=factors(a, b))


@method("div", "__truediv__", "divide", "true_divide")
def div(input: Any, other: Any, *, rounding_mode: str | None = None) -> Tensor:
    """``input / other``, broadcast; whole numbers give real ones.

    Args:
        input: the numerator.
        other: the denominator.
        rounding_mode: None, ``"floor"`` (down) or ``"trunc"`` (towards zero).

    Raises:
        RuntimeError: another rounding mode.
    """
    a, b = operands(input, other)
    if rounding_mode is not None:
        return _rounded_division(a, b, rounding_mode, _of("DivBackward", other, 2))
    a, b = floating(a), floating(b)
    x, y = a.array, b.array

    def rule(grad: Array) -> Gradients:
        return unbroadcast(grad / y, x.shape), unbroadcast(-grad * (x / y / y), y.shape)

    with np.errstate(divide="ignore", invalid="ignore"):
        saved = (a, b) if b.requires_grad else (b,)
        return tape(x / y, "DivBackward0", (a, b), rule, saved)


@method("__rtruediv__")
def _rdiv(input: Tensor, other: Any) -> Tensor:
    return mul(reciprocal(input), other)


def _rounded_division(a: Tensor, b: Tensor, mode: str, name: str) -> Tensor:
    if mode not in ("floor", "trunc"):
        raise RuntimeError(
            f"div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '{mode}'"
        )
    _check_divisor(b)
    with np.errstate(divide="ignore", invalid="ignore"):
        if mode == "floor":
            quotient = a.array // b.array
        else:
            quotient = np.trunc(a.array / b.array).astype(a.array.dtype)
    x, y = a.array.shape, b.array.shape

    def rule(grad: Array) -> Gradients:
        # A staircase is flat wherever it has a slope at all.
        return np.zeros(x, grad.dtype), np.zeros(y, grad.dtype)

    return tape(quotient, name, (a, b), rule)


def _check_divisor(b: Tensor) -> None:
    """Raise RuntimeError if whole numbers would be divided by 0; real ones have infinity for that."""
    if b.array.dtype.kind in "iu" and not b.array.all():
        raise RuntimeError(
            "ZeroDivisionError\nA whole number cannot be divided by 0. Convert them with .float()."
        )


def _of(name: str, other: Any, number: int) -> str:
    """PyTorch numbers the forms of an operation: 1 for two tensors, `number` for a tensor and a number."""
    return f"{name}{1 if isinstance(other, Tensor) else number}"


@method("floor_divide", "__floordiv__")
def floor_divide(input: Any, other: Any) -> Tensor:
    """``input // other``: divided and rounded down. It has no gradient, as in PyTorch."""
    a, b = operands(input, other)
    quotient = _rounded_division(a.detach(), b.detach(), "floor", "")

    def rule(grad: Array) -> Gradients:
        raise RuntimeError(
            "derivative for aten::floor_divide is not implemented\n"
            'Its slope is 0 wherever it has one: use torch.div(..., rounding_mode="floor"), or .detach().'
        )

    return tape(quotient.array, "NotImplemented", (a, b), rule)


@method("__rfloordiv__")
def _rfloordiv(input: Tensor, other: Any) -> Tensor:
    return floor_divide(other, input)


@method("remainder", "__mod__")
def remainder(input: Any, other: Any) -> Tensor:
    """``input % other``, with the sign of `other`, as in Python."""
    a, b = operands(input, other)
    no_bools(a, "remainder_cpu")
    x, y = a.array, b.array
    _check_divisor(b)

    def rule(grad: Array) -> Gradients:
        return unbroadcast(grad, x.shape), unbroadcast(-grad * np.floor_divide(x, y), y.shape)

    saved = (a, b) if isinstance(other, Tensor) else ()
    with np.errstate(divide="ignore", invalid="ignore"):
        return tape(np.mod(x, y), _of("RemainderBackward", other, 0), (a, b), rule, saved)


@method("__rmod__")
def _rmod(input: Tensor, other: Any) -> Tensor:
    return remainder(other, input)


@method("neg", "__neg__", "negative")
def neg(input: Tensor) -> Tensor:
    """``-input``.

    Raises:
        RuntimeError: the elements are bools.
    """
    if input.array.dtype == bool:
        raise RuntimeError(
            "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert "
            "a mask, use the `~` or `logical_not()` operator instead."
        )
    return tape(-input.array, "NegBackward0", (input,), np.negative)


@method("__pos__", "positive")
def positive(input: Tensor) -> Tensor:
    """``+input``: the tensor itself."""
    return input


@method("abs", "__abs__", "absolute")
def abs(input: Tensor) -> Tensor:
    """The distance from zero; its slope there is taken as 0, as in PyTorch."""
    no_bools(input, "abs_cpu")
    x = input.array

    def rule(grad: Array) -> Array:
        return grad * np.sign(x)

    return tape(np.abs(x), "AbsBackward0", (input,), rule, saved=(input,))


@method()
def sign(input: Tensor) -> Tensor:
    """-1, 0 or 1; flat everywhere, so its gradient is 0."""
    x = input.array
    result = x if x.dtype == bool else np.sign(x)
    return tape(result.copy(), "SignBackward0", (input,), np.zeros_like)


@method()
def fmod(input: Any, other: Any) -> Tensor:
    """What is left of `input` after division by `other`, with the sign of `input`."""
    a, b = operands(input, other)
    no_bools(a, "fmod_cpu")
    x, y = a.array, b.array
    _check_divisor(b)

    def rule(grad: Array) -> Gradients:
        return unbroadcast(grad, x.shape), unbroadcast(-grad * np.trunc(x / y), y.shape)

    saved = (a, b) if isinstance(other, Tensor) else ()
    with np.errstate(divide="ignore", invalid="ignore"):
        return tape(np.fmod(x, y), _of("FmodBackward", other, 0), (a, b), rule, saved)


absolute, divide, multiply = abs, div, mul
negative, subtract, true_divide = neg, sub, div
