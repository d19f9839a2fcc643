"""The session inside a browser's worker: Stop, `input` and `sleep` without special headers.

Where the engine can switch stacks (``can_run_sync``), Python pauses for one turn of the worker's event
loop about ten times a second: the worker then reads its messages, and learns of a Stop. Pyodide looks
for signals while code runs; a buffer that answers with signal 10 now and then makes it call `_on_tick`.
Where the engine cannot, the page ends the worker to stop a run.
"""

from __future__ import annotations

import json
import signal
import time
from typing import Any, Protocol

from pyodide.ffi import can_run_sync, run_sync

from .events import Emit
from .imports import explain_missing_packages
from .session import Session

TICK_SIGNAL = 10


class Worker(Protocol):
    """What the worker offers, in JavaScript."""

    def emit(self, event: str) -> None:
        """Send an event, as JSON, to the page."""

    def tick(self) -> Any:
        """A promise that is kept after one turn of the event loop."""

    def sleep(self, milliseconds: float) -> Any:
        """A promise that is kept after that time, or sooner where Stop is pressed."""

    def ask(self, prompt: str) -> Any:
        """A promise of the answer to an ``input()``; None where it was closed or Stop was pressed."""

    def stopping(self) -> bool:
        """Whether Stop was pressed."""


class BrowserSession:
    """A session that can be stopped, asked and slept in, as far as the engine allows."""

    def __init__(self, worker: Worker, switches_stacks: bool) -> None:
        self._worker = worker
        self._running = False
        self._pausing = False
        emit: Emit = lambda event: worker.emit(json.dumps(event))  # noqa: E731
        self._session = Session(emit, self._ask if switches_stacks else None, run_sync)
        # The stubs allow whatever has an index; so does Python.
        time.sleep = self._sleep if switches_stacks else _wait_busily  # type: ignore[assignment]
        if switches_stacks:
            signal.signal(TICK_SIGNAL, self._on_tick)
        explain_missing_packages()

    def run(self, source: str, cell: str, answers: Any) -> str:
        """Run a cell and return how it ended: "ok", "error" or "stopped"."""
        self._running = True
        try:
            return self._session.run(source, cell, list(answers)).status
        except KeyboardInterrupt:
            # The signal fell between the learner's code and the end of the run.
            return "stopped"
        finally:
            self._running = False

    def _pause(self, promise: Any) -> Any:
        """Wait for a promise while the worker goes on; raise KeyboardInterrupt where Stop was pressed."""
        self._pausing = True
        try:
            result = run_sync(promise)
        finally:
            self._pausing = False
        if self._worker.stopping():
            raise KeyboardInterrupt
        return result

    def _on_tick(self, signal_number: int, frame: object) -> None:
        if self._running and not self._pausing and can_run_sync():
            self._session.flush()
            self._pause(self._worker.tick())

    def _sleep(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        self._session.flush()
        if can_run_sync():
            self._pause(self._worker.sleep(seconds * 1000))
        else:
            _wait_busily(seconds)

    def _ask(self, prompt: str) -> str | None:
        answer = self._pause(self._worker.ask(prompt))
        return None if answer is None else str(answer)


def _wait_busily(seconds: float) -> None:
    """`time.sleep` where the engine cannot pause: the page can still end the worker."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
