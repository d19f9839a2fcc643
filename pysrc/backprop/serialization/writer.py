"""The pickle of a file, with PyTorch's names in it, which Python's pickler would look for in vain.

It is written in Python's second protocol, as PyTorch's are. The numbers of a tensor are not in it: there
stands a storage, which is a name for a file of its own.
"""

from __future__ import annotations

import io
import pickle
from collections import OrderedDict
from types import FunctionType
from typing import Any

import numpy as np

from ..dtypes import Array, dtype
from ..homes import home
from ..nn.module import Module
from ..nn.parameter import Parameter
from ..size import Size
from ..tensor import Tensor, wrap
from .rebuilding import rebuild_parameter, rebuild_tensor
from .storages import STORAGES

NAMES = {kind: name for name, kind in STORAGES.items()}
#: What PyTorch calls the functions that put a tensor together again.
FUNCTIONS: dict[Any, tuple[str, str]] = {
    rebuild_tensor: ("torch._utils", "_rebuild_tensor_v2"),
    rebuild_parameter: ("torch._utils", "_rebuild_parameter"),
}


_HOOKS = ("_backward_hooks", "_forward_hooks", "_forward_pre_hooks")


class _StorageType:
    """A name such as ``torch.FloatStorage``, which stands for a type of numbers in a file."""

    def __init__(self, name: str) -> None:
        self.name = name


class _Storage:
    """The numbers of a tensor, kept under a number of their own."""

    def __init__(self, kind: dtype, place: int, count: int) -> None:
        self.key = ("storage", _StorageType(NAMES[kind]), str(place), "cpu", count)


class Writer(pickle._Pickler):
    """Turns a value into instructions, and collects the numbers of its tensors.

    Attributes:
        storages: the numbers, each array once, however many tensors share it.
    """

    def __init__(self) -> None:
        self._text = io.BytesIO()
        super().__init__(self._text, protocol=2)
        self.storages: list[Array] = []
        self._places: dict[int, int] = {}
        self._sources: list[Array] = []  # kept, so that no other array gets the id of one of them

    def pickled(self, value: Any) -> bytes:
        """The whole file of instructions for a value.

        Raises:
            pickle.PicklingError, AttributeError, TypeError: there is something in it that has no name, such
                as a lambda, or that cannot be saved, such as an open file.
        """
        self.dump(value)
        return self._text.getvalue()

    def persistent_id(self, obj: Any) -> Any:
        """What stands for a storage in the file."""
        return obj.key if isinstance(obj, _Storage) else None

    def reducer_override(self, obj: Any) -> Any:
        """How what PyTorch saves in a way of its own is made again."""
        if isinstance(obj, Parameter):
            data = wrap(obj.array)
            return rebuild_parameter, (data, obj.requires_grad, OrderedDict())
        if isinstance(obj, Tensor):
            return self._tensor(obj)
        if isinstance(obj, Module):
            return _with_hooks(obj.__reduce_ex__(2))
        if isinstance(obj, Size):
            return Size, (tuple(obj),)
        if isinstance(obj, _StorageType):
            return obj.name
        if isinstance(obj, FunctionType) and obj in FUNCTIONS:
            return obj.__name__
        return NotImplemented

    def save_global(self, obj: Any, name: str | None = None) -> None:
        """Write a name: PyTorch's, where it has the thing that is named."""
        place = _place(obj, name)
        if place is None:
            super().save_global(obj, name)  # type: ignore[misc]
            return
        self.write(f"c{place[0]}\n{place[1]}\n".encode())  # type: ignore[attr-defined]
        self.memoize(obj)  # type: ignore[attr-defined]

    def _tensor(self, tensor: Tensor) -> tuple[Any, ...]:
        steps = [1]
        for size in reversed(tensor.array.shape[1:]):
            steps.append(steps[-1] * size)
        strides = tuple(steps[::-1]) if tensor.array.ndim else ()
        storage = _Storage(tensor.dtype, self._storage(tensor.array), tensor.array.size)
        shape = tuple(tensor.array.shape)
        return rebuild_tensor, (storage, 0, shape, strides, tensor.requires_grad, OrderedDict())

    def _storage(self, array: Array) -> int:
        if id(array) not in self._places:
            self._places[id(array)] = len(self.storages)
            self._sources.append(array)
            order = array.dtype.newbyteorder("<")
            self.storages.append(np.ascontiguousarray(array, order))
        return self._places[id(array)]


def _with_hooks(reduced: Any) -> Any:
    """How a module is made again, with the dictionaries that PyTorch's modules look into when called."""
    made, arguments, state, *rest = reduced
    if isinstance(state, dict):
        state = {name: OrderedDict() for name in _HOOKS} | state
    return (made, arguments, state, *rest)


def _place(obj: Any, name: str | None) -> tuple[str, str] | None:
    """PyTorch's module and name of what is named; None if it is no matter of PyTorch's."""
    if isinstance(obj, _StorageType):
        return "torch", obj.name
    if isinstance(obj, dtype):
        return "torch", obj.name
    if isinstance(obj, type):
        own = obj.__module__
        place = own if own.startswith("torch") else home(own, obj.__name__)
        return None if place is None else (place, obj.__qualname__)
    return FUNCTIONS.get(obj) if isinstance(obj, FunctionType) else None
