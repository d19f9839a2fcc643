"""What an index means: PyTorch's rule, which is not NumPy's where numbers, slices and arrays are mixed.

Numbers, slices, None and dots are worked off first, from left to right, and give a view. What arrays name is
picked from that view. So ``x[0, :, [0, 2]]`` of a (2, 3, 4) tensor is of shape (3, 2), where NumPy, for which
the 0 is an array too, moves the picked dimension to the front.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, NoReturn

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor
from .literals import array_of

_ALL = slice(None)
_PICKED_TYPES = (np.int64, np.int32, np.uint8, np.bool_)


class Place(NamedTuple):
    """What an index points at.

    Attributes:
        view: the numbers, slices and None of the index, for NumPy.
        arrays: for each dimension of that view an array of places, a mask, or a full slice; None where the
            view is all that is asked for.
        name: the last step in which PyTorch would take the view, as its backward is called.
        is_whole: whether the view is all of the tensor.
    """

    view: tuple[Any, ...]
    arrays: tuple[Any, ...] | None
    name: str
    is_whole: bool


def place_of(index: Any, shape: tuple[int, ...]) -> Place:
    """What `index` points at in a tensor of a shape.

    Raises:
        IndexError: it is out of range, of the wrong type, or has too many parts.
        ValueError: a slice goes backwards.
        TypeError: there is a text in it.
    """
    parts = [_part(each) for each in _parts(index)]
    used = sum(map(_dimensions, parts))
    if used > len(shape):
        raise IndexError(_too_many(index, shape))
    view: list[Any] = []
    arrays: list[Any] = []
    name, picks, whole, dots = "AliasBackward0", False, True, len(shape) - used
    at = 0
    for part in parts:
        if part is None or part is True or part is False:
            view.append(None)
            arrays.append(_ALL if part is None else np.zeros(int(part), np.int64))
            picks = picks or part is not None
            name, whole = "UnsqueezeBackward0", False
        elif part is Ellipsis:
            view += [_ALL] * dots
            arrays += [_ALL] * dots
            at, dots = at + dots, 0
        elif isinstance(part, int):
            if not -shape[at] <= part < shape[at]:
                _raise_beyond(part, at + view.count(None), shape[at], shape)
            view.append(part)
            name, whole, at = "SelectBackward0", False, at + 1
        elif isinstance(part, slice):
            view.append(part)
            arrays.append(_ALL)
            if index is part or part.indices(shape[at]) != (0, shape[at], 1):
                name, whole = "SliceBackward0", False
            at += 1
        else:
            if part.dtype == bool:
                _check_mask(part, at, shape)
            view += [_ALL] * _dimensions(part)
            arrays.append(part)
            picks, at = True, at + _dimensions(part)
    # The dots keep a single element an array that shares memory, instead of a bare number.
    return Place((*view, Ellipsis), tuple(arrays) if picks else None, name, whole)


def _parts(index: Any) -> Sequence[Any]:
    """The parts of an index; a list is one part, unless there is more than numbers in it."""
    if isinstance(index, tuple):
        return index
    if isinstance(index, list) and any(
        each is None or each is Ellipsis or isinstance(each, (slice, Tensor, Sequence, np.ndarray))
        for each in index
    ):
        return index
    return (index,)


def _part(part: Any) -> Any:
    """A part as a Python number, a bool, a slice, None, dots, or an array of places or of bools."""
    if part is None or part is Ellipsis or isinstance(part, int):
        return part
    if isinstance(part, slice):
        if part.step is not None and part.step <= 0:
            if part.step == 0:
                raise ValueError("slice step cannot be zero")
            raise ValueError(
                "step must be greater than zero\nUse .flip(dim) to turn a tensor round."
            )
        return part
    if isinstance(part, Tensor):
        part = part.array
    elif isinstance(part, Sequence):
        part = array_of(part)
        part = part.astype(np.int64) if part.dtype.kind == "f" else part
    elif not isinstance(part, (np.ndarray, np.integer, np.bool_)):
        raise IndexError(
            "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid "
            f"indices (got {type(part).__name__})"
        )
    if part.dtype not in _PICKED_TYPES:
        raise IndexError(
            "tensors used as indices must be long, int, byte or bool tensors\n"
            "Convert the index with .long()."
        )
    if part.dtype == np.uint8:  # PyTorch's bools once
        part = part.astype(bool)
    return part if part.ndim else part.item()


def _dimensions(part: Any) -> int:
    """How many of the tensor's dimensions a part of the index uses up."""
    if isinstance(part, np.ndarray):
        return part.ndim if part.dtype == bool else 1
    return 0 if part is None or part is Ellipsis or isinstance(part, bool) else 1


def _too_many(index: Any, shape: tuple[int, ...]) -> str:
    if not shape and isinstance(index, int):
        return (
            "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ "
            "to convert a 0-dim tensor to a number"
        )
    return (
        f"too many indices for tensor of dimension {len(shape)}\n"
        f"The tensor has shape {list(shape)}."
    )


def _check_mask(mask: Array, at: int, shape: tuple[int, ...]) -> None:
    for place, size in enumerate(mask.shape):
        if size != shape[at + place]:
            raise IndexError(
                f"The shape of the mask {list(mask.shape)} at index {place} does not match the shape of "
                f"the indexed tensor {list(shape)} at index {at + place}\n"
                "A mask says of each element along its dimensions whether it is picked."
            )


def pick(view: Array, arrays: tuple[Any, ...]) -> Array:
    """What arrays of places, masks and full slices pick from a view: a copy.

    Raises:
        IndexError: a place is out of range, or the arrays do not fit each other.
    """
    try:
        return view[arrays]
    except IndexError:
        places = [(at, each) for at, each in enumerate(arrays) if isinstance(each, np.ndarray)]
        try:
            np.broadcast_shapes(*[_picked_shape(each) for _, each in places])
        except ValueError:
            shapes = ", ".join(str(list(_picked_shape(each))) for _, each in places)
            raise IndexError(
                f"shape mismatch: indexing tensors could not be broadcast together with shapes {shapes}"
            ) from None
        for number, (at, each) in enumerate(places):
            size = view.shape[at]
            if each.dtype != bool and ((each < -size) | (each >= size)).any():
                first = each[(each < -size) | (each >= size)].reshape(-1)[0]
                _raise_beyond(int(first), number, size, view.shape)
        raise


def _picked_shape(places: Array) -> tuple[int, ...]:
    return (int(places.sum()),) if places.dtype == bool else places.shape


def _raise_beyond(index: int, dimension: int, size: int, shape: tuple[int, ...]) -> NoReturn:
    raise IndexError(
        f"index {index} is out of bounds for dimension {dimension} with size {size}\n"
        f"The tensor has shape {list(shape)}."
    ) from None


def places_along(index: Array, along: int) -> tuple[Array, ...]:
    """The full address of each element of `index`, which names places along one dimension."""
    grid = np.ix_(*[range(size) for size in index.shape])
    return tuple(index if place == along else grid[place] for place in range(index.ndim))
