"""Picking elements by a condition, or by a tensor of places."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method, wrap, wrap_counts
from .dimensions import axis
from .indexing import getitem, pick_places
from .operands import as_operand, operands, type_name
from .places import places_along

__all__ = [
    "argwhere",
    "gather",
    "index_select",
    "masked_fill",
    "masked_select",
    "narrow",
    "nonzero",
    "select",
    "take",
    "take_along_dim",
    "where",
]


@method("where")
def _where_method(input: Tensor, condition: Tensor, other: Any) -> Tensor:
    """The tensor's own elements where `condition` holds, `other` elsewhere."""
    return where(condition, input, other)


def where(condition: Tensor, input: Any = None, other: Any = None) -> Any:
    """`input` where `condition` holds, `other` elsewhere; each takes the blame of its own places.

    With a condition alone: the places where it holds, as a tuple of index tensors.
    """
    if input is None and other is None:
        return tuple(wrap_counts(each) for each in np.nonzero(condition.array))
    if not isinstance(input, Tensor) and not isinstance(other, Tensor):
        input = as_operand(input, wrap(np.zeros((), np.asarray(other).dtype.type)))
        input = wrap(
            np.asarray(input.array, np.float32 if input.array.dtype.kind == "f" else np.int64)
        )
    a, b = operands(input, other)
    mask = condition.array.astype(bool)
    x, y = a.array.shape, b.array.shape

    def rule(grad: Array) -> Gradients:
        zero = grad.dtype.type(0)
        return unbroadcast(np.where(mask, grad, zero), x), unbroadcast(
            np.where(mask, zero, grad), y
        )

    return tape(np.where(mask, a.array, b.array), "WhereBackward0", (a, b), rule)


@method()
def masked_fill(input: Tensor, mask: Tensor, value: Any) -> Tensor:
    """`value` where `mask` holds, the tensor's own elements elsewhere."""
    if mask.array.dtype != bool:
        kind = "unsigned char" if mask.array.dtype == np.uint8 else type_name(mask.dtype).lower()
        raise RuntimeError(
            f"masked_fill_ only supports boolean masks, but got mask with dtype {kind}\n"
            "Convert it with .bool()."
        )
    covered = mask.array
    number = value.array if isinstance(value, Tensor) else value
    shape = input.array.shape

    def rule(grad: Array) -> Array:
        return unbroadcast(np.where(covered, grad.dtype.type(0), grad), shape)

    filled = np.where(covered, np.asarray(number, input.array.dtype), input.array)
    return tape(filled, "MaskedFillBackward0", (input,), rule)


@method()
def masked_select(input: Tensor, mask: Tensor) -> Tensor:
    """The elements where `mask` holds, in one dimension."""
    if mask.array.dtype != bool:
        raise RuntimeError("masked_select: expected BoolTensor for mask\nConvert it with .bool().")
    return pick_places(input, (mask.array,), "MaskedSelectBackward0")


@method()
def gather(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """Along `dim`, the elements at the places that `index` names; of the shape of `index`."""
    along, places = axis(dim, input.array.ndim), index.array
    spots = places_along(places, along)
    shape = input.array.shape

    def rule(grad: Array) -> Array:
        full = np.zeros(shape, grad.dtype)
        np.add.at(full, spots, grad)
        return full

    try:
        return tape(input.array[spots], "GatherBackward0", (input,), rule)
    except IndexError:
        raise RuntimeError(
            f"index {int(places.max())} is out of bounds for dimension {along} with size "
            f"{shape[along]}"
        ) from None


@method()
def index_select(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """The slices at the places `index` along `dim`."""
    along = axis(dim, input.array.ndim)
    return pick_places(input, (*(slice(None),) * along, index.array), "IndexSelectBackward0")


@method()
def take(input: Tensor, index: Tensor) -> Tensor:
    """The elements at places `index` of the flattened tensor."""
    places = np.unravel_index(index.array, input.array.shape)
    return pick_places(input, places, "TakeBackward0")


@method()
def nonzero(input: Tensor, *, as_tuple: bool = False) -> Any:
    """The places of all elements that are not zero, one a row; or a tensor for each dimension."""
    if as_tuple:
        return tuple(wrap_counts(each) for each in np.nonzero(input.array))
    return wrap_counts(np.argwhere(input.array))


@method()
def argwhere(input: Tensor) -> Tensor:
    """The places of all elements that are not zero, one a row."""
    return wrap_counts(np.argwhere(input.array))


@method()
def take_along_dim(input: Tensor, indices: Tensor, dim: int | None = None) -> Tensor:
    """As `gather`, broadcast: what `argmax` and `argsort` with ``keepdim`` give as places."""
    if dim is None:
        return gather(input.reshape(-1), 0, indices.reshape(-1))
    along = axis(dim, input.array.ndim)
    sizes = [(*each[:along], 1, *each[along + 1 :]) for each in (input.shape, indices.shape)]
    shape = list(np.broadcast_shapes(*sizes))
    shape[along] = indices.array.shape[along]
    places = wrap(np.broadcast_to(indices.array, shape))
    shape[along] = input.array.shape[along]
    return gather(input.broadcast_to(shape), dim, places)


@method()
def select(input: Tensor, dim: int, index: int) -> Tensor:
    """The slice at one place along `dim`, without that dimension: a view."""
    return getitem(input, (*(slice(None),) * axis(dim, input.array.ndim), index))


@method()
def narrow(input: Tensor, dim: int, start: int, length: int) -> Tensor:
    """`length` slices along `dim` from `start` on: a view.

    Raises:
        RuntimeError: there are not so many.
    """
    along = axis(dim, input.array.ndim)
    size = input.array.shape[along]
    if start < 0:
        start += size
    if start + length > size:
        raise RuntimeError(
            f"start ({start}) + length ({length}) exceeds dimension size ({size}).\n"
            "A slice such as x[:, 2:5] ends at the end by itself."
        )
    return getitem(input, (*(slice(None),) * along, slice(start, start + length)))
