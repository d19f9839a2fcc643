"""What a run prints and shows, on its way to the page: at once, but never as a flood."""

from __future__ import annotations

import collections
import io
import time
from collections.abc import Iterator
from typing import Literal

from .events import Bundle, Emit, OutputEvent

Kind = Literal["stdout", "stderr"]

#: Characters of one run that all go out; the page keeps as many for a file. After that only the end does.
MOST_SENT = 20_000_000
#: Of what comes faster than it goes out, then, the last so many characters are sent.
MOST_HELD = 100_000

#: How many values of one run are shown at once, and of how many characters together; then only the last is.
MOST_VALUES = 100
MOST_MARKUP = 20_000_000

#: Characters of one event.
LONGEST_PART = 200_000

#: The streams take turns in what is gathered at most so often; after that each stands for itself.
MOST_TURNS = 20

#: This many writes in a WINDOW of seconds go out at once; what comes faster is gathered.
BURST = 40
WINDOW = 0.1


class Output:
    """Both streams and the shown values of one run after the other, in order."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._pending: list[_Gathered] = []
        self.begin()

    def begin(self) -> None:
        """A run begins, with the full measure of output before it."""
        self._pending = []
        self._characters = 0
        self._values = 0
        self._markup = 0
        self._last_value: Bundle | None = None
        self._values_held = 0
        self._window_start = 0.0
        self._sent_in_window = 0

    def write(self, kind: Kind, text: str) -> None:
        """Take text of one stream; send it now unless too much was sent just before."""
        if not text:
            return
        room = max(0, MOST_SENT - self._characters)
        self._characters += len(text)
        self._gathered(kind).add(text[:room])
        if len(text) > room:
            if room > 0:
                # All until here goes out; what is only held from here on loses its beginning.
                self.flush()
            self._gathered(kind).add_end(text[room:])
        self.flush_soon()

    def flush_soon(self) -> None:
        """Send what was gathered, unless too much was sent just before."""
        now = time.monotonic()
        if now - self._window_start > WINDOW:
            self._window_start, self._sent_in_window = now, 0
        # What is cut goes out once in a window: the less often, the less of it.
        if self._sent_in_window < (BURST if self._characters < MOST_SENT else 1):
            self._sent_in_window += 1
            self.flush()

    def _gathered(self, kind: Kind) -> _Gathered:
        """Where text of a stream is put."""
        if self._pending and self._pending[-1].kind == kind:
            return self._pending[-1]
        if len(self._pending) >= MOST_TURNS:
            return next(each for each in reversed(self._pending) if each.kind == kind)
        self._pending.append(_Gathered(kind))
        return self._pending[-1]

    def show(self, bundle: Bundle) -> None:
        """Send a value; of too many in one run only the last is sent, when the run has ended."""
        self.flush()
        self._values += 1
        self._markup += sum(len(data) for data in bundle.values())
        if self._values <= MOST_VALUES and self._markup <= MOST_MARKUP:
            self._emit({"type": "display", "bundle": bundle})
        else:
            # However small it is, and however large those before it were.
            self._markup = MOST_MARKUP
            self._last_value = bundle
            self._values_held += 1

    def end(self) -> None:
        """Send what is still here: the run has ended."""
        self.flush()
        last, self._last_value = self._last_value, None
        if last is None:
            return
        if self._values_held > 1:
            text = f"\n[... {self._values_held - 1:,} values are not shown ...]\n"
            self._emit({"type": "stderr", "text": text})
        self._emit({"type": "display", "bundle": last})

    def flush(self) -> None:
        """Send what was gathered."""
        # A Stop can interrupt between any two calls: taking and emptying must be one step.
        pending, self._pending = self._pending, []
        for gathered in pending:
            for event in gathered.events():
                self._emit(event)


class _Gathered:
    """Text of one stream that waits to be sent, perhaps without its beginning."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._texts: collections.deque[str] = collections.deque()
        self._characters = 0
        self._skipped = 0

    def add(self, text: str) -> None:
        """Put text behind what is there."""
        self._texts.append(text)
        self._characters += len(text)

    def add_end(self, text: str) -> None:
        """Put text behind what is there, and keep only the end of all."""
        self.add(text)
        excess = self._characters - MOST_HELD
        while excess > 0:
            oldest = self._texts.popleft()
            if len(oldest) > excess:
                self._texts.appendleft(oldest[excess:])
            gone = min(len(oldest), excess)
            self._skipped += gone
            self._characters -= gone
            excess -= gone

    def events(self) -> Iterator[OutputEvent]:
        """What is sent, in parts that a page can take."""
        text = "".join(self._texts)
        for start in range(0, len(text), LONGEST_PART):
            event: OutputEvent = {"type": self.kind, "text": text[start : start + LONGEST_PART]}
            if self._skipped and start == 0:
                event["skipped"] = self._skipped
            yield event


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
        """Send what was gathered, unless that was done too often just before."""
        self._output.flush_soon()


class Nowhere(io.TextIOBase):
    """A stream of which nothing is kept."""

    def writable(self) -> bool:
        """Always true."""
        return True

    def write(self, text: str) -> int:
        """Take text, for nobody."""
        return len(text)
