"""Square brackets: picking elements out, and putting them in."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..autograd.broadcasting import unbroadcast
from ..autograd.grad_mode import state
from ..autograd.node import Gradients
from ..autograd.tape import tape, tape_view
from ..dtypes import Array
from ..tensor import Tensor, method, wrap
from .inplace import replace, view_of_leaf_in_place
from .literals import number_as
from .operands import type_name
from .places import Place, pick, place_of

__all__: list[str] = []


@method("__getitem__")
def getitem(input: Tensor, index: Any) -> Tensor:
    """The elements that `index` picks: numbers, slices, None, ``...``, tensors of places, masks.

    Slices and numbers give a view of the same memory. An element that was picked twice takes the blame
    of both. Which dimension stands where: see `places.py`.

    Raises:
        IndexError: an index is out of range, or of the wrong type.
    """
    shape = input.array.shape
    view, arrays, name, _ = place_of(index, shape)
    if arrays is not None:
        return pick_places(input, arrays, "IndexBackward0", view)

    def look(array: Array) -> Array:
        return array[view]

    def rule(grad: Array) -> Array:
        full = np.zeros(shape, grad.dtype)
        full[view] = grad
        return full

    return tape_view(input, look, name, rule)


def pick_places(
    input: Tensor, places: tuple[Any, ...], name: str, view: tuple[Any, ...] = (Ellipsis,)
) -> Tensor:
    """A copy of the elements at places that arrays name, in a view of the tensor."""
    shape = input.array.shape

    def rule(grad: Array) -> Array:
        full = np.zeros(shape, grad.dtype)
        np.add.at(full[view], places, grad)
        return full

    return tape(pick(input.array[view], places), name, (input,), rule)


@method("__setitem__")
def setitem(input: Tensor, index: Any, value: Any) -> None:
    """Put `value`, broadcast, where `index` points; leading dimensions of size 1 are left out.

    What was overwritten has no part in the result any more, so it takes no blame; the value takes it.

    Raises:
        IndexError: an index is out of range, or of the wrong type.
        RuntimeError: a leaf that requires a gradient is changed, the shapes don't fit, or the types, where
            arrays name the places.
        TypeError: `value` is neither a tensor nor a number.
    """
    place = place_of(index, input.array.shape)
    view, arrays = place.view, place.arrays
    whole = place.is_whole or (isinstance(index, slice) and index == slice(None))
    if state.enabled and input.requires_grad and input.node is None and not whole:
        raise view_of_leaf_in_place()
    new = _value(input, value)
    region = input.array[view]
    wanted = region.shape if arrays is None else pick(region, arrays).shape
    if arrays is not None and isinstance(value, Tensor):
        _check_types(input, new, arrays)
    given = new.array.shape
    ones = len(given) - len(wanted)
    shape = given[ones:] if ones > 0 and given[:ones] == (1,) * ones else given
    try:
        np.broadcast_to(new.array.reshape(shape), wanted)
    except ValueError:
        raise RuntimeError(_misfit(new, shape, wanted, place)) from None

    def rule(grad: Array) -> Gradients:
        rest = grad.copy()
        part = rest[view]
        by_value = part.copy() if arrays is None else part[arrays]
        part[... if arrays is None else arrays] = 0
        return rest, unbroadcast(by_value, shape).reshape(given).astype(new.array.dtype)

    def change(array: Array) -> None:
        array[view][... if arrays is None else arrays] = new.array.reshape(shape)

    name = "IndexPutBackward0" if arrays is not None and place.is_whole else "CopySlices"
    if index is Ellipsis:  # the tensor itself, and not a view of it
        name = "CopyBackwards" if new is value else "FillBackward3"
    replace(input, change, name, (new,), rule)


def _value(input: Tensor, value: Any) -> Tensor:
    """What is put in, as a tensor; a number takes the type of `input`."""
    if isinstance(value, Tensor):
        return value
    if isinstance(value, (int, float, np.number, np.bool_)):
        try:
            return wrap(number_as(value, input.dtype))
        except OverflowError:
            raise ValueError(
                "Overflow when unpacking long long\nA whole number has 64 bits at most."
            ) from None
    raise TypeError(
        f"can't assign a {_full_name(type(value))} to a torch.{type_name(input.dtype)}Tensor\n"
        "Make a tensor of it first, with torch.tensor(...)."
    )


def _full_name(kind: type) -> str:
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _check_types(input: Tensor, new: Tensor, arrays: tuple[Any, ...]) -> None:
    """Arrays name places for numbers of the tensor's own type; a single number may go under a mask."""
    places = [each for each in arrays if isinstance(each, np.ndarray)]
    masked = len(places) == 1 and places[0].dtype == bool
    if new.array.dtype != input.array.dtype and not (masked and new.array.size == 1):
        raise RuntimeError(
            "Index put requires the source and destination dtypes match, got "
            f"{type_name(input.dtype)} for the destination and {type_name(new.dtype)} for the source.\n"
            f"Convert what is put in, with .to({input.dtype})."
        )


def _misfit(new: Tensor, shape: tuple[int, ...], wanted: tuple[int, ...], place: Place) -> str:
    """PyTorch's words for a value that does not fit where it is put."""
    if place.arrays is not None:
        return (
            f"shape mismatch: value tensor of shape {list(shape)} cannot be broadcast to indexing result "
            f"of shape {list(wanted)}"
        )
    if len(shape) > len(wanted):
        return (
            f"expand(torch.{type_name(new.dtype)}Tensor{{{list(shape)}}}, size={list(wanted)}): the number "
            f"of sizes provided ({len(wanted)}) must be greater or equal to the number of dimensions in "
            f"the tensor ({len(shape)})"
        )
    added = len(wanted) - len(shape)
    at = max(each for each, size in enumerate(wanted[added:]) if shape[each] not in (1, size))
    return (
        f"The expanded size of the tensor ({wanted[at + added]}) must match the existing size "
        f"({shape[at]}) at non-singleton dimension {at + added}.  Target sizes: {list(wanted)}.  Tensor "
        f"sizes: {list(shape)}"
    )
