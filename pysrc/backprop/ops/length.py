"""Distances between tensors, and tensors whose slices are no longer than a length."""

from __future__ import annotations

import numpy as np

from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method
from .dimensions import axis
from .operands import operands, type_name

__all__ = ["dist", "renorm"]


@method()
def dist(input: Tensor, other: Tensor, p: float = 2) -> Tensor:
    """The p-norm of ``input - other``, broadcast: one number.

    Raises:
        RuntimeError: the elements are no real numbers.
    """
    a, b = operands(input, other)
    if a.array.dtype.kind != "f":
        raise RuntimeError(
            "norm(): input dtype should be either floating point or complex. Got "
            f"{type_name(a.dtype)} instead.\nConvert both first, with .float()."
        )
    between = a.array - b.array
    result = _norm(between, p, None)

    def rule(grad: Array) -> Gradients:
        blame = (grad * _slope(between, result, p)).astype(between.dtype)
        return unbroadcast(blame, a.array.shape), unbroadcast(-blame, b.array.shape)

    return tape(result, "DistBackward0", (a, b), rule, saved=(a, b), saves_result=True)


@method()
def renorm(input: Tensor, p: float, dim: int, maxnorm: float) -> Tensor:
    """`input`, with each slice along `dim` whose p-norm is above `maxnorm` made as long as that.

    Raises:
        RuntimeError: it has fewer than two dimensions.
    """
    x = input.array
    if x.ndim < 2:
        raise RuntimeError(
            f"renorm: input needs at least 2 dimensions, got {x.ndim} dimensions\n"
            "Use .unsqueeze(0) for one slice."
        )
    along = axis(dim, x.ndim)
    others = tuple(each for each in range(x.ndim) if each != along)
    length = _norm(x, p, others)
    far = length + x.dtype.type(1e-7)
    factor = np.where(length > maxnorm, maxnorm / far, 1).astype(x.dtype)

    def rule(grad: Array) -> Array:
        shrunk = np.where(length > maxnorm, maxnorm / (far * far), 0)
        blame = (grad * x).sum(axis=others, keepdims=True) * shrunk
        return (grad * factor - blame * _slope(x, length, p)).astype(x.dtype)

    return tape(x * factor, "RenormBackward0", (input,), rule, saved=(input,))


def _norm(x: Array, p: float, over: tuple[int, ...] | None) -> Array:
    """The p-norm over these dimensions, which are kept with size 1; over all of them if None."""
    size, keep = np.abs(x), over is not None
    if p == 2:
        return np.sqrt((x * x).sum(axis=over, keepdims=keep))
    if p == np.inf:
        return size.max(axis=over, keepdims=keep)
    if p == 0:
        return (size != 0).sum(axis=over, keepdims=keep).astype(x.dtype)
    return (size**p).sum(axis=over, keepdims=keep) ** x.dtype.type(1 / p)


def _slope(x: Array, length: Array, p: float) -> Array:
    """The slope of the norm by each element; 0 where all are 0, where it has none."""
    size, far = np.abs(x), np.where(length == 0, 1, length)
    if p == 0:
        return np.zeros_like(x)
    if p == np.inf:
        largest = (size == length) & (length != 0)
        return np.sign(x) * largest / np.maximum(largest.sum(), 1)
    return np.where(x == 0, 0, np.sign(x) * (size / far) ** (p - 1))
