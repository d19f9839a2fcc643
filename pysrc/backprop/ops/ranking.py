"""Chosen by rank: the k-th smallest, the most frequent, quantiles, and both extremes at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import return_types
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method, wrap_counts
from .dimensions import axis
from .extremes import shared_extreme
from .operands import as_operand, no_bools
from .ordering import sort

__all__ = ["aminmax", "kthvalue", "mode", "msort", "nanquantile", "quantile"]


def chosen(input: Tensor, places: Array, along: int, keepdim: bool, name: str, kind: Any) -> Any:
    """The elements at `places` (of size 1 along the dimension), as a named pair."""
    x = input.array

    def rule(grad: Array) -> Array:
        full = np.zeros(x.shape, grad.dtype)
        np.put_along_axis(full, places, grad if keepdim else np.expand_dims(grad, along), along)
        return full

    values, indices = np.take_along_axis(x, places, along), places
    if not keepdim:
        values, indices = values.squeeze(along), places.squeeze(along)
    return kind(tape(values, name, (input,), rule), wrap_counts(indices.copy()))


def _itself(input: Tensor, name: str) -> Tensor:
    """The only element there is, as a choice."""
    return tape(input.array.copy(), name, (input,), lambda grad: grad)


@method()
def kthvalue(input: Tensor, k: int, dim: int = -1, keepdim: bool = False) -> Any:
    """The `k`-th smallest element along `dim`, counted from 1, and where it is.

    Raises:
        RuntimeError: there are fewer than `k`.
    """
    along = axis(dim, input.array.ndim)
    if not 1 <= k <= (input.array.shape[along] if input.array.ndim else 1):
        raise RuntimeError(f"kthvalue(): selected number k out of range for dimension {along}")
    no_bools(input, "kthvalue_cpu")
    if input.array.ndim == 0:
        return return_types.kthvalue(_itself(input, "KthvalueBackward0"), wrap_counts(0))
    order = np.argsort(input.array, axis=along, kind="stable")
    places = np.take(order, [k - 1], axis=along)
    return chosen(input, places, along, keepdim, "KthvalueBackward0", return_types.kthvalue)


@method()
def mode(input: Tensor, dim: int = -1, keepdim: bool = False) -> Any:
    """The most frequent element along `dim` (the smallest of several), and where its last one is."""
    x = input.array
    along = axis(dim, x.ndim)
    if x.ndim == 0:
        return return_types.mode(_itself(input, "ModeBackward0"), wrap_counts(0))
    places = np.expand_dims(np.apply_along_axis(_place_of_the_mode, along, x), along)
    return chosen(input, places, along, keepdim, "ModeBackward0", return_types.mode)


def _place_of_the_mode(row: Array) -> int:
    values, counts = np.unique(row, return_counts=True)
    return int(np.flatnonzero(row == values[np.argmax(counts)])[-1])


@method()
def aminmax(input: Tensor, *, dim: int | None = None, keepdim: bool = False) -> Any:
    """The smallest and the largest, over all or along `dim`; equal ones share the gradient."""
    along = () if dim is None else dim
    ends = [
        shared_extreme(input, along, keepdim, best, "AminmaxBackward0") for best in (np.min, np.max)
    ]
    return return_types.aminmax(*ends)


@method()
def msort(input: Tensor) -> Tensor:
    """The elements along the first dimension, from small to large."""
    return sort(input, 0)[0]


@method()
def quantile(
    input: Tensor,
    q: Any,
    dim: int | None = None,
    keepdim: bool = False,
    *,
    interpolation: str = "linear",
) -> Tensor:
    """What the share `q` of the elements is below, over all or along `dim`.

    Args:
        input: the tensor.
        q: a share from 0 to 1, or a 1-D tensor of them, which become the first dimension.
        dim: the dimension, or None for all elements.
        keepdim: whether the dimension stays, with size 1.
        interpolation: between two elements: "linear", "lower", "higher", "midpoint" or "nearest".

    Raises:
        RuntimeError: a share is outside of 0 to 1, or the elements are not real numbers.
    """
    return _quantile(input, q, dim, keepdim, interpolation, "quantile()")


@method()
def nanquantile(
    input: Tensor,
    q: Any,
    dim: int | None = None,
    keepdim: bool = False,
    *,
    interpolation: str = "linear",
) -> Tensor:
    """As `quantile`, of the elements that are numbers."""
    return _quantile(input, q, dim, keepdim, interpolation, "nanquantile()")


def _quantile(
    input: Tensor, q: Any, dim: int | None, keepdim: bool, interpolation: str, name: str
) -> Tensor:
    if input.array.dtype.kind != "f":
        raise RuntimeError(
            f"{name} input tensor must be either float or double dtype\nConvert it with .float()."
        )
    shares = as_operand(q, input)
    if ((shares.array < 0) | (shares.array > 1)).any():
        words = "q values must be in the range [0, 1]"
        if not isinstance(q, Tensor):
            words = f"q must be in the range [0, 1] but got {q:g}"
        raise RuntimeError(f"{name} {words}")
    flat = input.reshape(-1) if dim is None else input.movedim(dim, -1)
    ordered = sort(flat, -1)[0]
    x = ordered.array
    if name.startswith("nan"):
        numbers = (~np.isnan(x)).sum(-1, keepdims=True)
        # Of no numbers at all the quantile is NaN: the first element, which is one.
        last = np.maximum(numbers - 1, 0)
    else:
        last = np.full((*x.shape[:-1], 1), x.shape[-1] - 1)
    ranks = shares.array.reshape(-1).astype(x.dtype) * last.astype(x.dtype)
    if not name.startswith("nan"):
        # Where there is a NaN it is the quantile; it stands last.
        ranks = np.where(np.isnan(x[..., -1:]), last, ranks).astype(x.dtype)
    below = np.floor(ranks)
    low, high = below.astype(np.int64), np.ceil(ranks).astype(np.int64)
    if interpolation == "lower":
        high = low
    elif interpolation == "higher":
        low = high
    elif interpolation == "nearest":
        low = high = np.rint(ranks).astype(np.int64)
    elif interpolation not in ("linear", "midpoint"):
        raise RuntimeError(
            f"{name} interpolation must be one of linear, lower, higher, midpoint or nearest, "
            f"but got {interpolation}"
        )
    weight = np.full_like(ranks, 0.5) if interpolation == "midpoint" else ranks - below
    result = _between(ordered, low, high, weight.astype(x.dtype))
    values = np.moveaxis(result.array, -1, 0)
    if dim is not None:
        values = np.expand_dims(values, dim % input.array.ndim + 1) if keepdim else values
    elif keepdim:
        values = values.reshape([-1] + [1] * input.array.ndim)
    values = values if shares.array.ndim else values[0]
    count = shares.array.size

    def rule(grad: Array) -> Array:
        return np.moveaxis(grad.reshape(count, *result.array.shape[:-1]), 0, -1)

    return tape(values, "SqueezeBackward4", (result,), rule)


def _between(ordered: Tensor, low: Array, high: Array, weight: Array) -> Tensor:
    lower = ordered.gather(-1, wrap_counts(low))
    upper = ordered.gather(-1, wrap_counts(high))
    return lower.lerp(upper, as_operand(weight, lower))
