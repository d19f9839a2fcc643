"""Where in a learner's code each operation was written, and what it computed: kept only on request.

The tape forgets the values between the leaves and the loss as soon as nothing needs them, and it never
knew the lines. `remember` lets it keep both, for `viz.graph`.
"""

from __future__ import annotations

import functools
import itertools
import linecache
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Optional

from ...autograd.node import Node, Rule
from ...autograd.watching import Watcher
from ...dtypes import Array
from ...nn.module import Module
from ...tensor import Tensor
from . import last_step

_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(__file__))) + os.sep

#: A module that is called, and the call that this is a part of. Each call is an object of its own.
Call = tuple[Module, Optional["Call"]]


def chain(call: Call | None) -> list[Call]:
    """A call and those that it is a part of, the outermost first."""
    found = []
    while call is not None:
        found.append(call)
        call = call[1]
    return found[::-1]


@dataclass(frozen=True)
class Place:
    """An expression in a learner's code; lines count from 1, columns from 0 in characters."""

    file: str
    line: int
    end_line: int | None = None
    column: int | None = None
    end_column: int | None = None


@dataclass(slots=True)
class Memory:
    """What is remembered of one operation.

    Attributes:
        value: its result, and `inputs` what went in, constants included.
        counters: the version counters of both, and what they were: has anything changed since?
        rule: its local gradient, which a backward would have let go.
        code: the learner's code that called it, and `instruction` the offset in there.
        call: the call of a module that it is a part of.
    """

    value: Array
    inputs: tuple[Tensor, ...]
    counters: tuple[tuple[list[int], int], ...]
    rule: Rule
    code: CodeType | None
    instruction: int
    call: Call | None

    @property
    def changed(self) -> bool:
        """Whether a number that took part was changed in place since."""
        return any(counter[0] != then for counter, then in self.counters)

    def place(self) -> Place | None:
        """Where the operation was written, if it was called from outside of this package."""
        if self.code is None or self.instruction < 0:
            return None
        return _place(self.code, self.instruction)


def _place(code: CodeType, instruction: int) -> Place | None:
    spot = next(itertools.islice(code.co_positions(), instruction // 2, None))
    line, end_line, column, end_column = spot
    if line is None:
        return None
    # No folder: a diagram must be the same on every machine.
    file = os.path.basename(code.co_filename)
    if end_line is None or column is None or end_column is None:
        return Place(file, line)
    source = code.co_filename
    return Place(
        file,
        line,
        end_line,
        _characters(source, line, column),
        _characters(source, end_line, end_column),
    )


def _characters(file: str, line: int, offset: int) -> int:
    """Python's positions count the bytes of UTF-8."""
    text = linecache.getline(file, line)
    return len(text.encode()[:offset].decode(errors="ignore")) if text else offset


class _Memorist(Watcher):
    """Keeps what is remembered of each operation with the operation's node.

    Attributes:
        innermost: the call of a module whose forward is being computed.
    """

    def __init__(self) -> None:
        self.innermost: Call | None = None

    def entered(self, module: Module) -> None:
        """From here on, operations are a part of this call."""
        self.innermost = (module, self.innermost)

    def left(self, module: Module) -> None:
        """Operations are a part of the call around it again."""
        if self.innermost is not None:
            self.innermost = self.innermost[1]

    def computed(self, result: Tensor, operation: str, inputs: Sequence[Tensor]) -> None:
        """Keep the operation's numbers, its rule, and where it was called."""
        node = result.node
        if node is None or node.rule is None:
            return
        frame = sys._getframe(1)
        while (outer := frame.f_back) is not None and _is_ours(frame.f_code.co_filename):
            frame = outer
        outside = not _is_ours(frame.f_code.co_filename)
        node.memory = Memory(
            result.array,
            tuple(inputs),
            tuple([(each.version_counter, each.version_counter[0]) for each in (result, *inputs)]),
            node.rule,
            frame.f_code if outside else None,
            frame.f_lasti,
            self.innermost,
        )


#: Who looks on, while `remember` is on.
_memorist: _Memorist | None = None


class remember:  # noqa: N801 - used as a call, and as `with remember()`
    """From here on, keep what `graph` shows of each operation: value, line, rule, and its module.

    For `network`, keep what each parameter was before its last step as well.

    Nothing is kept, and nothing costs time, before it is called. While it is on, an operation costs
    about 2 µs more, the values of a graph live as long as the graph, and parameters are kept three times.

    >>> import backprop as torch
    >>> from backprop import viz
    >>> w = torch.tensor(3.0, requires_grad=True)
    >>> with viz.remember():
    ...     loss = (w * w - 1) ** 2
    >>> viz.graph(loss).title
    'The computation graph of loss: 3 operations'

    As a statement of its own, ``viz.remember()``, it stays on until `forget` is called.
    """

    def __init__(self) -> None:
        global _memorist
        self.was_on = _memorist is not None
        if _memorist is None:
            _memorist = _Memorist()
            _memorist.begin()
            last_step.begin()

    def __enter__(self) -> None:
        """Remembering began with the call."""

    def __exit__(self, *error: object) -> None:
        if not self.was_on:
            forget()


def forget() -> None:
    """Stop remembering; graphs and parameters keep what they have so far."""
    global _memorist
    if _memorist is not None:
        _memorist.end()
        _memorist = None
        last_step.end()


def memory_of(node: Node) -> Memory | None:
    """What was remembered of an operation, or None."""
    memory: Memory | None = node.memory
    return memory


@functools.cache
def _is_ours(file: str) -> bool:
    return file.startswith(_PACKAGE)
