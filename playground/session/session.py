"""One Python session that the cells of a page share, in any order, as in a notebook."""

from __future__ import annotations

import asyncio
import builtins
import contextlib
import inspect
import sys
import types
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any, Literal

from .cell import compile_cell, file_name
from .display import bundle_of
from .errors import error_event
from .events import Emit
from .output import Output, Stream

Ask = Callable[[str], str | None]
Await = Callable[[Coroutine[Any, Any, Any]], Any]


@dataclass(frozen=True)
class Outcome:
    """How a run ended: "ok", "error" (its event was emitted), or "stopped"."""

    status: Literal["ok", "error", "stopped"]


class AnswersNeeded(RuntimeError):
    """`input` was called where nobody can be asked, and no answer was prepared."""


class Session:
    """Runs cells in one namespace and tells, through `emit`, what happens.

    Args:
        emit: called with each event as it happens.
        ask: called with the prompt of an ``input()`` that has no prepared answer; returns the answer, or
            None where the input was closed. Left out: such an ``input()`` is an error that says so.
        wait: runs a coroutine to its end, for cells that ``await``.
    """

    def __init__(self, emit: Emit, ask: Ask | None = None, wait: Await = asyncio.run) -> None:
        self._emit = emit
        self._ask = ask
        self._wait = wait
        self._output = Output(emit)
        self._answers: list[str] = []
        self._cells: dict[str, str] = {}
        self._module = types.ModuleType("__main__")
        self.namespace = self._module.__dict__
        self.namespace["display"] = self.display

    def run(self, source: str, cell: str, answers: list[str] | None = None) -> Outcome:
        """Run `source` as the cell called `cell`.

        Args:
            source: Python, of any length.
            cell: the cell's id; tracebacks quote it as ``<id>.py``.
            answers: what ``input()`` returns, one after the other, before anybody is asked.
        """
        name = file_name(cell)
        self._cells[name] = cell
        self._answers = list(answers or ())
        self._output = Output(self._emit)
        with self._installed():
            try:
                code = compile_cell(source, name)
                self._execute(code.statements)
                if code.expression is not None:
                    value = self._execute(code.expression)
                    if value is not None:
                        self.namespace["_"] = value
                        self.display(value)
                outcome = Outcome("ok")
            except KeyboardInterrupt:
                outcome = Outcome("stopped")
            except SystemExit as error:
                outcome = self._exit(error)
            except BaseException as error:
                outcome = self._fail(error)
            self._output.flush()
        return outcome

    def display(self, *values: Any) -> None:
        """Show values, each by the best representation that it offers."""
        for value in values:
            bundle = bundle_of(value)
            self._output.flush()
            self._emit({"type": "display", "bundle": bundle})

    def flush(self) -> None:
        """Send printed text that was held back."""
        self._output.flush()

    def _execute(self, code: CodeType) -> Any:
        result = eval(code, self.namespace)
        if code.co_flags & inspect.CO_COROUTINE:
            result = self._wait(result)
        return result

    def _exit(self, error: SystemExit) -> Outcome:
        return Outcome("ok") if error.code in (None, 0) else self._fail(error)

    def _fail(self, error: BaseException) -> Outcome:
        self._output.flush()
        self._emit(error_event(error, self._cells.get))
        return Outcome("error")

    def _input(self, prompt: object = "") -> str:
        """Stands in for `input`: takes a prepared answer, or asks."""
        self._output.flush()
        text = str(prompt)
        if self._answers:
            answer: str | None = self._answers.pop(0)
            self._output.write("stdout", f"{text}{answer}\n")
        elif self._ask is None:
            raise AnswersNeeded(
                "input() cannot ask here while the program runs. Write the answers, one a line, into the "
                "box below the output, and run the cell again."
            )
        else:
            answer = self._ask(text)
            self._output.write("stdout", f"{text}{'' if answer is None else answer}\n")
        if answer is None:
            raise EOFError("the input was closed")
        return answer

    @contextlib.contextmanager
    def _installed(self) -> Iterator[None]:
        """While a cell runs, its output, its input and its ``__main__`` are this session's."""
        kept = sys.stdout, sys.stderr, builtins.input, sys.modules.get("__main__")
        sys.stdout = Stream(self._output, "stdout")
        sys.stderr = Stream(self._output, "stderr")
        builtins.input = self._input
        sys.modules["__main__"] = self._module
        try:
            yield
        finally:
            sys.stdout, sys.stderr, builtins.input = kept[:3]
            if kept[3] is not None:
                sys.modules["__main__"] = kept[3]
