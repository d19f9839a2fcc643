"""The session inside a browser's worker: Stop, `input` and `sleep` without special headers.

Where the engine can switch stacks (``can_run_sync``), Python pauses for one turn of the worker's event
loop about ten times a second: the worker then reads its messages, and learns of a Stop. Pyodide looks
for signals while code runs; a buffer that answers with signal 10 now and then makes it call `_on_tick`.
Where the engine cannot, the page ends the worker to stop a run.
"""

from __future__ import annotations

import asyncio
import json
import signal
import time
from collections.abc import Awaitable, Coroutine, Iterable
from typing import Any, Protocol

from pyodide.ffi import can_run_sync, run_sync

from .arriving import Arriving, draw_seeds
from .events import Emit
from .explain import explain
from .input import AnswersNeeded
from .questions import Questions
from .session import Outcome, Session

TICK_SIGNAL = 10

#: Seconds that stopped asynchronous code has to clean up.
_CLEAN_UP = 0.3

#: Seconds between two looks at the controls while a program asks for them again and again.
_LOOK_INTERVAL = 0.03


class Worker(Protocol):
    """What the worker offers, in JavaScript."""

    def emit(self, event: str) -> None:
        """Send an event, as JSON, to the page."""

    def tick(self) -> int:
        """Begin to wait for one turn of the event loop."""

    def sleep(self, milliseconds: float) -> int:
        """Begin to wait for that time, or less where Stop is pressed."""

    def until(self, wait: int) -> Any:
        """A promise of what a wait gives, as JSON; sooner of nothing where the page asks something."""

    def questions(self) -> str:
        """The next question of the page, as JSON; empty where there is none."""

    def answered(self, answer: str) -> None:
        """Send an answer, as JSON, to the page."""

    def ask(self, prompt: str) -> int:
        """Begin to wait for the answer to an ``input()``: None where it was closed or Stop was pressed."""

    def ended(self) -> Any:
        """A promise that is kept when the run ends, or Stop is pressed."""

    def stopping(self) -> bool:
        """Whether Stop was pressed."""

    def arrival(self) -> int:
        """Begin to wait for the files that arrive late: it gives null, or why they cannot be had."""

    def changes(self) -> str:
        """The controls that were moved since the last call, as JSON: values by label."""


class Host(Protocol):
    """What the library looks at for what stands around a program: `backprop.host`."""

    def connect(self, show_control: object, show_bundle: object, keep_bundle: object) -> None:
        """Use these from now on."""

    def end(self) -> None:
        """A cell has ended."""

    def answer(self, name: str, data: Any) -> Any:
        """Answer a question of the page."""


