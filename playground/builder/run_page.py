"""Runs the cells of one page in a process of its own: JSON comes in, JSON lines go out.

Every cell runs once in the page's order, in one session, as "Run all" does: that makes the outputs.
A cell that could have leant on a cell which it does not name in `needs` runs once more in a session
with its needs only, as "Run" does on a freshly opened page: that must work too.
The check of an exercise runs twice, each time in a session of its own: after the solution, which must
pass it, and after the code to start from, which must not.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, Literal, TextIO

import backprop
from backprop import host

from playground.session import Event, Session


def main() -> None:
    """Read the cells from standard input, and write what happens to standard output."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # What a cell's C code or a subprocess of it prints must not get between the JSON lines.
    os.dup2(2, 1)
    backprop.alias_as_torch()
    work: dict[str, Any] = json.load(sys.stdin)
    if _run(work["cells"], channel, run="all"):
        for cells in work["alone"]:
            _run(cells, channel, run="alone")
        for exercise in work["exercises"]:
            for code in ("solution", "start"):
                _run_exercise(exercise, code, channel)


def _run(cells: list[dict[str, str]], channel: TextIO, *, run: Literal["all", "alone"]) -> bool:
    """Run the cells in a session of their own, up to one that fails; return whether none did."""

    def emit(event: Event) -> None:
        # What a cell puts out is known by the run of all; alone it only has to work.
        if run == "all" or event["type"] == "error":
            _send(channel, run=run, event=event)

    session = Session(emit)
    host.connect(session.controls.ask)
    for cell in cells:
        _send(channel, run=run, cell=cell["id"])
        if session.run(cell["source"], cell["id"]).status != "ok":
            return False
    return True


def _run_exercise(exercise: dict[str, Any], code: str, channel: TextIO) -> None:
    """Tell how the check ends after `code`: `error` is what was raised, or None."""
    errors: list[Event] = []

    def emit(event: Event) -> None:
        if event["type"] == "error":
            errors.append(event)

    session = Session(emit)
    runs = [*exercise["needs"], exercise[code]]
    for cell in runs:
        session.run(cell["source"], cell["id"])
    if not errors:
        session.run(exercise["check"]["source"], exercise["check"]["id"], scratch=True)
    _send(channel, exercise=exercise["id"], code=code, error=errors[0] if errors else None)


def _send(channel: TextIO, **message: Any) -> None:
    channel.write(json.dumps(message) + "\n")
    channel.flush()


if __name__ == "__main__":
    main()
