"""New tensors of the type of one that is there."""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..tensor import Tensor, method
from . import creation

__all__: list[str] = []


def _size(size: tuple[Any, ...], options: dict[str, Any]) -> tuple[Any, ...]:
    """The sizes, given one by one or by name.

    Raises:
        TypeError: another name is given.
    """
    if "size" in options and not size:
        size = (options.pop("size"),)
    if options:
        raise TypeError(f"got an unexpected keyword argument '{next(iter(options))}'")
    return size


@method()
def new_zeros(
    input: Tensor,
    *size: Any,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
    **options: Any,
) -> Tensor:
    """Zeros of the tensor's type."""
    shape = _size(size, options)
    kind = dtype or input.dtype
    return creation.zeros(*shape, dtype=kind, device=device, requires_grad=requires_grad)


@method()
def new_ones(
    input: Tensor,
    *size: Any,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
    **options: Any,
) -> Tensor:
    """Ones of the tensor's type."""
    shape = _size(size, options)
    kind = dtype or input.dtype
    return creation.ones(*shape, dtype=kind, device=device, requires_grad=requires_grad)


@method()
def new_empty(
    input: Tensor,
    *size: Any,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
    **options: Any,
) -> Tensor:
    """Zeros of the tensor's type: see `backprop.empty`."""
    shape = _size(size, options)
    kind = dtype or input.dtype
    return creation.zeros(*shape, dtype=kind, device=device, requires_grad=requires_grad)


@method()
def new_full(
    input: Tensor,
    size: Any,
    fill_value: Any,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """One number everywhere, of the tensor's type."""
    kind = dtype or input.dtype
    return creation.full(size, fill_value, dtype=kind, device=device, requires_grad=requires_grad)


@method()
def new_tensor(
    input: Tensor,
    data: Any,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """A tensor with a copy of `data`, of the tensor's type."""
    kind = dtype or input.dtype
    return creation.tensor(data, dtype=kind, device=device, requires_grad=requires_grad)
