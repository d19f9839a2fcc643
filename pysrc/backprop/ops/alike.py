"""New tensors of the type of one that is there."""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..tensor import Tensor, method
from . import creation

__all__: list[str] = []


@method()
def new_zeros(
    input: Tensor, *size: Any, dtype: dtypes.dtype | None = None, requires_grad: bool = False
) -> Tensor:
    """Zeros of the tensor's type."""
    return creation.zeros(*size, dtype=dtype or input.dtype, requires_grad=requires_grad)


@method()
def new_ones(
    input: Tensor, *size: Any, dtype: dtypes.dtype | None = None, requires_grad: bool = False
) -> Tensor:
    """Ones of the tensor's type."""
    return creation.ones(*size, dtype=dtype or input.dtype, requires_grad=requires_grad)


@method()
def new_empty(
    input: Tensor, *size: Any, dtype: dtypes.dtype | None = None, requires_grad: bool = False
) -> Tensor:
    """Zeros of the tensor's type: see `backprop.empty`."""
    return creation.zeros(*size, dtype=dtype or input.dtype, requires_grad=requires_grad)


@method()
def new_full(
    input: Tensor,
    size: Any,
    fill_value: Any,
    *,
    dtype: dtypes.dtype | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """One number everywhere, of the tensor's type."""
    kind = dtype or input.dtype
    return creation.full(size, fill_value, dtype=kind, requires_grad=requires_grad)


@method()
def new_tensor(
    input: Tensor, data: Any, *, dtype: dtypes.dtype | None = None, requires_grad: bool = False
) -> Tensor:
    """A tensor with a copy of `data`, of the tensor's type."""
    return creation.tensor(data, dtype=dtype or input.dtype, requires_grad=requires_grad)
