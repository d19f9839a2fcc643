"""A pickle written by hand, with PyTorch's names in it, which Python's pickler would look for in vain.

Each value becomes an instruction to a small machine with a stack (see the module `pickletools`).
"""

from __future__ import annotations

import struct
from collections import Counter, OrderedDict
from collections.abc import Iterable
from typing import Any

import numpy as np

from ..device import device
from ..dtypes import Array, dtype
from ..nn.module import Module
from ..nn.parameter import Parameter
from ..size import Size
from ..tensor import Tensor
from .storages import STORAGES

NAMES = {kind: name for name, kind in STORAGES.items()}


class Writer:
    """Turns a value into instructions, and collects the numbers of its tensors.

    Attributes:
        storages: the numbers, each array once, however many tensors share it.
    """

    def __init__(self) -> None:
        self.storages: list[Array] = []
        self._places: dict[int, int] = {}
        self._sources: list[Array] = []  # kept, so that no other array gets the id of one of them

    def pickled(self, value: Any) -> bytes:
        """The whole file of instructions for a value."""
        return b"\x80\x02" + self._put(value) + b"."

    def _put(self, value: Any) -> bytes:
        if value is None:
            return b"N"
        if isinstance(value, bool):
            return b"\x88" if value else b"\x89"
        if isinstance(value, int):
            return _whole(value)
        if isinstance(value, float):
            return b"G" + struct.pack(">d", value)
        if isinstance(value, str):
            text = value.encode("utf-8", "surrogatepass")
            return b"X" + struct.pack("<I", len(text)) + text
        if isinstance(value, Tensor):
            return self._tensor(value)
        if isinstance(value, dtype):
            return _name("torch", value.name)
        if isinstance(value, device):
            return self._call("torch", "device", (value.type,))
        return self._container(value)

    def _container(self, value: Any) -> bytes:
        if isinstance(value, Size):
            return self._call("torch", "Size", (tuple(value),))
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return b"(" + self._each(value) + b"t"
        if isinstance(value, list):
            return b"](" + self._each(value) + b"e"
        if isinstance(value, Counter):
            return self._call("collections", "Counter", (dict(value),))
        if isinstance(value, dict):
            ordered = isinstance(value, OrderedDict)
            start = self._call("collections", "OrderedDict", ()) if ordered else b"}"
            pairs = (part for pair in value.items() for part in pair)
            return start + b"(" + self._each(pairs) + b"u"
        if isinstance(value, Module):
            raise TypeError(
                f"cannot save a {type(value).__name__}: a file of weights holds no code\n"
                "Save model.state_dict(); to load it, build the model and call load_state_dict."
            )
        raise TypeError(
            f"cannot save a value of type {type(value).__name__}\nWhat can be saved are tensors, numbers, "
            "strings, None, and lists, tuples and dictionaries of them; .item() gives a number."
        )

    def _each(self, values: Iterable[Any]) -> bytes:
        return b"".join([self._put(each) for each in values])

    def _call(self, module: str, name: str, arguments: tuple[Any, ...]) -> bytes:
        return _name(module, name) + self._put(arguments) + b"R"

    def _tensor(self, tensor: Tensor) -> bytes:
        place = self._storage(tensor.array)
        steps = [1]
        for size in reversed(tensor.array.shape[1:]):
            steps.append(steps[-1] * size)
        strides = tuple(steps[::-1]) if tensor.array.ndim else ()
        kept = self._put((str(place), "cpu", tensor.array.size))[1:]
        storage = b"(X\x07\0\0\0storage" + _name("torch", NAMES[tensor.dtype]) + kept + b"Q"
        learned = tensor.requires_grad and not isinstance(tensor, Parameter)
        hooks = OrderedDict[str, Any]()
        rest = self._each((0, tuple(tensor.array.shape), strides, learned, hooks))
        rebuilt = _name("torch._utils", "_rebuild_tensor_v2") + b"(" + storage + rest + b"tR"
        if not isinstance(tensor, Parameter):
            return rebuilt
        rest = self._each((tensor.requires_grad, hooks))
        return _name("torch._utils", "_rebuild_parameter") + b"(" + rebuilt + rest + b"tR"

    def _storage(self, array: Array) -> int:
        if id(array) not in self._places:
            self._places[id(array)] = len(self.storages)
            self._sources.append(array)
            order = array.dtype.newbyteorder("<")
            self.storages.append(np.ascontiguousarray(array, order))
        return self._places[id(array)]


def _name(module: str, name: str) -> bytes:
    return f"c{module}\n{name}\n".encode()


def _whole(value: int) -> bytes:
    if -(1 << 31) <= value < 1 << 31:
        return b"J" + struct.pack("<i", value)
    size = value.bit_length() // 8 + 1
    if size > 255:
        raise TypeError("cannot save a whole number of more than 2000 bits\nSave it as a string.")
    return b"\x8a" + bytes([size]) + value.to_bytes(size, "little", signed=True)
