"""Running sums and products, and differences of neighbours."""

from __future__ import annotations

import numpy as np

from .. import dtypes
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method
from .dimensions import axis
from .operands import convert

__all__ = ["cumprod", "cumsum", "diff"]


def _as_number(input: Tensor, dtype: dtypes.dtype | None) -> Tensor:
    if dtype is not None:
        return convert(input, dtype)
    return input if input.array.dtype.kind == "f" else convert(input, dtypes.int64)


def _sum_of_the_rest(array: Array, along: int) -> Array:
    """At each place, the sum from there to the end."""
    return np.flip(np.cumsum(np.flip(array, along), along), along)


@method()
def cumsum(input: Tensor, dim: int, *, dtype: dtypes.dtype | None = None) -> Tensor:
    """At each place along `dim`, the sum up to there: each element is blamed for all that follow.

    >>> import backprop as torch
    >>> torch.tensor([1.0, 2.0, 3.0]).cumsum(0)
    tensor([1., 3., 6.])
    """
    a = _as_number(input, dtype)
    along = axis(dim, a.array.ndim)
    if a.array.ndim == 0:
        return a.clone()

    def rule(grad: Array) -> Array:
        return _sum_of_the_rest(grad, along)

    result = np.cumsum(a.array, along, dtype=a.array.dtype)
    return tape(result, "CumsumBackward0", (a,), rule)


@method()
def cumprod(input: Tensor, dim: int, *, dtype: dtypes.dtype | None = None) -> Tensor:
    """At each place along `dim`, the product up to there."""
    a = _as_number(input, dtype)
    x = a.array
    along = axis(dim, x.ndim)
    if x.ndim == 0:
        return a.clone()
    y = np.cumprod(x, along, dtype=x.dtype)

    def rule(grad: Array) -> Array:
        if not (x == 0).any():
            return _sum_of_the_rest(grad * y, along) / x
        return _slope_beside_zeros(x, grad, along)

    return tape(y, "CumprodBackward0", (a,), rule, saved=(a,), saves_result=True)


def _slope_beside_zeros(x: Array, grad: Array, along: int) -> Array:
    """Each factor's slope with the factor itself left out, since it cannot be divided by."""
    factors, incoming = np.moveaxis(x, along, 0), np.moveaxis(grad, along, 0)
    slope = np.zeros_like(factors)
    for place in range(len(factors)):
        others = factors.copy()
        others[place] = 1
        slope[place] = (np.cumprod(others, 0) * incoming)[place:].sum(axis=0)
    return np.moveaxis(slope, 0, along)


@method()
def diff(input: Tensor, n: int = 1, dim: int = -1) -> Tensor:
    """Each element along `dim` less the one before it, `n` times over."""
    if input.array.ndim == 0:
        raise RuntimeError(
            "diff expects input to be at least one-dimensional\nOne number has no neighbour."
        )
    for _ in range(n):
        length = max(input.array.shape[axis(dim, input.array.ndim)], 1)
        after, before = input.narrow(dim, 1, length - 1), input.narrow(dim, 0, length - 1)
        input = after.logical_xor(before) if input.array.dtype == bool else after - before
    return input
