"""Picking elements out, and putting them in."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.record import record, record_view
from ..dtypes import Array
from ..tensor import Tensor, method, wrap
from .inplace import replace
from .operands import as_operand, operands
from .reduction import axis

__all__ = ["gather", "index_select", "masked_fill", "masked_select", "nonzero", "take", "where"]


def _plain(index: Any) -> Any:
    """The index with arrays in place of tensors, and lists as arrays, as NumPy wants it."""
    if isinstance(index, tuple):
        return tuple(_plain(each) for each in index)
    if isinstance(index, Tensor):
        array = index.array
        if array.dtype == np.uint8:
            return array.astype(bool)
        if array.dtype.kind == "f":
            raise IndexError(
                "tensors used as indices must be long, int, byte or bool tensors\n"
                "Convert the index with .long()."
            )
        return array.item() if array.ndim == 0 and array.dtype.kind == "i" else array
    if isinstance(index, list):
        return np.asarray(index)
    return index


def _is_basic(index: Any) -> bool:
    parts = index if isinstance(index, tuple) else (index,)
    return all(
        each is None
        or each is Ellipsis
        or (isinstance(each, (int, slice)) and not isinstance(each, bool))
        for each in parts
    )


def _pick(array: Array, index: Any) -> Array:
    for each in index if isinstance(index, tuple) else (index,):
        if isinstance(each, slice) and each.step is not None and each.step < 0:
            raise ValueError(
                "step must be greater than zero\nUse .flip(dim) to turn a tensor round."
            )
    try:
        # The dots keep a single element an array that shares memory, instead of a bare number.
        return array[
            index if isinstance(index, tuple) and Ellipsis in _names(index) else _open(index)
        ]
    except IndexError as error:
        facts = str(error).replace(" for axis ", " for dimension ")
        raise IndexError(f"{facts}\nThe tensor has shape {list(array.shape)}.") from None


def _names(index: tuple[Any, ...]) -> list[Any]:
    return [each for each in index if each is Ellipsis]


def _open(index: Any) -> Any:
    if _is_basic(index):
        return (*index, Ellipsis) if isinstance(index, tuple) else (index, Ellipsis)
    return index


@method("__getitem__")
def getitem(input: Tensor, index: Any) -> Tensor:
    """The elements that `index` picks: numbers, slices, None, ``...``, tensors of places, masks.

    Slices and numbers give a view of the same memory. An element that was picked twice takes the blame
    of both.

    Raises:
        IndexError: an index is out of range, or of the wrong type.
    """
    plain = _plain(index)
    shape = input.array.shape

    if not _is_basic(plain):

        def rule_of_places(grad: Array) -> Array:
            full = np.zeros(shape, grad.dtype)
            np.add.at(full, plain, grad)
            return full

        return record(_pick(input.array, plain), "IndexBackward0", (input,), rule_of_places)

    def look(array: Array) -> Array:
        return _pick(array, plain)

    def rule(grad: Array) -> Array:
        full = np.zeros(shape, grad.dtype)
        full[plain] = grad
        return full

    return record_view(input, look, _name_of_slice(plain), rule)


def _name_of_slice(index: Any) -> str:
    """The last step of those in which PyTorch would take the index apart."""
    if (isinstance(index, tuple) and not index) or index is Ellipsis:
        return "AliasBackward0"
    if isinstance(index, tuple) and index[-1] is None:
        return "UnsqueezeBackward0"
    return "SelectBackward0" if _ends_in_number(index) else "SliceBackward0"


def _ends_in_number(index: Any) -> bool:
    parts = [
        each for each in (index if isinstance(index, tuple) else (index,)) if each is not Ellipsis
    ]
    return bool(parts) and isinstance(parts[-1], int)


@method("__setitem__")
def setitem(input: Tensor, index: Any, value: Any) -> None:
    """Put `value`, broadcast, where `index` points.

    What was overwritten has no part in the result any more, so it takes no blame; the value takes it.

    Raises:
        IndexError: an index is out of range, or of the wrong type.
        RuntimeError: a leaf that requires a gradient is changed, or the shapes don't fit.
    """
    plain = _plain(index)
    new = as_operand(value, input)
    target_shape = _pick(input.array, plain).shape
    shape = new.array.shape
    try:
        np.broadcast_to(new.array, target_shape)
    except ValueError:
        raise RuntimeError(
            f"shape mismatch: value tensor of shape {list(shape)} cannot be broadcast to indexing "
            f"result of shape {list(target_shape)}"
        ) from None

    def rule(grad: Array) -> Gradients:
        rest = grad.copy()
        rest[plain] = 0
        return rest, unbroadcast(grad[plain], shape).astype(new.array.dtype)

    def change(array: Array) -> None:
        array[plain] = new.array

    replace(input, change, "CopySlices", (new,), rule)


@method("where")
def _where_method(input: Tensor, condition: Tensor, other: Any) -> Tensor:
    return where(condition, input, other)


def where(condition: Tensor, input: Any = None, other: Any = None) -> Any:
    """`input` where `condition` holds, `other` elsewhere; each takes the blame of its own places.

    With a condition alone: the places where it holds, as a tuple of index tensors.
    """
    if input is None and other is None:
        return tuple(wrap(each) for each in np.nonzero(condition.array))
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

    return record(np.where(mask, a.array, b.array), "WhereBackward0", (a, b), rule)


@method()
def masked_fill(input: Tensor, mask: Tensor, value: Any) -> Tensor:
    """`value` where `mask` holds, the tensor's own elements elsewhere."""
    covered = mask.array.astype(bool)
    number = value.array if isinstance(value, Tensor) else value
    shape = input.array.shape

    def rule(grad: Array) -> Array:
        return unbroadcast(np.where(covered, grad.dtype.type(0), grad), shape)

    filled = np.where(covered, np.asarray(number, input.array.dtype), input.array)
    return record(filled, "MaskedFillBackward0", (input,), rule)


@method()
def masked_select(input: Tensor, mask: Tensor) -> Tensor:
    """The elements where `mask` holds, in one dimension."""
    return getitem(input, mask)


@method()
def gather(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """Along `dim`, the elements at the places that `index` names; of the shape of `index`."""
    along, places = axis(dim, input.array.ndim), index.array
    region = np.ix_(*[range(size) for size in places.shape])
    spots = tuple(places if each == along else region[each] for each in range(places.ndim))
    shape = input.array.shape

    def rule(grad: Array) -> Array:
        full = np.zeros(shape, grad.dtype)
        np.add.at(full, spots, grad)
        return full

    try:
        return record(input.array[spots], "GatherBackward0", (input,), rule)
    except IndexError:
        raise RuntimeError(
            f"index {int(places.max())} is out of bounds for dimension {along} with size "
            f"{shape[along]}"
        ) from None


@method()
def index_select(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """The slices at the places `index` along `dim`."""
    along = axis(dim, input.array.ndim)
    return getitem(input, (*(slice(None),) * along, index))


@method()
def take(input: Tensor, index: Tensor) -> Tensor:
    """The elements at places `index` of the flattened tensor."""
    return getitem(input.reshape(-1), index)


@method()
def nonzero(input: Tensor) -> Tensor:
    """The places of all elements that are not zero, one a row."""
    return wrap(np.argwhere(input.array))
