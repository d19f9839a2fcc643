"""A machine that follows the instructions of a pickle, as far as they are harmless.

It never looks up a name, and never calls anything but the few functions below and what the program has
allowed: a name in the file is only a key to them.
"""

from __future__ import annotations

import pickletools
from collections import Counter, OrderedDict
from collections.abc import Callable
from pickle import UnpicklingError
from typing import Any

from .. import dtypes
from ..device import device
from ..size import Size
from .archive import Archive
from .rebuilding import expect, rebuild_parameter, rebuild_tensor
from .safe_globals import allowed, path_of
from .storages import STORAGES


class _Mark:
    """Where a list of arguments begins on the stack."""


class _Name(str):
    """A name in the file, which stands for nothing until it is found in a table."""


class _Allowed:
    """What the program has allowed, on the stack."""

    def __init__(self, thing: Any) -> None:
        self.thing = thing


MARK = _Mark()
DTYPES = {_Name(f"torch {kind.name}"): kind for kind in dtypes.ALL}


def read(archive: Archive) -> Any:
    """What is in a file, with nothing in it run that was not allowed.

    Raises:
        pickle.UnpicklingError: there is something else in it than tensors, numbers, strings, containers and
            what was allowed; or it is damaged.
    """
    return _Machine(archive).run(archive.read("data.pkl"))


class _Machine:
    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.stack: list[Any] = []
        self.memo: dict[int, Any] = {}

    def run(self, instructions: bytes) -> Any:
        try:
            for opcode, argument, _ in pickletools.genops(instructions):
                if opcode.name == "STOP":
                    found = self.stack.pop()
                    return found.thing if isinstance(found, _Allowed) else found
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
            expect(stack[-1], list).extend(values)
        elif name in ("SETITEM", "SETITEMS"):
            values = [stack.pop(-2), stack.pop()] if name == "SETITEM" else self._since_mark()
            expect(stack[-1], dict).update(zip(values[::2], values[1::2], strict=True))
        elif name == "GLOBAL":
            stack.append(_named(_Name(argument)))
        elif name == "BINPERSID":
            stack.append(self.archive.storage(stack.pop()))
        elif name in ("REDUCE", "NEWOBJ"):
            arguments = stack.pop()
            stack.append(_called(stack.pop(), arguments, new=name == "NEWOBJ"))
        elif name == "BUILD":
            _build(stack[-2], stack.pop())
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


def _named(name: _Name) -> Any:
    if name in DTYPES:
        return DTYPES[name]
    if name in FUNCTIONS or name.partition(" ")[2] in STORAGES:
        return name
    path = name.replace(" ", ".").removeprefix("__builtin__.").removeprefix("builtins.")
    thing = allowed(path)
    if thing is not None:
        return _Allowed(thing)
    raise UnpicklingError(
        "Weights only load failed. This file can still be loaded, to do so you have two options, do those "
        "steps only if you trust the source of the checkpoint.\n"
        "(1) torch.load(..., weights_only=False), which runs whatever code the file names.\n"
        f"(2) torch.serialization.add_safe_globals([{path}]), and all else that the file needs.\n"
        f"Unsupported global: GLOBAL {path} was not an allowed global by default. A file of "
        "model.state_dict() needs neither."
    )


def _called(name: Any, arguments: tuple[Any, ...], *, new: bool) -> Any:
    expect(arguments, tuple)
    if isinstance(name, _Allowed):
        return name.thing.__new__(name.thing, *arguments) if new else name.thing(*arguments)
    if not isinstance(name, _Name) or name not in FUNCTIONS:
        raise TypeError("something is called that is no function")
    return FUNCTIONS[name](*arguments)


def _build(target: Any, state: Any) -> None:
    """Give an object its attributes, if it is of an allowed class."""
    if type(target) is OrderedDict:
        return  # the version numbers of layers, which PyTorch attaches to a state_dict
    kind = type(target)
    if allowed(path_of(kind)) is not kind:
        raise TypeError(f"attributes for a {kind.__name__}")
    if hasattr(target, "__setstate__"):
        target.__setstate__(state)
    else:
        vars(target).update(expect(state, dict))


def _encoded(text: str, encoding: str) -> bytes:
    return expect(text, str).encode("latin1") if encoding == "latin1" else b""


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "torch._utils _rebuild_tensor_v2": rebuild_tensor,
    "torch._utils _rebuild_parameter": rebuild_parameter,
    "torch Size": Size,
    "torch device": device,
    "collections OrderedDict": OrderedDict,
    "collections Counter": Counter,
    "__builtin__ set": set,
    "__builtin__ complex": complex,
    "__builtin__ bytearray": bytearray,
    "_codecs encode": _encoded,
}
