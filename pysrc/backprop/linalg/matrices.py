"""What all operations on matrices have in common: their checks, and batches of matrices as arrays."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..dtypes import Array
from ..ops.operands import type_name
from ..tensor import Tensor


class _LinAlgError(RuntimeError):
    """A matrix is singular, or not positive definite, or an iteration has not come to an end."""


#: PyTorch has it under this name; the error itself shows the other one.
LinAlgError = _LinAlgError


def transposed(array: Array) -> Array:
    """The transpose of each matrix."""
    return array.swapaxes(-1, -2)


def attempted(function: Callable[..., Array], *arrays: Array) -> Array:
    """What one of NumPy's functions finds.

    It learns from the processor's floating-point flags that it has failed, which WebAssembly has not: there
    the numbers are NaN.

    Raises:
        numpy.linalg.LinAlgError: it finds nothing.
    """
    found = function(*arrays)
    if np.isnan(found).any() and all(np.isfinite(each).all() for each in arrays):
        raise np.linalg.LinAlgError
    return found


def check_floating(name: str, input: Tensor) -> None:
    """Raise RuntimeError, in PyTorch's words, for whole numbers and for float16."""
    if input.array.dtype.kind != "f":
        raise RuntimeError(
            f"{name}: Expected a floating point or complex tensor as input. Got "
            f"{type_name(input.dtype)}\nConvert it first, with .float()."
        )
    if input.array.dtype == np.float16:
        raise RuntimeError(
            f"{name}: Low precision dtypes not supported. Got Half\nConvert it first, with .float()."
        )


def check_matrix(name: str, input: Tensor) -> Array:
    """The array of a matrix, or of a batch of them (..., n, m).

    Raises:
        RuntimeError: it has fewer than two dimensions, or its elements are no real numbers.
    """
    if input.array.ndim < 2:
        raise RuntimeError(
            f"{name}: The input tensor A must have at least 2 dimensions.\n"
            f"Its shape is {list(input.array.shape)}; x[None, :] makes a matrix of one row."
        )
    check_floating(name, input)
    return input.array


def check_square(name: str, input: Tensor) -> Array:
    """As `check_matrix`, for square matrices (..., n, n).

    Raises:
        RuntimeError: as `check_matrix`, or they are not square.
    """
    array = check_matrix(name, input)
    rows, columns = array.shape[-2:]
    if rows != columns:
        raise RuntimeError(
            f"{name}: A must be batches of square matrices, but they are {rows} by {columns} matrices"
        )
    return array


def at_fault(array: Array, place: tuple[int, ...]) -> str:
    """Which matrix of a batch an error speaks of; nothing where there is but one."""
    if array.ndim == 2:
        return ""
    return f"(Batch element {int(np.ravel_multi_index(place, array.shape[:-2]))}): "
