"""Sorting: a gradient goes back to where its element came from."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .. import return_types
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method, wrap, wrap_counts
from .dimensions import axis
from .operands import no_bools

__all__ = ["argsort", "bincount", "median", "sort", "topk", "unique"]


def _order(array: Array, along: int, descending: bool) -> Array:
    """The places in sorted order; equal elements keep theirs, and NaN counts as the largest."""
    if not descending:
        return np.argsort(array, axis=along, kind="stable")
    # Sorted backwards from the back, so that equal elements keep their order here too.
    order = np.argsort(np.flip(array, along), axis=along, kind="stable")
    return np.flip(array.shape[along] - 1 - order, along)


def _picked(input: Tensor, places: Array, along: int, name: str) -> Tensor:
    """The elements at `places` along a dimension, no place twice."""
    shape = input.array.shape

    def rule(grad: Array) -> Array:
        full = np.zeros(shape, grad.dtype)
        np.put_along_axis(full, places, grad, along)
        return full

    return tape(np.take_along_axis(input.array, places, along), name, (input,), rule)


@method()
def sort(input: Tensor, dim: int = -1, descending: bool = False, stable: bool = False) -> Any:
    """The elements along `dim` from small to large, and where each of them was.

    >>> import backprop as torch
    >>> torch.tensor([3, 1, 2]).sort().values
    tensor([1, 2, 3])
    """
    along = axis(dim, input.array.ndim)
    if input.array.ndim == 0:
        return return_types.sort(input.clone(), wrap_counts(0))
    places = np.ascontiguousarray(_order(input.array, along, descending))
    return return_types.sort(_picked(input, places, along, "SortBackward0"), wrap_counts(places))


@method()
def argsort(input: Tensor, dim: int = -1, descending: bool = False, stable: bool = False) -> Tensor:
    """Where the elements along `dim` are, from the smallest to the largest."""
    return sort(input.detach(), dim, descending)[1]


@method()
def topk(input: Tensor, k: int, dim: int = -1, largest: bool = True, sorted: bool = True) -> Any:
    """The `k` largest (or smallest) elements along `dim`, and where they are.

    Raises:
        RuntimeError: there are fewer than `k`.
    """
    no_bools(input, "topk", RuntimeError)
    along = axis(dim, input.array.ndim)
    length = input.array.shape[along] if input.array.ndim else 1
    if not 0 <= k <= length:
        raise RuntimeError(
            f"selected index k out of range\nThere are {length} along dimension {dim}."
        )
    if input.array.ndim == 0:
        return return_types.topk(input.clone(), wrap_counts(0))
    places = np.take(_order(input.array, along, largest), range(k), axis=along)
    return return_types.topk(_picked(input, places, along, "TopkBackward0"), wrap_counts(places))


@method()
def median(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Any:
    """The element in the middle, the lower of two; along `dim`, a pair of values and indices."""
    shape = input.array.shape
    along = 0 if dim is None else axis(dim, len(shape))
    whole = dim is None or not shape
    array = input.array.reshape(-1) if whole else input.array
    order = _order(array, along, False)
    places = np.take(order, [(order.shape[along] - 1) // 2], axis=along)
    values = np.take_along_axis(array, places, along)
    after = () if whole else values.shape if keepdim else values.squeeze(along).shape

    def rule(grad: Array) -> Array:
        full = np.zeros(array.shape, grad.dtype)
        np.put_along_axis(full, places, grad.reshape(places.shape), along)
        return full.reshape(shape)

    name = f"MedianBackward{0 if dim is None else 1}"
    middle = tape(values.reshape(after), name, (input,), rule)
    return (
        middle if dim is None else return_types.median(middle, wrap_counts(places.reshape(after)))
    )


class _Unique(NamedTuple):
    """The different elements, and what was asked for besides."""

    output: Tensor
    inverse_indices: Tensor
    counts: Tensor


@method()
def unique(
    input: Tensor,
    sorted: bool = True,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Any:
    """The different elements in order (along `dim`, the different slices).

    Args:
        input: the tensor.
        sorted: they always are.
        return_inverse: also return, for each element, which of the different ones it is.
        return_counts: also return how often each occurs.
        dim: the dimension, or None for the elements one by one.
    """
    values, inverse, counts = np.unique(
        input.array, return_inverse=True, return_counts=True, axis=dim
    )
    name = "Unique2" if dim is None else "UniqueDim"

    def rule(grad: Array) -> Array:
        words = "_unique2" if dim is None else "unique_dim"
        raise NotImplementedError(
            f"the derivative for '{words}' is not implemented.\nUse .detach() on what it is given."
        )

    found = _Unique(
        tape(values, f"{name}Backward0", (input,), rule),
        wrap_counts(inverse.reshape(-1 if dim is not None else input.array.shape)),
        wrap_counts(counts),
    )
    if not return_inverse and not return_counts:
        return found.output
    asked = (True, return_inverse, return_counts)
    return tuple(each for each, wanted in zip(found, asked, strict=True) if wanted)


@method()
def bincount(input: Tensor, weights: Tensor | None = None, minlength: int = 0) -> Tensor:
    """How often each of the numbers 0, 1, 2, ... occurs, or the sum of the weights of each.

    Raises:
        RuntimeError: the elements are no whole numbers from 0 on, in one dimension.
    """
    if input.array.ndim != 1 or input.array.dtype.kind not in "iu" or (input.array < 0).any():
        raise RuntimeError(
            "bincount only supports 1-d non-negative integral inputs.\nConvert it with .long()."
        )
    if weights is None:
        return wrap_counts(np.bincount(input.array, minlength=minlength))
    return wrap(np.bincount(input.array, weights.array, minlength).astype(weights.array.dtype))
