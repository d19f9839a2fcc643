"""A machine that follows the instructions of a pickle, as far as they are harmless.

It never looks up a name, and never calls anything but the few functions below: a name in the file is
only a key to them.
"""

from __future__ import annotations

import pickletools
import zipfile
from collections import Counter, OrderedDict
from collections.abc import Callable
from pickle import UnpicklingError
from typing import Any

import numpy as np

from .. import dtypes
from ..device import device
from ..dtypes import Array
from ..nn.parameter import Parameter
from ..size import Size
from ..tensor import Tensor, wrap
from .storages import STORAGES


class _Mark:
    """Where a list of arguments begins on the stack."""


class _Name(str):
    """A name in the file, which stands for nothing until it is found in a table."""


MARK = _Mark()
DTYPES = {_Name(f"torch {kind.name}"): kind for kind in dtypes.ALL}


def read(f: Any) -> Any:
    """See `load`."""
    try:
        archive = zipfile.ZipFile(f)
    except zipfile.BadZipFile:
        raise UnpicklingError(
            "Weights only load failed. This is no file that torch.save wrote.\n"
            "Check the path, and that the file was opened for reading bytes and not read before."
        ) from None
    with archive:
        records = {name.partition("/")[2]: name for name in archive.namelist()}
        if "data.pkl" not in records:
            raise UnpicklingError(
                "Weights only load failed. There is no data.pkl in this archive.\n"
                "It is a zip file, but none that torch.save wrote."
            )
        if "byteorder" in records and archive.read(records["byteorder"]) != b"little":
            raise UnpicklingError(
                "Weights only load failed. The numbers are in big-endian order.\n"
                "Save it on a machine with little-endian order, as nearly all are."
            )
        return _Machine(archive, records).run(archive.read(records["data.pkl"]))


class _Machine:
    def __init__(self, archive: zipfile.ZipFile, records: dict[str, str]) -> None:
        self.archive = archive
        self.records = records
        self.storages: dict[str, Array] = {}
        self.stack: list[Any] = []
        self.memo: dict[int, Any] = {}

    def run(self, instructions: bytes) -> Any:
        try:
            for opcode, argument, _ in pickletools.genops(instructions):
                if opcode.name == "STOP":
                    return self.stack.pop()
                self._follow(opcode.name, argument)
        except (IndexError, KeyError, TypeError, ValueError, OverflowError) as error:
            raise UnpicklingError(
                f"Weights only load failed. The file is damaged: {error}\nGet or save it again."
            ) from None
        raise UnpicklingError("Weights only load failed. The file ends too early.\nGet it again.")

    def _follow(self, name: str, argument: Any) -> None:
        stack = self.stack
        if name in CONSTANTS:
            stack.append(CONSTANTS[name]())
        elif name in LITERALS:
            stack.append(argument)
        elif name in ("BINPUT", "LONG_BINPUT"):
            self.memo[argument] = stack[-1]
        elif name in ("BINGET", "LONG_BINGET"):
            stack.append(self.memo[argument])
        elif name in ("TUPLE1", "TUPLE2", "TUPLE3"):
            count = int(name[-1])
            stack[-count:] = [tuple(stack[-count:])]
        elif name == "TUPLE":
            stack.append(tuple(self._since_mark()))
        elif name in ("APPEND", "APPENDS"):
            values = [stack.pop()] if name == "APPEND" else self._since_mark()
            _expect(stack[-1], list).extend(values)
        elif name in ("SETITEM", "SETITEMS"):
            values = [stack.pop(-2), stack.pop()] if name == "SETITEM" else self._since_mark()
            _expect(stack[-1], dict).update(zip(values[::2], values[1::2], strict=True))
        elif name == "GLOBAL":
            stack.append(_named(_Name(argument)))
        elif name == "BINPERSID":
            stack.append(self._storage(stack.pop()))
        elif name == "REDUCE":
            arguments = stack.pop()
            stack.append(_called(stack.pop(), arguments))
        elif name == "BUILD":
            # The version numbers of layers, which PyTorch attaches to a state_dict.
            stack.pop()
            _expect(stack[-1], OrderedDict)
        elif name != "PROTO":
            raise UnpicklingError(
                f"Weights only load failed. Unsupported operand {name}\nThe file holds something else than "
                "tensors, numbers, strings and containers."
            )

    def _since_mark(self) -> list[Any]:
        place = len(self.stack) - 1
        while self.stack[place] is not MARK:
            place -= 1
        values = self.stack[place + 1 :]
        del self.stack[place:]
        return values

    def _storage(self, key: tuple[Any, ...]) -> Array:
        """The numbers of one file of the archive, from ("storage", type, file, device, count)."""
        _, kind, name, _, count = key
        if name not in self.storages:
            element = STORAGES[kind.partition(" ")[2]].numpy.newbyteorder("<")
            content = self.archive.read(self.records[f"data/{name}"])
            if len(content) != count * element.itemsize:
                raise ValueError(f"{len(content)} bytes for {count} numbers")
            self.storages[name] = np.frombuffer(content, element).astype(element.newbyteorder("="))
        return self.storages[name]


CONSTANTS: dict[str, Callable[[], Any]] = {
    "NONE": lambda: None,
    "NEWTRUE": lambda: True,
    "NEWFALSE": lambda: False,
    "MARK": lambda: MARK,
    "EMPTY_TUPLE": tuple,
    "EMPTY_LIST": list,
    "EMPTY_DICT": dict,
}
LITERALS = {"BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT", "BINUNICODE", "SHORT_BINUNICODE"}


def _expect(value: Any, kind: type[Any]) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"a {type(value).__name__} in place of a {kind.__name__}")
    return value


def _named(name: _Name) -> Any:
    if name in DTYPES:
        return DTYPES[name]
    if name in FUNCTIONS or name.partition(" ")[2] in STORAGES:
        return name
    raise UnpicklingError(
        "Weights only load failed. Unsupported global: GLOBAL "
        f"{name.replace(' ', '.')} was not an allowed global by default.\nOnly tensors, numbers, strings and "
        "containers are loaded. Save the state_dict of a model instead of the model."
    )


def _called(name: Any, arguments: tuple[Any, ...]) -> Any:
    if not isinstance(name, _Name) or name not in FUNCTIONS:
        raise TypeError("something is called that is no function")
    return FUNCTIONS[name](*_expect(arguments, tuple))


def _tensor(
    storage: Array,
    offset: int,
    size: tuple[int, ...],
    stride: tuple[int, ...],
    requires_grad: bool,
    hooks: Any = None,
    metadata: Any = None,
) -> Tensor:
    """A tensor of numbers that it may share with others; never of memory outside of them."""
    _expect(storage, np.ndarray)
    if min((offset, *size, *stride)) < 0 or len(size) != len(stride):
        raise ValueError("a negative size")
    reach = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
    if 0 not in size and reach >= storage.size:
        raise ValueError("a tensor with more numbers than there are")
    start = storage[offset:] if 0 not in size else storage[:0]
    steps = [step * storage.itemsize for step in stride]
    tensor = wrap(np.lib.stride_tricks.as_strided(start, size, steps))
    return tensor.requires_grad_() if requires_grad else tensor


def _parameter(data: Tensor, requires_grad: bool, hooks: Any = None) -> Parameter:
    return Parameter(_expect(data, Tensor), bool(requires_grad))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "torch._utils _rebuild_tensor_v2": _tensor,
    "torch._utils _rebuild_parameter": _parameter,
    "torch Size": Size,
    "torch device": device,
    "collections OrderedDict": OrderedDict,
    "collections Counter": Counter,
}
