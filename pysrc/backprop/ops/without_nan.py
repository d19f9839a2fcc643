"""Sums, means and medians of the elements that are numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import dtypes, return_types
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method, wrap
from . import reduction
from .dimensions import Dim, axes, axis, spread
from .operands import convert, type_name
from .ranking import chosen

__all__ = ["nanmean", "nanmedian", "nansum"]


@method()
def nansum(
    input: Tensor, dim: Dim = None, keepdim: bool = False, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """The sum of the elements that are not NaN."""
    if dtype is not None:
        input = convert(input, dtype)
    elif input.array.dtype.kind != "f":
        return reduction.sum(input, dim, keepdim)
    x = input.array
    reduced = axes(dim, x.ndim)
    numbers = ~np.isnan(x)

    def rule(grad: Array) -> Array:
        return spread(grad, reduced, keepdim) * numbers

    result = np.where(numbers, x, 0).sum(axis=reduced if x.ndim else None, keepdims=keepdim)
    return tape(result.astype(x.dtype), "NansumBackward0", (input,), rule, saved=(input,))


@method()
def nanmean(
    input: Tensor, dim: Dim = None, keepdim: bool = False, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """The mean of the elements that are not NaN.

    Raises:
        RuntimeError: the elements are not real numbers.
    """
    if input.array.dtype.kind != "f":
        raise RuntimeError(
            "nanmean(): expected input to have floating point or complex dtype but got "
            f"{type_name(input.dtype)}\nConvert it with .float()."
        )
    numbers = wrap(~np.isnan(input.array))
    return nansum(input, dim, keepdim, dtype=dtype) / reduction.sum(numbers, dim, keepdim)


@method()
def nanmedian(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Any:
    """The element in the middle of those that are not NaN, the lower of two."""
    flat = input.reshape(-1) if dim is None else input
    along = 0 if dim is None else axis(dim, input.array.ndim)
    # NaN are sorted behind all numbers.
    order = np.argsort(flat.array, axis=along, kind="stable")
    middle = np.maximum((~np.isnan(flat.array)).sum(along, keepdims=True) - 1, 0) // 2
    places = np.take_along_axis(order, middle, along)
    name = f"NanmedianBackward{0 if dim is None else 1}"
    found = chosen(flat, places, along, keepdim, name, return_types.nanmedian)
    return found.values if dim is None else found
