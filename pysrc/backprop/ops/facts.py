"""What a tensor is, in numbers and words."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..layout import strided
from ..size import Size
from ..tensor import Tensor, method, wrap_counts
from .dimensions import axes, axis

__all__ = ["count_nonzero", "is_complex", "is_floating_point", "is_nonzero", "is_tensor", "numel"]


def is_tensor(obj: Any) -> bool:
    """Whether `obj` is a tensor."""
    return isinstance(obj, Tensor)


@method("numel", "nelement")
def numel(input: Tensor) -> int:
    """The number of elements."""
    return input.array.size


@method("dim", "ndimension")
def dim(input: Tensor) -> int:
    """The number of dimensions."""
    return input.array.ndim


@method()
def size(input: Tensor, dim: int | None = None) -> Any:
    """The shape, or its size along `dim`."""
    return (
        Size(input.array.shape) if dim is None else input.array.shape[axis(dim, input.array.ndim)]
    )


@method()
def stride(input: Tensor) -> tuple[int, ...]:
    """How many elements lie in memory between neighbours along each dimension."""
    return tuple(each // input.array.itemsize for each in input.array.strides)


@method()
def is_contiguous(input: Tensor) -> bool:
    """Whether the numbers lie in row-major order in memory."""
    return input.array.flags.c_contiguous


@method()
def is_floating_point(input: Tensor) -> bool:
    """Whether the elements are real numbers."""
    return input.dtype.is_floating_point


@method()
def is_complex(input: Tensor) -> bool:
    """Whether the elements are complex numbers: never here."""
    return False


def is_nonzero(input: Tensor) -> bool:
    """Whether the only element differs from zero."""
    return bool(input)


@method()
def count_nonzero(input: Tensor, dim: Any = None) -> Tensor:
    """How many elements differ from zero, in all or along `dim`."""
    along = axes(dim, input.array.ndim)
    return wrap_counts(np.count_nonzero(input.array, axis=along))


@method()
def element_size(input: Tensor) -> int:
    """The size of one element in bytes."""
    return input.array.itemsize


@method()
def data_ptr(input: Tensor) -> int:
    """The address of the first element: equal for a tensor and its ``view``."""
    return input.array.ctypes.data


Tensor.itemsize = property(element_size, doc="The size of one element in bytes.")  # type: ignore[attr-defined]
Tensor.nbytes = property(  # type: ignore[attr-defined]
    lambda tensor: tensor.array.nbytes, doc="The size of all elements in bytes."
)
Tensor.is_cpu = True  # type: ignore[attr-defined]
for _name in ("is_cuda", "is_mps", "is_xpu", "is_meta", "is_mkldnn", "is_quantized", "is_sparse"):
    setattr(Tensor, _name, False)
Tensor.layout = strided  # type: ignore[attr-defined]