class BrowserSession:
    """A session that can be stopped, asked and slept in, as far as the engine allows."""

    def __init__(self, worker: Worker, switches_stacks: bool) -> None:
        self._worker = worker
        self._switches_stacks = switches_stacks
        self._running = False
        self._pausing = False
        self._next_look = 0.0
        #: The task of a cell that awaits, which is the runner's; the learner's own are others.
        self._runner: asyncio.Future[Any] | None = None
        emit: Emit = lambda event: worker.emit(json.dumps(event))  # noqa: E731
        ask = self._ask if switches_stacks else None
        #: While files of packages are on their way.
        self._arriving: Arriving | None = None
        self._session = Session(emit, ask, self._wait, self._explain)
        self._questions = Questions(worker.questions, worker.answered, self._session.aside)
        # The stubs allow whatever has an index; so does Python.
        time.sleep = self._sleep if switches_stacks else _wait_busily  # type: ignore[assignment]
        if switches_stacks:
            # For `asyncio.run` in a cell, which Pyodide's own would not let stop.
            asyncio.get_event_loop().run_until_complete = self._complete  # type: ignore[assignment, method-assign]
            signal.signal(TICK_SIGNAL, self._on_tick)

    def connect(self, host: Host) -> None:
        """Let the library show its controls and live diagrams here, and keep what is to outlive a run."""
        self._questions.answerer = host.answer
        host.connect(self.control, self._session.show, self._session.keep)
        self._session.at_end = host.end

    def begin_restored(self) -> None:
        """Python was started from a snapshot: nothing of chance is in it, and files are on their way."""
        draw_seeds()
        self._arriving = Arriving(self._await_files)

    def take_in_files(self) -> None:
        """They are where Python looks for them."""
        if self._arriving is not None:
            self._arriving.end()
            self._arriving = None

    def _await_files(self) -> None:
        if not can_run_sync():
            raise ImportError("a part of Python is still being loaded. Run it again in a moment.")
        reason = self._wait_and_answer(self._worker.arrival())
        if reason is not None:
            raise ImportError(
                f"a part of Python is missing: {reason} Run it again to try once more."
            )

    def _explain(self, error: BaseException) -> None:
        if self._arriving is not None and can_run_sync():
            # A traceback quotes the library's lines, which are in its files.
            self._answer_meanwhile(self._worker.arrival())
        explain(error)

    def run(
        self, source: str, cell: str, answers: Iterable[str], controls: str, scratch: bool
    ) -> str | Coroutine[Any, Any, str]:
        """Run a cell and return how it ended, "ok", "error" or "stopped", or what to await for that.

        `controls` is JSON: what the page's controls of this cell are set to, by their labels.
        """
        self._running = True
        try:
            outcome = self._session.start(source, cell, answers, json.loads(controls), scratch)
        except KeyboardInterrupt:
            # The signal fell between the learner's code and the end of the run.
            outcome = Outcome("stopped")
        if not isinstance(outcome, Outcome):
            return self._end(outcome)
        self._running = False
        return outcome.status

    async def _end(self, run: Coroutine[Any, Any, Outcome]) -> str:
        self._runner = asyncio.ensure_future(run)
        try:
            outcome: Outcome = await self._runner
            return outcome.status
        finally:
            self._runner = None
            self._running = False

    def answer(self) -> None:
        """Answer what the page asks: between two runs, and while a cell awaits.

        Whatever else a program waits for, it answers itself: see `_wait_and_answer`.
        """
        self._questions.answer()

    def control(self, control: dict[str, Any]) -> Any:
        """Show a control of `backprop.ui`, and return what it is set to.

        A loop that asks gets what the reader has moved in the meantime, where the engine can pause.
        """
        now = time.monotonic()
        if self._switches_stacks and now >= self._next_look and can_run_sync():
            self._next_look = now + _LOOK_INTERVAL
            self._wait_and_answer(self._worker.tick())
        for label, value in json.loads(self._worker.changes()).items():
            self._session.controls.change(label, value)
        return self._session.controls.ask(control)

    def _pause(self, promise: Any) -> Any:
        """Wait for a promise while the worker goes on."""
        self._pausing = True
        try:
            return run_sync(promise)
        finally:
            self._pausing = False

    def _answer_meanwhile(self, wait: int) -> Any:
        """Wait likewise, and return what the wait gave; answer what the page asks in the meantime."""
        while not (result := self._pause(self._worker.until(wait))):
            self._questions.answer()
        return json.loads(result)

    def _wait_and_answer(self, wait: int) -> Any:
        """Wait likewise; raise KeyboardInterrupt where Stop was pressed."""
        result = self._answer_meanwhile(wait)
        if self._worker.stopping():
            raise KeyboardInterrupt
        return result

    def _on_tick(self, signal_number: int, frame: object) -> None:
        if not self._running or self._pausing or not can_run_sync():
            return
        if self._questions.handling:
            # What answers the page can be stopped too; a second question waits until it has ended.
            self._pause(self._worker.until(self._worker.tick()))
            if self._worker.stopping():
                raise KeyboardInterrupt
            return
        self._session.flush()
        self._answer_meanwhile(self._worker.tick())
        # A cell that awaits can only be interrupted in the learner's own tasks: anywhere else the
        # exception would hit the event loop. `_settle` ends it where no such task is running.
        if self._worker.stopping() and (self._runner is None or self._is_in_learners_task()):
            raise KeyboardInterrupt

    def _is_in_learners_task(self) -> bool:
        return asyncio.current_task() not in (None, self._runner)

    def _sleep(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        self._session.flush()
        if can_run_sync():
            self._wait_and_answer(self._worker.sleep(seconds * 1000))
        else:
            _wait_busily(seconds)

    def _ask(self, prompt: str) -> str | None:
        if not can_run_sync():
            raise AnswersNeeded
        answer = self._wait_and_answer(self._worker.ask(prompt))
        return None if answer is None else str(answer)

    async def _wait(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """For a cell that awaits."""
        (task,) = await self._settle(coroutine)
        return self._result(task)

    def _complete(self, awaitable: Awaitable[Any]) -> Any:
        """For `asyncio.run` in a cell."""
        self._session.flush()
        # A task inside a tuple: `run_sync` would wait for ever for what ends in KeyboardInterrupt,
        # SystemExit or CancelledError, because Pyodide passes on `Exception` only.
        (task,) = self._pause(self._settle(awaitable))
        return self._result(task)

    async def _settle(self, awaitable: Awaitable[Any]) -> tuple[asyncio.Future[Any]]:
        """Run to the end, or until Stop is pressed."""
        task = asyncio.ensure_future(awaitable)
        ended = asyncio.ensure_future(self._worker.ended())
        await asyncio.wait((task, ended), return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not task.done():
            task.cancel()
            await asyncio.wait((task,), timeout=_CLEAN_UP)
        return (task,)

    def _result(self, task: asyncio.Future[Any]) -> Any:
        if self._worker.stopping():
            raise KeyboardInterrupt
        return task.result()


def _wait_busily(seconds: float) -> None:
    """`time.sleep` where the engine cannot pause: the page can still end the worker."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
