"""What a run has to tell: the same fields as `RunEvent` in the page's protocol.ts, without the run's id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NotRequired, TypedDict

#: A value in several representations by MIME type; a PNG is base64.
Bundle = dict[str, str]


class OutputEvent(TypedDict):
    """Text that was printed; `skipped` is how many characters before it were left out."""

    type: Literal["stdout", "stderr"]
    text: str
    skipped: NotRequired[int]


class DisplayEvent(TypedDict):
    """A value that is shown."""

    type: Literal["display"]
    bundle: Bundle


class KeepEvent(TypedDict):
    """A value that is shown only if Python has to be ended; the next one takes its place."""

    type: Literal["keep"]
    bundle: Bundle


class ErrorEvent(TypedDict):
    """An exception; lines count from 1 in the cell, columns from 0, in characters."""

    type: Literal["error"]
    name: str
    message: str
    traceback: str
    cell: str | None
    line: int | None
    column: int | None
    endLine: int | None
    endColumn: int | None


class ControlEvent(TypedDict):
    """A slider or the like that the program has asked for; `backprop.ui` says what its fields mean.

    `value` is what the program was told, `first` what the control begins with.
    """

    type: Literal["control"]
    control: dict[str, Any]


Event = OutputEvent | DisplayEvent | KeepEvent | ErrorEvent | ControlEvent
Emit = Callable[[Event], None]
