"""Diagonals of matrices, and what lies above and below them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .. import dtypes
from ..autograd.tape import tape, tape_view
from ..dtypes import Array
from ..tensor import Tensor, method
from .creation import finish
from .dimensions import axis

__all__ = ["diag", "diagonal", "trace", "tril", "tril_indices", "triu", "triu_indices"]


@method()
def tril(input: Tensor, diagonal: int = 0) -> Tensor:
    """The elements on and below a diagonal; zeros above it."""
    return _triangle(input, lambda n, m: np.tri(n, m, diagonal, dtype=bool), "TrilBackward0")


@method()
def triu(input: Tensor, diagonal: int = 0) -> Tensor:
    """The elements on and above a diagonal; zeros below it."""
    return _triangle(input, lambda n, m: ~np.tri(n, m, diagonal - 1, dtype=bool), "TriuBackward0")


def _triangle(input: Tensor, mask: Callable[[int, int], Array], name: str) -> Tensor:
    if input.array.ndim < 2:
        title = name.removesuffix("Backward0").lower()
        raise RuntimeError(f"{title}: input tensor must have at least 2 dimensions")
    kept = mask(*input.array.shape[-2:])

    def rule(grad: Array) -> Array:
        return np.where(kept, grad, grad.dtype.type(0))

    return tape(np.where(kept, input.array, input.array.dtype.type(0)), name, (input,), rule)


def tril_indices(
    row: int,
    col: int,
    offset: int = 0,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
) -> Tensor:
    """The places on and below a diagonal of a matrix (row, col): their rows, then their columns."""
    places = np.stack(np.tril_indices(row, offset, col))
    return finish(places.astype((dtype or dtypes.int64).numpy), False, device)


def triu_indices(
    row: int,
    col: int,
    offset: int = 0,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
) -> Tensor:
    """The places on and above a diagonal of a matrix (row, col): their rows, then their columns."""
    places = np.stack(np.triu_indices(row, offset, col))
    return finish(places.astype((dtype or dtypes.int64).numpy), False, device)


@method()
def diagonal(input: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor:
    """The diagonal of two dimensions, as the last dimension of a view.

    Raises:
        IndexError: there is no such dimension.
    """
    first, second = axis(dim1, input.array.ndim), axis(dim2, input.array.ndim)
    shape = input.array.shape

    def look(array: Array) -> Array:
        part = array.diagonal(offset, first, second)
        # NumPy marks it as not to be written to, although it could be.
        part.flags.writeable = array.flags.writeable
        return part

    def rule(grad: Array) -> Array:
        full = np.zeros(shape, grad.dtype)
        look(full)[...] = grad
        return full

    return tape_view(input, look, "DiagonalBackward0", rule)


_diagonal = diagonal


@method()
def diag(input: Tensor, diagonal: int = 0) -> Tensor:
    """The diagonal of a matrix; of a vector, the matrix that has it as its diagonal.

    Raises:
        RuntimeError: it has neither one nor two dimensions.
    """
    x = input.array
    if x.ndim not in (1, 2):
        raise RuntimeError(
            f"diag(): Supports 1D or 2D tensors. Got {x.ndim}D\nUse .diagonal() for more dimensions."
        )
    if x.ndim == 2:
        return _diagonal(input, diagonal).clone()

    def rule(grad: Array) -> Array:
        return np.diagonal(grad, diagonal)

    return tape(np.diag(x, diagonal), "DiagEmbedBackward0", (input,), rule)


@method()
def trace(input: Tensor) -> Tensor:
    """The sum of a matrix's diagonal.

    Raises:
        RuntimeError: it is no matrix.
    """
    x = input.array
    if x.ndim != 2:
        raise RuntimeError(f"trace: expected a matrix, but got tensor with dim {x.ndim}")

    def rule(grad: Array) -> Array:
        return grad * np.eye(*x.shape, dtype=grad.dtype)

    return tape(np.trace(x), "TraceBackward0", (input,), rule)
