"""The one exception that the command prints without a traceback."""

from __future__ import annotations

from pathlib import Path


class PlaygroundError(Exception):
    """Something that the person at the keyboard can put right.

    The message says what happened, where, and what to try.
    """


class SourceError(PlaygroundError):
    """A mistake in a file that an author wrote, with the place where it is."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        """`line` counts from 1."""
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line
