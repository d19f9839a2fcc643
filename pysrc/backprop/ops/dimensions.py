"""What `dim` and `keepdim` mean."""

from __future__ import annotations

import numpy as np

from ..dtypes import Array

Dim = int | tuple[int, ...] | list[int] | None


def axes(dim: Dim, ndim: int) -> tuple[int, ...]:
    """The dimensions meant by `dim` as non-negative numbers; all of them for None or ().

    Raises:
        IndexError: there is no such dimension.
    """
    if dim is None or dim == () or dim == []:
        return tuple(range(ndim))
    found = tuple(axis(each, ndim) for each in ((dim,) if isinstance(dim, int) else dim))
    return found if ndim else ()  # a number has no dimension, but PyTorch takes 0 and -1


def axis(dim: int, ndim: int) -> int:
    """The dimension meant by `dim` as a non-negative number.

    Raises:
        IndexError: there is no such dimension.
    """
    reach = ndim or 1
    if not -reach <= dim < reach:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-reach}, {reach - 1}], but got {dim})"
            f"\nThe tensor has {ndim} dimension{'' if ndim == 1 else 's'}, counted from 0."
        )
    return dim % reach


def spread(grad: Array, reduced: tuple[int, ...], keepdim: bool) -> Array:
    """Give a reduced gradient its lost dimensions back, with size 1."""
    return grad if keepdim or not reduced else np.expand_dims(grad, reduced)
