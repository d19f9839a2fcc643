"""The cells of a page: the code that a learner can edit and run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playground.errors import SourceError

_INFO = re.compile(r"python\s*\{(?P<attributes>.*)\}\s*")
_ATTRIBUTE = re.compile(
    r'\s*(?:#(?P<id>[^\s"]+)|(?P<key>[a-z]+)="(?P<value>[^"]*)"|(?P<flag>[a-z]+))'
)
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Cell:
    """One piece of code, with the place where it stands in its source file."""

    id: str
    title: str
    source: str
    path: Path
    line: int
    """Line in `path` of the cell's own opening, counting from 1."""
    first_line: int
    """Line in `path` of the first line of code."""
    needs: tuple[str, ...] = ()
    timed: bool = False
    """The numbers that it prints vary between runs."""
    tolerance: float | None = None
    """Relative, for the numbers that it prints."""
    exercise: bool = False
    """Its code is to be completed; a check, a solution and hints stand below it."""
    output_id: str = ""
    """The id that its output has in the page, so that other pages can point at it; may be empty."""


def cell_from_fence(info: str, source: str, path: Path, line: int) -> Cell | None:
    """Return the cell of a fence that opens in `line`, or None where it is plain code.

    Raises:
        SourceError: The fence means to be a cell and is not a right one.
    """
    match = _INFO.fullmatch(info.strip())
    if match is None:
        if "{" in info:
            raise SourceError(
                path, line, f"a cell opens with ```python {{#id title=...}}, not {info!r}"
            )
        return None
    found = _attributes(match["attributes"], path, line)
    identifier = found.pop("#", "")
    if not _ID.fullmatch(identifier):
        raise SourceError(
            path, line, f"the id {identifier!r} is not in kebab-case, such as #first-step"
        )
    title = found.pop("title", "")
    if not title:
        raise SourceError(path, line, f'the cell {identifier} has no title="..."')
    needs = tuple(found.pop("needs", "").split())
    timed = found.pop("timed", None) is not None
    exercise = found.pop("exercise", None) is not None
    tolerance = found.pop("tolerance", None)
    output = found.pop("output", "")
    if output and not _ID.fullmatch(output):
        raise SourceError(
            path, line, f"output={output!r} is not in kebab-case, such as its-picture"
        )
    if found:
        raise SourceError(path, line, f"unknown in a cell: {', '.join(found)}")
    try:
        relative = None if tolerance is None else float(tolerance)
    except ValueError:
        raise SourceError(path, line, f"tolerance={tolerance!r} is not a number") from None
    return Cell(
        identifier, title, source, path, line, line + 1, needs, timed, relative, exercise, output
    )


def _attributes(text: str, path: Path, line: int) -> dict[str, str]:
    found: dict[str, str] = {}
    rest = text.strip()
    while rest:
        match = _ATTRIBUTE.match(rest)
        if match is None:
            raise SourceError(path, line, f"cannot read {rest!r} in the cell's opening")
        if match["id"]:
            found["#"] = match["id"]
        elif match["key"]:
            found[match["key"]] = match["value"]
        else:
            found[match["flag"]] = ""
        rest = rest[match.end() :].strip()
    return found


def validate_needs(cells: Sequence[Cell]) -> None:
    """Check that ids are unique, and that every need can be met.

    Raises:
        SourceError: Names the cell that is wrong.
    """
    by_id = {cell.id: cell for cell in cells}
    lines: dict[str, int] = {}
    for cell in cells:
        for name in filter(None, (cell.id, cell.output_id)):
            if name in lines:
                raise SourceError(
                    cell.path, cell.line, f"the id {name} is taken by line {lines[name]}"
                )
            lines[name] = cell.line
    for cell in cells:
        for need in cell.needs:
            if need not in by_id:
                raise SourceError(
                    cell.path, cell.line, f"{cell.id} needs {need}, but no cell has that id"
                )
    for cell in cells:
        _follow(cell, by_id, ())


def _follow(cell: Cell, by_id: dict[str, Cell], trail: tuple[str, ...]) -> None:
    if cell.id in trail:
        circle = " -> ".join([*trail[trail.index(cell.id) :], cell.id])
        raise SourceError(cell.path, cell.line, f"cells need each other in a circle: {circle}")
    for need in cell.needs:
        _follow(by_id[need], by_id, (*trail, cell.id))


def with_needs(cell: Cell, cells: Sequence[Cell]) -> list[Cell]:
    """Return the cells that running `cell` in a new session runs, in their order, it being last."""
    by_id = {other.id: other for other in cells}
    order: list[Cell] = []

    def visit(current: Cell) -> None:
        for need in current.needs:
            visit(by_id[need])
        if current not in order:
            order.append(current)

    visit(cell)
    return order
