"""Other types, and copies."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from .. import dtypes
from ..autograd.tape import tape
from ..device import NO_ACCELERATOR, require_cpu, unavailable
from ..device import device as device_type
from ..dtypes import Array
from ..tensor import Tensor, method, wrap

__all__ = ["clone", "detach"]


@method()
def to(input: Tensor, *args: Any, **options: Any) -> Tensor:
    """The tensor as another dtype, or on another device (there is only the CPU).

    The gradient is converted back. A tensor that fits already is returned itself.

    Raises:
        TypeError: an argument is none of a dtype, a device and a tensor.
        AssertionError, RuntimeError: another device than the CPU is asked for: see `require_cpu`.
    """
    kind = dtypes.given("to", options.pop("dtype", None))
    place = options.pop("device", None)
    copy = options.pop("copy", False)
    options.pop("non_blocking", None)
    for each in args:
        if isinstance(each, dtypes.dtype):
            kind = each
        elif isinstance(each, Tensor):
            kind = each.dtype
        elif isinstance(each, (str, device_type)):
            place = each
        elif each in (float, int, bool):
            kind = dtypes.given("to", each)
        elif isinstance(each, int) and not isinstance(each, bool):
            place = device_type(each)
        elif not isinstance(each, bool) and each is not None:
            raise TypeError(
                f"to() received an invalid combination of arguments - got ({type(each).__name__}), but "
                "expected one of:\nA dtype, a device or a tensor, then non_blocking and copy."
            )
    if options:
        name, value = next(iter(options.items()))
        raise TypeError(
            f"to() received an invalid combination of arguments - got ({name}={type(value).__name__}, ), "
            "but expected one of:\nA dtype, a device or a tensor, then non_blocking and copy."
        )
    if place is not None:
        require_cpu(place)
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
def cuda(input: Tensor, device: Any = None, non_blocking: bool = False) -> Tensor:
    """The tensor on a graphics card: there is none.

    Raises:
        AssertionError: always, in the words of a PyTorch that was built for the CPU.
        RuntimeError: the device is given by a number, or is no graphics card.
    """
    place = device_type("cuda" if device is None else device)
    if place.type != "cuda":
        raise RuntimeError(f"Invalid device, must be cuda device\n{place} is none.")
    raise unavailable("cuda")


@method()
def xpu(input: Tensor, device: Any = None, non_blocking: bool = False) -> Tensor:
    """The tensor on a graphics card of Intel's: there is none.

    Raises:
        AssertionError: always.
    """
    raise unavailable("xpu")


@method()
def get_device(input: Tensor) -> int:
    """The number of the graphics card that it is on: -1, since it is on the CPU."""
    return -1


@method()
def is_pinned(input: Tensor, device: Any = None) -> bool:
    """Whether its memory is held ready for a graphics card: never."""
    return False


@method()
def pin_memory(input: Tensor, device: Any = None) -> Tensor:
    """The tensor in memory that is held ready for a graphics card: there is none.

    Raises:
        RuntimeError: always.
    """
    raise RuntimeError(f"{NO_ACCELERATOR}\nLeave it out, or ask torch.cuda.is_available() first.")


@method()
def is_shared(input: Tensor) -> bool:
    """Whether its memory is shared with other processes: never."""
    return False


@method()
def share_memory_(input: Tensor) -> Tensor:
    """The tensor itself: there are no other processes."""
    return input


@method()
def detach(input: Tensor) -> Tensor:
    """The same numbers in the same memory, cut off from the graph."""
    result = wrap(input.array)
    result.version_counter = input.version_counter
    return result


@method()
def clone(input: Tensor) -> Tensor:
    """A copy with memory of its own, in the same order; the gradient passes through it."""
    return _copied(input, "K")


@method()
def contiguous(input: Tensor) -> Tensor:
    """The same numbers in row-major memory; the tensor itself if it is so already."""
    return input if input.array.flags.c_contiguous else _copied(input, "C")


def _copied(input: Tensor, order: Literal["C", "K"]) -> Tensor:
    def rule(grad: Array) -> Array:
        return grad

    return tape(input.array.copy(order=order), "CloneBackward0", (input,), rule)
