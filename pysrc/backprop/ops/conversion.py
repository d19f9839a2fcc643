"""Other types, and copies."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import dtypes
from ..autograd.tape import tape
from ..device import device
from ..dtypes import Array
from ..tensor import Tensor, method, wrap

__all__ = ["clone", "detach"]


@method()
def to(input: Tensor, *args: Any, **options: Any) -> Tensor:
    """The tensor as another dtype, or on another device (there is only the CPU).

    The gradient is converted back. A tensor that fits already is returned itself.

    Raises:
        TypeError: an argument is none of a dtype, a device and a tensor.
        RuntimeError: another device than the CPU is asked for.
    """
    kind = options.pop("dtype", None)
    place = options.pop("device", None)
    copy = options.pop("copy", False)
    options.pop("non_blocking", None)
    for each in args:
        if isinstance(each, dtypes.dtype):
            kind = each
        elif isinstance(each, Tensor):
            kind = each.dtype
        elif isinstance(each, (str, device)):
            place = each
        elif not isinstance(each, bool) and each is not None:
            raise TypeError(f"to() takes a dtype, a device or a tensor, not {type(each).__name__}")
    if options:
        raise TypeError(f"to() got an unexpected keyword argument '{next(iter(options))}'")
    if place is not None:
        device(place)
    if kind is None or kind.numpy == input.array.dtype:
        return clone(input) if copy else input
    before = input.array.dtype

    def rule(grad: Array) -> Array:
        return grad.astype(before)

    with np.errstate(over="ignore", invalid="ignore"):
        converted = input.array.astype(kind.numpy)
    if not kind.is_floating_point:
        return tape(converted, "ToCopyBackward0", (), rule)
    return tape(converted, "ToCopyBackward0", (input,), rule)


def _conversion(name: str, kind: dtypes.dtype) -> None:
    def convert(input: Tensor) -> Tensor:
        return to(input, kind)

    convert.__name__ = convert.__qualname__ = name
    convert.__doc__ = f"The tensor as {kind.name}."
    method(name)(convert)


for _name, _kind in {
    "float": dtypes.float32,
    "double": dtypes.float64,
    "half": dtypes.float16,
    "long": dtypes.int64,
    "int": dtypes.int32,
    "short": dtypes.int16,
    "bool": dtypes.bool_,
    "byte": dtypes.uint8,
    "char": dtypes.int8,
}.items():
    _conversion(_name, _kind)


@method()
def type_as(input: Tensor, other: Tensor) -> Tensor:
    """The tensor as the dtype of `other`."""
    return to(input, other.dtype)


@method()
def cpu(input: Tensor) -> Tensor:
    """The tensor itself: it is on the CPU already."""
    return input


@method()
def detach(input: Tensor) -> Tensor:
    """The same numbers in the same memory, cut off from the graph."""
    result = wrap(input.array)
    result.version_counter = input.version_counter
    return result


@method()
def clone(input: Tensor) -> Tensor:
    """A copy with memory of its own; the gradient passes through it."""

    def rule(grad: Array) -> Array:
        return grad

    return tape(input.array.copy(), "CloneBackward0", (input,), rule)


@method()
def contiguous(input: Tensor) -> Tensor:
    """The same numbers in row-major memory; the tensor itself if it is so already."""
    return input if input.array.flags.c_contiguous else clone(input)
