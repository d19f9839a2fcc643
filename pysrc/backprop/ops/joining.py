"""Putting tensors together, and taking them apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .. import dtypes
from ..autograd.node import Gradients
from ..autograd.record import record
from ..dtypes import Array
from ..tensor import Tensor, method
from .indexing import getitem
from .operands import convert
from .reduction import axis

__all__ = ["cat", "chunk", "flip", "hstack", "split", "stack", "unbind", "vstack"]


def _promoted(tensors: Sequence[Tensor]) -> list[Tensor]:
    kind = tensors[0].dtype
    for each in tensors[1:]:
        kind = dtypes.promote(kind, each.dtype)
    return [convert(each, kind) for each in tensors]


def cat(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """One behind the other along `dim`; each gets back its own part of the gradient.

    Raises:
        RuntimeError: there are none, or their other sizes differ.
    """
    if not tensors:
        raise RuntimeError("torch.cat(): expected a non-empty list of Tensors")
    parts = _promoted(tensors)
    along = axis(dim, parts[0].array.ndim)
    first = parts[0].array.shape
    for number, each in enumerate(parts[1:], 1):
        shape = each.array.shape
        if len(shape) != len(first):
            raise RuntimeError(
                f"Tensors must have same number of dimensions: got {len(first)} and {len(shape)}"
            )
        for place, (a, b) in enumerate(zip(first, shape, strict=True)):
            if a != b and place != along:
                raise RuntimeError(
                    f"Sizes of tensors must match except in dimension {along}. Expected size {a} but "
                    f"got size {b} for tensor number {number} in the list."
                )
    ends = np.cumsum([each.array.shape[along] for each in parts])[:-1]

    def rule(grad: Array) -> Gradients:
        return tuple(np.split(grad, ends, axis=along))

    return record(
        np.concatenate([each.array for each in parts], axis=along), "CatBackward0", parts, rule
    )


def stack(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Side by side along a new dimension at `dim`.

    Raises:
        RuntimeError: there are none, or their shapes differ.
    """
    if not tensors:
        raise RuntimeError("stack expects a non-empty TensorList")
    parts = _promoted(tensors)
    first = parts[0].array.shape
    for number, each in enumerate(parts):
        if each.array.shape != first:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {list(first)} at entry 0 and "
                f"{list(each.array.shape)} at entry {number}"
            )
    along = axis(dim, len(first) + 1)

    def rule(grad: Array) -> Gradients:
        return tuple(np.moveaxis(grad, along, 0))

    return record(np.stack([each.array for each in parts], along), "StackBackward0", parts, rule)


def vstack(tensors: Sequence[Tensor]) -> Tensor:
    """One below the other; vectors are rows."""
    return cat([each.reshape(1, -1) if each.array.ndim < 2 else each for each in tensors])


def hstack(tensors: Sequence[Tensor]) -> Tensor:
    """One beside the other."""
    parts = [each.reshape(1) if each.array.ndim == 0 else each for each in tensors]
    return cat(parts, 0 if parts[0].array.ndim == 1 else 1)


@method()
def split(input: Tensor, split_size: int | Sequence[int], dim: int = 0) -> tuple[Tensor, ...]:
    """Parts of `split_size` along `dim` (the last may be shorter), or of the sizes given.

    Raises:
        RuntimeError: the sizes given don't add up.
    """
    along = axis(dim, input.array.ndim)
    length = input.array.shape[along]
    if isinstance(split_size, int):
        sizes = [min(split_size, length - start) for start in range(0, length, split_size)]
    else:
        sizes = list(split_size)
        if sum(sizes) != length:
            raise RuntimeError(
                "split_with_sizes expects split_sizes to sum exactly to "
                f"{length} (input tensor's size at dimension {along}), but got split_sizes={sizes}"
            )
    parts, start = [], 0
    for size in sizes:
        parts.append(getitem(input, (*(slice(None),) * along, slice(start, start + size))))
        start += size
    return tuple(parts)


@method()
def chunk(input: Tensor, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    """At most `chunks` parts of equal size along `dim`; the last may be shorter."""
    length = input.array.shape[axis(dim, input.array.ndim)]
    return split(input, max(1, -(-length // chunks)), dim)


@method()
def unbind(input: Tensor, dim: int = 0) -> tuple[Tensor, ...]:
    """The slices along `dim`, without that dimension."""
    along = axis(dim, input.array.ndim)
    return tuple(
        getitem(input, (*(slice(None),) * along, place))
        for place in range(input.array.shape[along])
    )


@method()
def flip(input: Tensor, *dims: int | Sequence[int]) -> Tensor:
    """The elements in reverse order along the dimensions given."""
    chosen = dims[0] if len(dims) == 1 and not isinstance(dims[0], int) else dims
    along = tuple(axis(each, input.array.ndim) for each in chosen)  # type: ignore[arg-type]

    def rule(grad: Array) -> Array:
        return np.flip(grad, along)

    return record(np.flip(input.array, along).copy(), "FlipBackward0", (input,), rule)
