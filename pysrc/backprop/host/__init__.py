"""What stands around a program: a page that shows controls and live diagrams, or nothing.

The page connects itself before a learner's code runs, and `ui` and `viz` look here for it. Everywhere else
nothing is connected, and the same program runs without. What the page asks of the library is answered by
what registers itself in `questions`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .questions import answer, questions

__all__ = ["answer", "at_end", "connect", "disconnect", "end", "questions"]

#: Shows a control of `ui`, given by its fields, and returns what it is set to.
control: Callable[[dict[str, Any]], Any] | None = None

#: Shows a bundle of representations by MIME type: a live diagram, or what has changed in it.
display: Callable[[dict[str, str]], None] | None = None

#: Takes a bundle that is shown only if Python has to be ended in the middle of a run, and with it all that
#: the run holds; the next one takes its place.
keep: Callable[[dict[str, str]], None] | None = None

#: Whether diagrams are to know the line of code behind each number: see `viz.remember`.
points_at_code = False

#: Called when a cell has ended.
at_end: list[Callable[[], None]] = []


def connect(
    show_control: Callable[[dict[str, Any]], Any],
    show_bundle: Callable[[dict[str, str]], None] | None = None,
    keep_bundle: Callable[[dict[str, str]], None] | None = None,
) -> None:
    """Let a page show controls, live diagrams if it can draw them in place, and what outlives a run."""
    global control, display, keep, points_at_code
    control, display, keep, points_at_code = show_control, show_bundle, keep_bundle, True


def disconnect() -> None:
    """Let nothing be shown any more."""
    global control, display, keep, points_at_code
    control, display, keep, points_at_code = None, None, None, False


def end() -> None:
    """A cell has ended: draw what was left out."""
    for each in at_end:
        each()
