"""Taking tensors apart, and turning them round."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..autograd.tape import tape, tape_view
from ..dtypes import Array
from ..tensor import Tensor, method
from .dimensions import axis

__all__ = ["chunk", "flip", "fliplr", "flipud", "roll", "split", "tensor_split", "unbind"]


def _part(input: Tensor, index: tuple[Any, ...], operation: str) -> Tensor:
    """One of several views, which may not be changed in place each on its own."""
    shape = input.array.shape

    def look(array: Array) -> Array:
        return array[index]

    def rule(grad: Array) -> Array:
        full = np.zeros(shape, grad.dtype)
        full[index] = grad
        return full

    return tape_view(input, look, operation, rule, several=True)


@method()
def split(input: Tensor, split_size: int | Sequence[int], dim: int = 0) -> tuple[Tensor, ...]:
    """Parts of `split_size` along `dim` (the last may be shorter), or of the sizes given.

    Raises:
        RuntimeError: the sizes given don't add up.
    """
    along = axis(dim, input.array.ndim)
    length = input.array.shape[along]
    if isinstance(split_size, int):
        if split_size <= 0:
            raise RuntimeError(
                f"split expects split_size be non-negative, but got split_size={split_size}"
            )
        sizes = [min(split_size, length - start) for start in range(0, length, split_size)]
        name = "SplitBackward0"
    else:
        name = "SplitWithSizesBackward0"
        sizes = list(split_size)
        if sum(sizes) != length:
            raise RuntimeError(
                "split_with_sizes expects split_sizes to sum exactly to "
                f"{length} (input tensor's size at dimension {along}), but got split_sizes={sizes}"
            )
    parts, start = [], 0
    for size in sizes:
        place = (*(slice(None),) * along, slice(start, start + size))
        parts.append(_part(input, place, name))
        start += size
    return tuple(parts)


@method()
def chunk(input: Tensor, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    """At most `chunks` parts of equal size along `dim`; the last may be shorter."""
    if input.array.ndim == 0:
        raise RuntimeError("chunk expects at least a 1-dimensional tensor")
    length = input.array.shape[axis(dim, input.array.ndim)]
    size = max(1, -(-length // chunks))
    return split(input, size, dim) if length else split(input, [0] * chunks, dim)


@method()
def tensor_split(
    input: Tensor, indices_or_sections: int | Sequence[int], dim: int = 0
) -> tuple[Tensor, ...]:
    """Parts along `dim`: so many of nearly equal size, or cut at the places given."""
    length = input.array.shape[axis(dim, input.array.ndim)]
    if isinstance(indices_or_sections, int):
        size, larger = divmod(length, indices_or_sections)
        sizes = [size + (place < larger) for place in range(indices_or_sections)]
    else:
        cuts = [0, *(min(each, length) for each in indices_or_sections), length]
        sizes = [max(0, end - start) for start, end in itertools.pairwise(cuts)]
    starts = itertools.accumulate(sizes, initial=0)
    return tuple(input.narrow(dim, start, size) for start, size in zip(starts, sizes, strict=False))


@method()
def unbind(input: Tensor, dim: int = 0) -> tuple[Tensor, ...]:
    """The slices along `dim`, without that dimension."""
    along = axis(dim, input.array.ndim)
    return tuple(
        _part(input, (*(slice(None),) * along, place, ...), "UnbindBackward0")
        for place in range(input.array.shape[along])
    )


@method()
def flip(input: Tensor, *dims: int | Sequence[int]) -> Tensor:
    """The elements in reverse order along the dimensions given."""
    if input.array.ndim == 0:
        return input.clone()
    chosen = dims[0] if len(dims) == 1 and not isinstance(dims[0], int) else dims
    along = tuple(axis(each, input.array.ndim) for each in chosen)  # type: ignore[arg-type]

    def rule(grad: Array) -> Array:
        return np.flip(grad, along)

    return tape(np.flip(input.array, along).copy(), "FlipBackward0", (input,), rule)


@method()
def fliplr(input: Tensor) -> Tensor:
    """The columns in reverse order."""
    return flip(input, 1)


@method()
def flipud(input: Tensor) -> Tensor:
    """The rows in reverse order."""
    return flip(input, 0)


@method()
def roll(input: Tensor, shifts: Any, dims: Any = None) -> Tensor:
    """The elements moved on by `shifts` along `dims`; what leaves at the end enters at the start."""
    along = dims if dims is None or isinstance(dims, int) else tuple(dims)
    steps = shifts if isinstance(shifts, int) else tuple(shifts)
    back = -shifts if isinstance(shifts, int) else tuple(-each for each in shifts)

    def rule(grad: Array) -> Array:
        return np.roll(grad, back, along)

    return tape(np.roll(input.array, steps, along), "RollBackward0", (input,), rule)
