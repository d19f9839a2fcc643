"""Less common ways to take apart, to put together and to turn."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from .. import dtypes
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method, wrap_counts
from .creation import zeros
from .joining import stack
from .parting import tensor_split
from .repetition import meshgrid

__all__ = [
    "atleast_3d",
    "block_diag",
    "cartesian_prod",
    "combinations",
    "diagflat",
    "dsplit",
    "hsplit",
    "kron",
    "rot90",
    "vsplit",
]


@method()
def hsplit(input: Tensor, indices_or_sections: Any) -> tuple[Tensor, ...]:
    """Parts from left to right: along the second dimension, or the only one."""
    return _split("hsplit", input, indices_or_sections, 1 if input.ndim > 1 else 0, 1)


@method()
def vsplit(input: Tensor, indices_or_sections: Any) -> tuple[Tensor, ...]:
    """Parts from top to bottom: along the first dimension."""
    return _split("vsplit", input, indices_or_sections, 0, 2)


@method()
def dsplit(input: Tensor, indices_or_sections: Any) -> tuple[Tensor, ...]:
    """Parts from front to back: along the third dimension."""
    return _split("dsplit", input, indices_or_sections, 2, 3)


def _split(name: str, input: Tensor, parts: Any, dim: int, least: int) -> tuple[Tensor, ...]:
    if input.ndim < least:
        raise RuntimeError(
            f"torch.{name} requires a tensor with at least {least} dimension, but got a "
            f"tensor with {input.ndim} dimensions!"
        )
    if isinstance(parts, int) and input.shape[dim] % parts:
        raise RuntimeError(
            f"torch.{name} attempted to split along dimension {dim}, but the size of the dimension "
            f"{input.shape[dim]} is not divisible by the split_size {parts}!"
        )
    return tensor_split(input, parts, dim)


@method()
def rot90(input: Tensor, k: int = 1, dims: Sequence[int] = (0, 1)) -> Tensor:
    """Turned `k` times by a right angle, in the plane of two dimensions, from the first to the second."""
    plane = (dims[0], dims[1])

    def rule(grad: Array) -> Array:
        return np.rot90(grad, -k, plane)

    return tape(np.rot90(input.array, k, plane).copy(), "Rot90Backward0", (input,), rule)


@method()
def diagflat(input: Tensor, offset: int = 0) -> Tensor:
    """A matrix with the elements on a diagonal."""
    return input.reshape(-1).diag(offset)


@method()
def kron(input: Tensor, other: Tensor) -> Tensor:
    """Kronecker's product: each element of `input` times all of `other`, side by side."""
    dims = max(input.ndim, other.ndim)
    left = [1] * (dims - input.ndim) + list(input.shape)
    right = [1] * (dims - other.ndim) + list(other.shape)
    a = input.reshape([size for each in left for size in (each, 1)])
    b = other.reshape([size for each in right for size in (1, each)])
    product = a * b
    shape = [x * y for x, y in zip(left, right, strict=True)]

    def rule(grad: Array) -> Array:
        return grad.reshape(product.array.shape)

    return tape(product.array.reshape(shape), "UnsafeViewBackward0", (product,), rule)


def block_diag(*tensors: Tensor) -> Tensor:
    """Matrices along the diagonal of a larger one, which is 0 elsewhere."""
    blocks = [each.reshape(1, -1) if each.ndim < 2 else each for each in tensors]
    rows, columns = (sum(each.shape[side] for each in blocks) for side in (0, 1))
    kind = functools.reduce(dtypes.promote, (each.dtype for each in blocks))
    result = np.zeros((rows, columns), kind.numpy)
    places: list[tuple[slice, slice]] = []
    row = column = 0
    for each in blocks:
        height, width = each.shape
        places.append((slice(row, row + height), slice(column, column + width)))
        result[places[-1]] = each.array
        row, column = row + height, column + width

    def rule(grad: Array) -> tuple[Array, ...]:
        return tuple(grad[place] for place in places)

    return tape(result, "BlockDiagBackward0", tuple(blocks), rule)


def cartesian_prod(*tensors: Tensor) -> Tensor:
    """Each combination of one element of each vector, one a row."""
    if len(tensors) == 1:
        return tensors[0]
    return stack([each.reshape(-1) for each in meshgrid(*tensors, indexing="ij")], 1)


def combinations(input: Tensor, r: int = 2, with_replacement: bool = False) -> Tensor:
    """Each choice of `r` elements of a vector, one a row, in their order; or with repetition.

    Raises:
        RuntimeError: the tensor is no vector.
    """
    if input.ndim != 1:
        raise RuntimeError("Expect a 1D vector, but got shape " + str(list(input.shape)))
    choose = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    places = np.array(list(choose(range(len(input)), r)), np.int64).reshape(-1, r)
    if not places.size:
        return zeros(0, r, dtype=input.dtype)
    return stack([input[wrap_counts(places[:, each].copy())] for each in range(r)], 1)


def atleast_3d(input: Tensor) -> Tensor:
    """With three dimensions, of size 1 in front and behind where there are fewer."""
    if input.ndim == 0:
        return input.reshape(1, 1, 1)
    if input.ndim == 1:
        return input.unsqueeze(0).unsqueeze(-1)
    return input.unsqueeze(-1) if input.ndim == 2 else input
