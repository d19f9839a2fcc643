"""The same numbers several times: without copying where one size is 1, or copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..autograd.broadcasting import unbroadcast
from ..autograd.tape import tape, tape_view
from ..dtypes import Array
from ..tensor import Tensor, method, wrap
from .dimensions import axis
from .shape import sizes_of

__all__ = ["broadcast_tensors", "broadcast_to", "meshgrid", "repeat_interleave", "tile"]


@method()
def expand(input: Tensor, *size: Any) -> Tensor:
    """Repeat dimensions of size 1 without copying; -1 keeps a size.

    Raises:
        RuntimeError: a size other than 1 would have to change.
    """
    shape, wanted = input.array.shape, sizes_of(size)
    added = len(wanted) - len(shape)
    full = tuple(shape[place - added] if each == -1 else each for place, each in enumerate(wanted))

    def look(array: Array) -> Array:
        # What `broadcast_to` returns cannot be written to, even if nothing was repeated.
        return array.view() if full == shape else np.broadcast_to(array, full)

    def rule(grad: Array) -> Array:
        return unbroadcast(grad, shape)

    try:
        return tape_view(input, look, "ExpandBackward0", rule)
    except ValueError:
        raise RuntimeError(
            f"The expanded size of the tensor {list(wanted)} must match the existing size "
            f"{list(shape)} at non-singleton dimensions\nOnly dimensions of size 1 can be expanded."
        ) from None


@method()
def expand_as(input: Tensor, other: Tensor) -> Tensor:
    """`expand` to the shape of `other`."""
    return expand(input, *other.array.shape)


@method()
def repeat(input: Tensor, *repeats: Any) -> Tensor:
    """Copies side by side: along dimension i, ``repeats[i]`` times."""
    times, shape = sizes_of(repeats), input.array.shape
    if len(times) < len(shape):
        raise RuntimeError(
            "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor"
        )
    padded = (1,) * (len(times) - len(shape)) + shape
    split = tuple(each for pair in zip(times, padded, strict=True) for each in pair)

    def rule(grad: Array) -> Array:
        return grad.reshape(split).sum(axis=tuple(range(0, 2 * len(times), 2))).reshape(shape)

    return tape(np.tile(input.array, times), "RepeatBackward0", (input,), rule)


@method()
def broadcast_to(input: Tensor, size: Sequence[int]) -> Tensor:
    """`expand` to a shape given as a list."""
    return expand(input, *size)


def broadcast_tensors(*tensors: Tensor) -> tuple[Tensor, ...]:
    """All tensors expanded to the shape that an operation on them would give."""
    shape = np.broadcast_shapes(*[each.array.shape for each in tensors])
    return tuple(expand(each, *shape) for each in tensors)


@method()
def tile(input: Tensor, *dims: Any) -> Tensor:
    """`repeat`, where dimensions that are not named are repeated once."""
    times = sizes_of(dims)
    return repeat(input, *(1,) * (input.array.ndim - len(times)), *times)


@method()
def repeat_interleave(input: Tensor, repeats: Any, dim: int | None = None) -> Tensor:
    """Each element several times in a row, along `dim`, or of the flattened tensor.

    Args:
        input: the tensor.
        repeats: how often: one number for all, or a tensor with one for each place along `dim`.
        dim: the dimension.
    """
    from .picking import index_select

    if dim is None:
        input, dim = input.reshape(-1), 0
    times = repeats.array if isinstance(repeats, Tensor) else repeats
    places = np.repeat(np.arange(input.array.shape[axis(dim, input.array.ndim)]), times)
    return index_select(input, dim, wrap(places))


def meshgrid(*tensors: Any, indexing: str = "ij") -> tuple[Tensor, ...]:
    """A grid of points from the coordinates along each axis: one tensor of coordinates an axis.

    Args:
        tensors: vectors; tensor i varies along dimension i ("ij").
        indexing: "ij", or "xy", in which the first two dimensions change places, as in plots.

    Raises:
        RuntimeError: another word for the indexing.
    """
    given = tensors[0] if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)) else tensors
    if indexing not in ("ij", "xy"):
        raise RuntimeError(
            f'torch.meshgrid: indexing must be one of "xy" or "ij", but received: {indexing}'
        )
    vectors = list(given)
    swapped = indexing == "xy" and len(vectors) > 1
    if swapped:
        vectors[:2] = vectors[1::-1]
    shape = [each.array.size for each in vectors]
    grids = [
        expand(each.reshape([-1 if place == own else 1 for place in range(len(shape))]), *shape)
        for own, each in enumerate(vectors)
    ]
    if swapped:
        grids[:2] = grids[1::-1]
    return tuple(grids)
