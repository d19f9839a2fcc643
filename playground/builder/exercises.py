"""Exercises: a cell to be completed, and the check, hints and solution that its author wrote below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markdown_it.token import Token

from playground.builder.cells import Cell
from playground.errors import SourceError

CHECK, SOLUTION, HINT = "python {check}", "python {solution}", "hint"
PARTS = (CHECK, SOLUTION, HINT)


@dataclass(frozen=True)
class Hint:
    """A piece of Markdown, and the line of the file at which it begins."""

    text: str
    first_line: int


@dataclass(frozen=True)
class Exercise:
    """What belongs to a cell that is an exercise."""

    cell: Cell
    check: Cell
    """Runs after the reader's code, in a copy of its names; what it raises is shown to the reader."""
    solution: Cell
    hints: tuple[Hint, ...] = ()


def is_part(info: str) -> bool:
    """Whether a fence's opening says that it belongs to the exercise above it."""
    return info.strip() in PARTS


def collect(fences: Sequence[tuple[Token, Cell | None]], path: Path) -> dict[str, Exercise]:
    """Return the exercises of a page by the ids of their cells.

    Args:
        fences: the fences that are cells or belong to one, in order; a cell's own is beside its token.
        path: the file, for errors.

    Raises:
        SourceError: A part has no exercise above it, is there twice, or is missing.
    """
    found: dict[str, Exercise] = {}
    cell: Cell | None = None
    parts: list[Token] = []
    for token, own in fences:
        if own is not None:
            _finish(found, cell, parts, path)
            cell, parts = own, []
        elif cell is None or not cell.exercise:
            kind = token.info.strip()
            raise SourceError(
                path,
                _line(token),
                f"```{kind} has no exercise above it: a cell marked {{... exercise}}",
            )
        else:
            parts.append(token)
    _finish(found, cell, parts, path)
    return found


def _finish(found: dict[str, Exercise], cell: Cell | None, parts: list[Token], path: Path) -> None:
    if cell is None or not cell.exercise:
        return
    codes: dict[str, Cell] = {}
    hints: list[Hint] = []
    for token in parts:
        kind, line = token.info.strip(), _line(token)
        if kind == HINT:
            hints.append(Hint(token.content, line + 1))
            continue
        if kind in codes:
            raise SourceError(path, line, f"the exercise {cell.id} has a second ```{kind}")
        name = cell.id if kind == SOLUTION else f"{cell.id}-check"
        codes[kind] = replace(
            cell, id=name, source=token.content, line=line, first_line=line + 1, exercise=False
        )
    for kind in (CHECK, SOLUTION):
        if kind not in codes:
            raise SourceError(path, cell.line, f"the exercise {cell.id} has no ```{kind} below it")
    found[cell.id] = Exercise(cell, codes[CHECK], codes[SOLUTION], tuple(hints))


def _line(token: Token) -> int:
    return (token.map or [0])[0] + 1
