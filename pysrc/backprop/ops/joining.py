"""Putting tensors together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .. import dtypes
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor
from .dimensions import axis
from .operands import convert

__all__ = [
    "atleast_1d",
    "atleast_2d",
    "cat",
    "column_stack",
    "concat",
    "concatenate",
    "dstack",
    "hstack",
    "row_stack",
    "stack",
    "vstack",
]


def _promoted(tensors: Sequence[Tensor]) -> list[Tensor]:
    kind = tensors[0].dtype
    for each in tensors[1:]:
        kind = dtypes.promote(kind, each.dtype)
    return [convert(each, kind) for each in tensors]


def _check_tensors(name: str, tensors: Any) -> None:
    """Raise PyTorch's error for anything but a sequence of tensors."""
    if isinstance(tensors, Tensor):
        raise TypeError(
            f"{name}(): argument 'tensors' (position 1) must be tuple of Tensors, not Tensor\n"
            f"Put them into a list: torch.{name}([a, b])."
        )
    for place, each in enumerate(tensors):
        if not isinstance(each, Tensor):
            raise TypeError(
                f"expected Tensor as element {place} in argument 0, but got {type(each).__name__}\n"
                "Make a tensor of it first, with torch.tensor(...)."
            )


def cat(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """One behind the other along `dim`; each gets back its own part of the gradient.

    Raises:
        ValueError: there are none.
        RuntimeError: their other sizes differ.
        TypeError: they are no sequence of tensors.
    """
    _check_tensors("cat", tensors)
    if not tensors:
        raise ValueError("torch.cat(): expected a non-empty list of Tensors")
    parts = _promoted(tensors)
    if any(each.array.ndim == 0 for each in parts):
        raise RuntimeError(
            "zero-dimensional tensor (at position 0) cannot be concatenated\nUse torch.stack."
        )
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

    return tape(
        np.concatenate([each.array for each in parts], axis=along), "CatBackward0", parts, rule
    )


def stack(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Side by side along a new dimension at `dim`.

    Raises:
        RuntimeError: there are none, or their shapes differ.
    """
    _check_tensors("stack", tensors)
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

    return tape(np.stack([each.array for each in parts], along), "StackBackward0", parts, rule)


def vstack(tensors: Sequence[Tensor]) -> Tensor:
    """One below the other; vectors are rows."""
    return cat([each.reshape(1, -1) if each.array.ndim < 2 else each for each in tensors])


def hstack(tensors: Sequence[Tensor]) -> Tensor:
    """One beside the other."""
    parts = [each.reshape(1) if each.array.ndim == 0 else each for each in tensors]
    return cat(parts, 0 if parts[0].array.ndim == 1 else 1)


def dstack(tensors: Sequence[Tensor]) -> Tensor:
    """One behind the other along the third dimension."""
    parts = [atleast_2d(each) for each in tensors]
    return cat([each.unsqueeze(2) if each.array.ndim == 2 else each for each in parts], 2)


def column_stack(tensors: Sequence[Tensor]) -> Tensor:
    """Vectors as the columns of a matrix."""
    return hstack([each.reshape(-1, 1) if each.array.ndim < 2 else each for each in tensors])


def atleast_1d(input: Tensor) -> Tensor:
    """The tensor with one dimension at least."""
    return input.reshape(1) if input.array.ndim == 0 else input


def atleast_2d(input: Tensor) -> Tensor:
    """The tensor with two dimensions at least: a vector becomes a row."""
    return input.reshape(1, -1) if input.array.ndim < 2 else input


concat = concatenate = cat
row_stack = vstack
