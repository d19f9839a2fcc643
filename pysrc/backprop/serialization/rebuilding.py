"""How a tensor of a file is put together again, from its numbers and its shape."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import Array
from ..nn.parameter import Parameter
from ..tensor import Tensor, wrap


def expect(value: Any, kind: type[Any]) -> Any:
    """`value`, if it is of that kind.

    Raises:
        TypeError: it is not.
    """
    if not isinstance(value, kind):
        raise TypeError(f"a {type(value).__name__} in place of a {kind.__name__}")
    return value


def rebuild_tensor(
    storage: Array,
    offset: int,
    size: tuple[int, ...],
    stride: tuple[int, ...],
    requires_grad: bool,
    hooks: Any = None,
    metadata: Any = None,
) -> Tensor:
    """A tensor of numbers that it may share with others; never of memory outside of them.

    Raises:
        ValueError: it would reach outside of the numbers.
    """
    expect(storage, np.ndarray)
    if min((offset, *size, *stride)) < 0 or len(size) != len(stride):
        raise ValueError("a negative size")
    reach = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
    if 0 not in size and reach >= storage.size:
        raise ValueError("a tensor with more numbers than there are")
    start = storage[offset:] if 0 not in size else storage[:0]
    steps = [step * storage.itemsize for step in stride]
    tensor = wrap(np.lib.stride_tricks.as_strided(start, size, steps))
    return tensor.requires_grad_() if requires_grad else tensor


def rebuild_parameter(data: Tensor, requires_grad: bool, hooks: Any = None) -> Parameter:
    """A parameter around a tensor."""
    return Parameter(expect(data, Tensor), bool(requires_grad))
