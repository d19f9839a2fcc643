"""Square brackets: picking elements out, and putting them in."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape, tape_view
from ..dtypes import Array
from ..tensor import Tensor, method
from .inplace import replace
from .operands import as_operand

__all__: list[str] = []


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
        if facts.startswith("too many indices") and isinstance(index, int):
            facts = (
                "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in "
                "C++ to convert a 0-dim tensor to a number"
            )
        elif facts.startswith("too many indices"):
            facts = f"too many indices for tensor of dimension {array.ndim}"
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
        return pick_places(input, plain, "IndexBackward0")

    def look(array: Array) -> Array:
        return _pick(array, plain)

    def rule(grad: Array) -> Array:
        full = np.zeros(shape, grad.dtype)
        full[plain] = grad
        return full

    return tape_view(input, look, _name_of_slice(plain), rule)


def pick_places(input: Tensor, places: Any, name: str) -> Tensor:
    """A copy of the elements at places that arrays name."""
    shape = input.array.shape

    def rule(grad: Array) -> Array:
        full = np.zeros(shape, grad.dtype)
        np.add.at(full, places, grad)
        return full

    return tape(_pick(input.array, places), name, (input,), rule)


def _name_of_slice(index: Any) -> str:
    """The last step of those in which PyTorch would take the index apart."""
    if (isinstance(index, tuple) and not index) or index is Ellipsis:
        return "AliasBackward0"
    if index is None or (isinstance(index, tuple) and index[-1] is None):
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

    name = "CopySlices" if _is_basic(plain) else "IndexPutBackward0"
    replace(input, change, name, (new,), rule)
