"""Printed text on its way to the page: at once, but never as a flood."""

from __future__ import annotations

import io
import time
from typing import Literal

from .events import Emit

#: Characters that one run may print before the rest is left out.
LIMIT = 200_000

#: This many writes in a WINDOW of seconds go out at once; what comes faster is gathered.
BURST = 40
WINDOW = 0.1


class Output:
    """Both streams of one run, in order, with one limit for their sum."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._pending: list[str] = []
        self._kind: Literal["stdout", "stderr"] = "stdout"
        self._printed = 0
        self._window_start = 0.0
        self._sent_in_window = 0

    def write(self, kind: Literal["stdout", "stderr"], text: str) -> None:
        """Take text of one stream; send it now unless too much was sent just before."""
        if not text or self._printed >= LIMIT:
            return
        if kind != self._kind:
            self.flush()
            self._kind = kind
        self._pending.append(text[: LIMIT - self._printed])
        self._printed += len(text)
        now = time.monotonic()
        if now - self._window_start > WINDOW:
            self._window_start, self._sent_in_window = now, 0
        if self._sent_in_window < BURST:
            self._sent_in_window += 1
            self.flush()
        if self._printed >= LIMIT:
            self.flush()
            self._emit(
                {
                    "type": "stderr",
                    "text": f"\n[{LIMIT:,} characters were printed. The program goes on, and what else it "
                    "prints is left out.]\n",
                }
            )

    def flush(self) -> None:
        """Send what was gathered."""
        if self._pending:
            text = "".join(self._pending)
            self._pending.clear()
            self._emit({"type": self._kind, "text": text})


class Stream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a running cell."""

    def __init__(self, output: Output, kind: Literal["stdout", "stderr"]) -> None:
        self._output = output
        self._kind = kind

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Always UTF-8."""
        return "utf-8"

    def writable(self) -> bool:
        """Always true."""
        return True

    def write(self, text: str) -> int:
        """Pass text on to the page."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._output.write(self._kind, text)
        return len(text)

    def flush(self) -> None:
        """Send what was gathered."""
        self._output.flush()
