"""One Python session that the cells of a page share, in any order, as in a notebook."""

from __future__ import annotations

import asyncio
import builtins
import contextlib
import io
import os
import sys
import types
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterable, Iterator
from dataclasses import dataclass
from types import CodeType
from typing import Any, Literal

from .cell import awaits, compile_cell, file_name
from .controls import Controls
from .display import PATCH, TABLE, bundle_of, shows_itself
from .errors import error_event
from .events import Bundle, Emit, Event
from .input import Ask, Input, InputStream
from .output import Nowhere, Output, Stream

Wait = Callable[[Coroutine[Any, Any, Any]], Awaitable[Any]]
Explain = Callable[[BaseException], None]


@dataclass(frozen=True)
class Outcome:
    """How a run ended: "ok", "error" (its event was emitted), or "stopped"."""

    status: Literal["ok", "error", "stopped"]


class Session:
    """Runs cells in one namespace and tells, through `emit`, what happens.

    Args:
        emit: called with each event as it happens.
        ask: called with the prompt of an ``input()`` that has no prepared answer; returns the answer, or
            None where the input was closed. Left out: such an ``input()`` is an error that says so.
        wait: stands between a cell that awaits and its coroutine, to end it early.
        explain: called with an error before it is shown, to put what helps into its message.

    Attributes:
        at_end: called when a cell's code has ended, however it did, and can still show something.
    """

    def __init__(
        self,
        emit: Emit,
        ask: Ask | None = None,
        wait: Wait | None = None,
        explain: Explain | None = None,
    ) -> None:
        self._emit = emit
        self._wait = wait
        self._explain = explain
        self._output = Output(emit)
        self._input = Input(self._output, ask)
        self.controls = Controls(self._emit_in_order)
        # One for the whole session: a logger that an earlier cell made goes on writing to them.
        self._streams = Stream(self._output, "stdout"), Stream(self._output, "stderr")
        self._stdin = InputStream(self._input)
        self.at_end: Callable[[], object] = lambda: None
        #: Whether what happens belongs to a run: see `aside`.
        self._tells = True
        self._cells: dict[str, str] = {}
        self._module = types.ModuleType("__main__")
        self.namespace = self._module.__dict__
        self.namespace["display"] = self.display

    def run(
        self,
        source: str,
        cell: str,
        answers: Iterable[str] = (),
        controls: dict[str, Any] | None = None,
        scratch: bool = False,
    ) -> Outcome:
        """Run `source` as the cell called `cell`.

        Args:
            source: Python, of any length.
            cell: the cell's id; tracebacks quote it as ``<id>.py``.
            answers: what ``input()`` returns, one after the other, before anybody is asked.
            controls: what the page's controls of this cell are set to, by their labels.
            scratch: run it in a copy of the namespace: the names that it binds are gone afterwards.
        """
        outcome = self.start(source, cell, answers, controls, scratch)
        return outcome if isinstance(outcome, Outcome) else asyncio.run(outcome)

    def start(
        self,
        source: str,
        cell: str,
        answers: Iterable[str] = (),
        controls: dict[str, Any] | None = None,
        scratch: bool = False,
    ) -> Outcome | Coroutine[Any, Any, Outcome]:
        """Run a cell to its end; a cell that awaits is only begun, and ends when it was awaited itself."""
        self.controls.begin(controls or {})
        run = self._run(source, cell, answers, dict(self.namespace) if scratch else self.namespace)
        try:
            run.send(None)
        except StopIteration as end:
            outcome: Outcome = end.value
            return outcome
        return run

    async def _run(
        self, source: str, cell: str, answers: Iterable[str], namespace: dict[str, Any]
    ) -> Outcome:
        name = file_name(cell)
        self._cells[name] = cell
        self._output.begin()
        self._input.begin(answers)
        with self._installed():
            try:
                code = compile_cell(source, name)
                if code.awaits:
                    await _event_loop()
                await self._execute(code.statements, namespace)
                if code.expression is not None:
                    value = await self._execute(code.expression, namespace)
                    if value is not None:
                        namespace["_"] = value
                        self.display(value)
                outcome = Outcome("ok")
            except KeyboardInterrupt:
                outcome = Outcome("stopped")
            except SystemExit as error:
                outcome = self._exit(error)
            except BaseException as error:
                outcome = self._fail(error)
            outcome = self._end(outcome)
            self._output.end()
        return outcome

    def _end(self, outcome: Outcome) -> Outcome:
        try:
            self.at_end()
        except KeyboardInterrupt:
            return Outcome("stopped")
        except Exception as error:
            # Such as a learner's function that draws.
            return outcome if outcome.status == "error" else self._fail(error)
        return outcome

    def display(self, *values: Any) -> None:
        """Show values, each by the best representation that it offers."""
        if not self._tells:
            return
        for value in values:
            if not shows_itself(value):
                self._output.show(bundle_of(value))

    def show(self, bundle: Bundle) -> None:
        """Show a bundle as it is; what has changed in one that is shown does not count as another."""
        if not self._tells:
            return
        if PATCH in bundle:
            changed = {mime: bundle[mime] for mime in (PATCH, TABLE) if mime in bundle}
            self._emit_in_order({"type": "display", "bundle": changed})
        else:
            self._output.show(bundle)

    def keep(self, bundle: Bundle) -> None:
        """Hand out what is shown if this session has to be ended."""
        if self._tells:
            self._emit({"type": "keep", "bundle": bundle})

    def _emit_in_order(self, event: Event) -> None:
        if not self._tells:
            return
        self._output.flush()
        self._emit(event)

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Inside, nothing that happens is a part of the run: no text, no value, no control, no input."""
        kept = sys.stdout, sys.stderr, sys.stdin, builtins.input
        trace, profile = sys.gettrace(), sys.getprofile()
        sys.stdout, sys.stderr = Nowhere(), Nowhere()
        sys.stdin, builtins.input = io.StringIO(), _no_input
        self._tells = False
        sys.settrace(None)
        sys.setprofile(None)
        try:
            yield
        finally:
            sys.setprofile(profile)
            sys.settrace(trace)
            self._tells = True
            sys.stdout, sys.stderr, sys.stdin, builtins.input = kept

    def flush(self) -> None:
        """Send printed text that was held back."""
        self._output.flush()

    async def _execute(self, code: CodeType, namespace: dict[str, Any]) -> Any:
        result = eval(code, namespace)
        if awaits(code):
            result = await (result if self._wait is None else self._wait(result))
        return result

    def _exit(self, error: SystemExit) -> Outcome:
        return Outcome("ok") if error.code in (None, 0) else self._fail(error)

    def _fail(self, error: BaseException) -> Outcome:
        self._output.end()
        if self._explain is not None:
            self._explain(error)
        self._emit(error_event(error, self._cells.get))
        return Outcome("error")

    @contextlib.contextmanager
    def _installed(self) -> Iterator[None]:
        """While a cell runs, its streams, its `input` and its ``__main__`` are this session's."""
        kept = sys.stdout, sys.stderr, sys.stdin, builtins.input
        beneath = sys.__stdout__, sys.__stderr__, os.write
        main = sys.modules["__main__"]
        sys.stdout, sys.stderr = self._streams
        # What is written past them would go to the console of whatever runs this.
        sys.__stdout__, sys.__stderr__ = self._streams  # type: ignore[assignment, misc]
        os.write = self._write_to(os.write)
        sys.stdin, builtins.input = self._stdin, self._input
        sys.modules["__main__"] = self._module
        try:
            yield
        finally:
            sys.stdout, sys.stderr, sys.stdin, builtins.input = kept
            sys.__stdout__, sys.__stderr__, os.write = beneath  # type: ignore[misc]
            sys.modules["__main__"] = main

    def _write_to(self, write: Callable[[int, Any], int]) -> Callable[[int, Any], int]:
        """`os.write`, for which the descriptors 1 and 2 are the cell's streams."""

        def write_(descriptor: int, data: Any, /) -> int:
            if descriptor not in (1, 2):
                return write(descriptor, data)
            content = bytes(data)
            if self._tells:
                self._streams[descriptor - 1].write(content.decode(errors="replace"))
            return len(content)

        return write_


def _no_input(prompt: object = "", /) -> str:
    raise EOFError("nobody can be asked here")


@types.coroutine
def _event_loop() -> Generator[None]:
    """Waits until an event loop goes on with this; what awaits nothing gets along without one."""
    yield
