"""A tensor's memory: as it lies there, of another size, and looked at in steps of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..autograd.tape import tape_view
from ..dtypes import Array
from ..storage import TypedStorage, UntypedStorage, flat
from ..tensor import Tensor, method
from ..warning import warn
from .creation import shape_of

__all__ = ["as_strided"]


@method()
def storage_offset(input: Tensor) -> int:
    """How many elements lie in the memory before the first one of this tensor."""
    distance = input.array.ctypes.data - flat(input.array).ctypes.data
    return distance // input.array.itemsize


@method()
def untyped_storage(input: Tensor) -> UntypedStorage:
    """The memory that this tensor looks at, as bytes."""
    return UntypedStorage(flat(input.array).view(np.uint8))


@method()
def storage(input: Tensor) -> TypedStorage:
    """The memory that this tensor looks at, as numbers in a row: more than its own where it is a view."""
    warn(
        "TypedStorage is deprecated. It will be removed in the future and UntypedStorage will be the only "
        "storage class. This should only matter to you if you are using storages directly.  To access "
        "UntypedStorage directly, use tensor.untyped_storage() instead of tensor.storage()"
    )
    return TypedStorage(flat(input.array))


def _strided(memory: Array, size: Sequence[int], stride: Sequence[int], offset: int) -> Array:
    """Elements of a memory in steps of a number of elements along each dimension.

    Raises:
        RuntimeError: they reach beyond the memory.
    """
    last = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
    if 0 not in size and last >= memory.size:
        raise RuntimeError(
            f"setStorage: sizes {list(size)}, strides {list(stride)}, storage offset {offset}, and itemsize "
            f"{memory.itemsize} requiring a storage size of {(last + 1) * memory.itemsize} are out of bounds "
            f"for storage of size {memory.nbytes}"
        )
    steps = [step * memory.itemsize for step in stride]
    return np.lib.stride_tricks.as_strided(memory[offset:], tuple(size), steps)


@method()
def as_strided(
    input: Tensor, size: Sequence[int], stride: Sequence[int], storage_offset: int | None = None
) -> Tensor:
    """A view of the memory of `input`, in steps of `stride` elements along the dimensions of `size`.

    >>> import backprop as torch
    >>> torch.arange(9).as_strided((2, 2), (1, 2))
    tensor([[0, 2],
            [1, 3]])

    Raises:
        RuntimeError: it would reach beyond the memory.
    """
    start = input.storage_offset() if storage_offset is None else storage_offset

    def look(array: Array) -> Array:
        return _strided(flat(array), size, stride, start)

    def rule(grad: Array) -> Array:
        places = np.arange(flat(input.array).size)
        summed = np.zeros(places.size, grad.dtype)
        np.add.at(summed, _strided(places, size, stride, start), grad)
        own = [step // input.array.itemsize for step in input.array.strides]
        return summed[_strided(places, input.array.shape, own, input.storage_offset())]

    return tape_view(input, look, "AsStridedBackward0", rule)


@method()
def resize_(input: Tensor, *size: Any) -> Tensor:
    """Give the tensor itself another size. Its memory stays, and grows by zeros where it is too small.

    Raises:
        RuntimeError: it requires a gradient.
    """
    if input.requires_grad:
        raise RuntimeError(
            "cannot resize variables that require grad\nUse x.reshape(...), which makes a new tensor."
        )
    shape = shape_of(size)
    count = int(np.prod(shape))
    memory = flat(input.array)
    start = input.storage_offset()
    if start + count > memory.size:
        grown = np.zeros(start + count, memory.dtype)
        grown[: memory.size] = memory
        memory = grown
    input.array = memory[start : start + count].reshape(shape)
    input.version_counter[0] += 1
    return input


@method()
def resize_as_(input: Tensor, the_template: Tensor) -> Tensor:
    """`resize_` to the size of another tensor."""
    return resize_(input, *the_template.array.shape)


@method()
def set_(
    input: Tensor,
    source: Any = None,
    storage_offset: int = 0,
    size: Sequence[int] | None = None,
    stride: Sequence[int] | None = None,
) -> Tensor:
    """Let the tensor itself look at the memory of another one, or at a storage.

    Raises:
        RuntimeError: it would reach beyond the memory.
    """
    if isinstance(source, Tensor) and size is None:
        input.array = source.array
    else:
        memory = _memory(input, source)
        shape = (memory.size - storage_offset,) if size is None else tuple(size)
        steps = _steps(shape) if stride is None else stride
        input.array = _strided(memory, shape, steps, storage_offset)
    input.version_counter[0] += 1
    return input


def _memory(input: Tensor, source: Any) -> Array:
    if source is None:
        return np.empty(0, input.array.dtype)
    if isinstance(source, Tensor):
        return flat(source.array)
    return source.array.view(input.array.dtype)


def _steps(shape: tuple[int, ...]) -> list[int]:
    """The steps of elements that lie one behind the other."""
    steps = [1]
    for n in shape[:0:-1]:
        steps.append(steps[-1] * max(n, 1))
    return steps[::-1][: len(shape)] if shape else []


@method()
def is_set_to(input: Tensor, tensor: Tensor) -> bool:
    """Whether both look at the same memory in the same way."""
    a, b = input.array, tensor.array
    return a.ctypes.data == b.ctypes.data and a.shape == b.shape and a.strides == b.strides
