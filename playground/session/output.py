"""What a run prints and shows, on its way to the page: at once, but never as a flood."""

from __future__ import annotations

import io
import time
from typing import Literal

from .events import Bundle, Emit

Kind = Literal["stdout", "stderr"]

#: How much one run may print; what comes after that is left out. A page that holds more gets slow.
MOST_CHARACTERS = 200_000
MOST_LINES = 10_000

#: How many values one run may show, and of how many characters together.
MOST_VALUES = 100
MOST_MARKUP = 20_000_000

#: This many writes in a WINDOW of seconds go out at once; what comes faster is gathered.
BURST = 40
WINDOW = 0.1


class Output:
    """Both streams and the shown values of one run after the other, in order."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._pending: list[str] = []
        self._kind: Kind = "stdout"
        self.begin()

    def begin(self) -> None:
        """A run begins, with the full measure of output before it."""
        self._pending = []
        self._characters = 0
        self._lines = 0
        self._values = 0
        self._markup = 0
        self._window_start = 0.0
        self._sent_in_window = 0

    def write(self, kind: Kind, text: str) -> None:
        """Take text of one stream; send it now unless too much was sent just before."""
        if not text or self._is_full():
            return
        if kind != self._kind:
            self.flush()
            self._kind = kind
        text = text[: MOST_CHARACTERS - self._characters]
        self._characters += len(text)
        self._lines += text.count("\n")
        self._pending.append(text)
        now = time.monotonic()
        if now - self._window_start > WINDOW:
            self._window_start, self._sent_in_window = now, 0
        if self._sent_in_window < BURST:
            self._sent_in_window += 1
            self.flush()
        if self._is_full():
            self._note(f"The program has printed {self._characters:,} characters")

    def show(self, bundle: Bundle) -> None:
        """Send a value, unless this run has shown too many."""
        self.flush()
        if self._values > MOST_VALUES:
            return
        self._values += 1
        self._markup += sum(len(data) for data in bundle.values())
        if self._values <= MOST_VALUES and self._markup <= MOST_MARKUP:
            self._emit({"type": "display", "bundle": bundle})
        else:
            self._values = MOST_VALUES + 1
            self._note(f"The program has shown {MOST_VALUES} values, or very large ones")

    def flush(self) -> None:
        """Send what was gathered."""
        # A Stop can interrupt between any two calls: taking and emptying must be one step.
        pending, self._pending = self._pending, []
        if pending:
            self._emit({"type": self._kind, "text": "".join(pending)})

    def _is_full(self) -> bool:
        return self._characters >= MOST_CHARACTERS or self._lines >= MOST_LINES

    def _note(self, reached: str) -> None:
        self.flush()
        text = f"\n[{reached}. It goes on, but what else it has to say is left out.]\n"
        self._emit({"type": "stderr", "text": text})


class Stream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of the running cells."""

    def __init__(self, output: Output, kind: Kind) -> None:
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


class Nowhere(io.TextIOBase):
    """A stream of which nothing is kept."""

    def writable(self) -> bool:
        """Always true."""
        return True

    def write(self, text: str) -> int:
        """Take text, for nobody."""
        return len(text)
