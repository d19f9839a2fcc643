"""New tensors from data and by rule."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import dtypes
from ..device import require_cpu
from ..dtypes import Array
from ..tensor import Tensor, wrap
from .literals import array_of, number_as

__all__ = [
    "as_tensor",
    "asarray",
    "empty",
    "empty_like",
    "eye",
    "from_numpy",
    "full",
    "full_like",
    "ones",
    "ones_like",
    "tensor",
    "zeros",
    "zeros_like",
]


def finish(array: Array, requires_grad: bool, device: Any = None) -> Tensor:
    """A leaf around `array`, with a gradient if that is asked for.

    Raises:
        RuntimeError: a gradient of whole numbers is asked for.
        AssertionError: another device than the CPU is asked for: see `require_cpu`.
    """
    require_cpu(device)
    result = wrap(array)
    if requires_grad:
        if array.dtype.kind != "f":
            raise RuntimeError(
                "Only Tensors of floating point and complex dtype can require gradients\n"
                "Whole numbers have no slope. Write them with a decimal point, or pass "
                "dtype=torch.float32."
            )
        result.requires_grad = True
    return result


def tensor(
    data: Any, *, dtype: dtypes.dtype | None = None, device: Any = None, requires_grad: bool = False
) -> Tensor:
    """A tensor with a copy of `data`: a number, nested lists, or an array.

    Python floats become float32 (`set_default_dtype` changes that), ints int64, bools bool; what NumPy
    made keeps its type.

    >>> tensor([[1.0, 2.0], [3.0, 4.0]])
    tensor([[1., 2.],
            [3., 4.]])

    Raises:
        ValueError: the lists don't all have the same length, or a whole number has more than 64 bits.
        TypeError, RuntimeError: something in them is no number, or does not fit into `dtype`.
    """
    return finish(array_of(data, dtype), requires_grad, device)


def as_tensor(data: Any, dtype: dtypes.dtype | None = None, device: Any = None) -> Tensor:
    """A tensor of `data`, which is shared instead of copied where that is possible."""
    if isinstance(data, Tensor) and (dtype is None or dtype.numpy == data.array.dtype):
        return data
    if isinstance(data, np.ndarray) and (dtype is None or dtype.numpy == data.dtype):
        return finish(data, False, device)
    return tensor(data, dtype=dtype, device=device)


def from_numpy(array: Array) -> Tensor:
    """A tensor that shares the memory of `array`.

    Raises:
        TypeError: it is no NumPy array, or of a type that tensors don't have.
    """
    if not isinstance(array, np.ndarray):
        raise TypeError(f"expected np.ndarray (got {type(array).__name__})")
    dtypes.of_array(array)
    return wrap(array)


def shape_of(size: tuple[Any, ...]) -> tuple[int, ...]:
    """The shape meant by ``f(2, 3)`` and ``f((2, 3))`` alike.

    Raises:
        RuntimeError: a size is negative.
        TypeError: a size is no whole number.
    """
    sizes = tuple(size[0]) if len(size) == 1 and isinstance(size[0], (tuple, list)) else size
    for each in sizes:
        if not isinstance(each, (int, np.integer)) and not isinstance(each, Tensor):
            raise TypeError(f"a size must be a whole number, not {type(each).__name__}")
        if int(each) < 0:
            raise RuntimeError(
                f"Trying to create tensor with negative dimension {int(each)}: {[int(n) for n in sizes]}"
            )
    return tuple(int(each) for each in sizes)


def floating_kind(dtype: dtypes.dtype | None) -> np.dtype[Any]:
    """NumPy's type for `dtype`, or for the default one."""
    return (dtype or dtypes.get_default_dtype()).numpy


def zeros(
    *size: Any, dtype: dtypes.dtype | None = None, device: Any = None, requires_grad: bool = False
) -> Tensor:
    """A tensor of zeros."""
    return finish(np.zeros(shape_of(size), floating_kind(dtype)), requires_grad, device)


def ones(
    *size: Any, dtype: dtypes.dtype | None = None, device: Any = None, requires_grad: bool = False
) -> Tensor:
    """A tensor of ones."""
    return finish(np.ones(shape_of(size), floating_kind(dtype)), requires_grad, device)


def empty(
    *size: Any, dtype: dtypes.dtype | None = None, device: Any = None, requires_grad: bool = False
) -> Tensor:
    """A tensor of zeros: PyTorch leaves it uninitialised, which teaches nothing."""
    return zeros(*size, dtype=dtype, device=device, requires_grad=requires_grad)


def full(
    size: Any,
    fill_value: Any,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """A tensor of one number everywhere; its type follows from the number."""
    value = fill_value.item() if isinstance(fill_value, Tensor) else fill_value
    kind = dtype or dtypes.of_scalar(value)
    shape = shape_of((size,))
    return finish(np.full(shape, number_as(value, kind), kind.numpy), requires_grad, device)


def zeros_like(
    input: Tensor,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """Zeros, of the shape and type of `input`."""
    kind = dtype or input.dtype
    return finish(np.zeros_like(input.array, kind.numpy), requires_grad, device)


def ones_like(
    input: Tensor,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """Ones, of the shape and type of `input`."""
    kind = dtype or input.dtype
    return finish(np.ones_like(input.array, kind.numpy), requires_grad, device)


def empty_like(
    input: Tensor,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """Zeros, of the shape and type of `input`: see `empty`."""
    return zeros_like(input, dtype=dtype, device=device, requires_grad=requires_grad)


def full_like(
    input: Tensor,
    fill_value: Any,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """One number everywhere, of the shape and type of `input`."""
    value = fill_value.item() if isinstance(fill_value, Tensor) else fill_value
    kind = dtype or input.dtype
    filled = np.full_like(input.array, number_as(value, kind), kind.numpy)
    return finish(filled, requires_grad, device)


def eye(
    n: int,
    m: int | None = None,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """Ones on the diagonal, zeros elsewhere: (n, m), or (n, n)."""
    return finish(np.eye(n, m, dtype=floating_kind(dtype)), requires_grad, device)


asarray = as_tensor
