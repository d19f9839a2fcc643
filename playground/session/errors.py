"""Exceptions as a learner should see them: the traceback of their own code, and the place in it."""

from __future__ import annotations

import linecache
import os
import re
import traceback
from collections.abc import Callable
from types import TracebackType

from .events import ErrorEvent
from .shorten import shorten

_OWN_FOLDER = os.path.dirname(__file__) + os.sep
#: Pyodide's own Python, whose frames stand between a cell's in asynchronous code.
_PYODIDE = re.compile(r"(^|/)_?pyodide/")
#: The machinery of imports, which CPython leaves out of its own tracebacks too.
_IMPORTS = re.compile(r"<frozen (importlib|zipimport)")

_LONGEST_MESSAGE = 2_000

#: From a traceback's file name to the cell that it belongs to, or None.
CellOf = Callable[[str], str | None]


def error_event(error: BaseException, cell_of: CellOf) -> ErrorEvent:
    """Describe `error`: its text without the runner's frames, and the innermost place in a cell."""
    _trim(error, cell_of, set())
    text = _formatted(error)
    cell, position = _place(error, cell_of)
    line, end_line, column, end_column = position
    return {
        "type": "error",
        "name": type(error).__name__,
        "message": shorten(_message(error), _LONGEST_MESSAGE),
        "traceback": shorten(text),
        "cell": cell,
        "line": line,
        "column": column,
        "endLine": end_line,
        "endColumn": end_column,
    }


def _formatted(error: BaseException) -> str:
    try:
        return "".join(traceback.format_exception(error))
    except Exception as failure:
        # An exception class can do whatever it likes, and memory can be short.
        return (
            f"{type(error).__name__}\n(Its traceback cannot be shown: {type(failure).__name__})\n"
        )


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return ""  # The learner's own `__str__` fails; the traceback says so.


def _trim(error: BaseException | None, cell_of: CellOf, seen: set[int]) -> None:
    """Take the runner's frames out of the error's traceback and those of what caused it."""
    if error is None or id(error) in seen:
        return
    seen.add(id(error))
    frames = []
    link = error.__traceback__
    while link is not None:
        frames.append(link)
        link = link.tb_next
    inside = [cell_of(each.tb_frame.f_code.co_filename) is not None for each in frames]
    # Without a frame in a cell, as for a SyntaxError, all of them are the runner's.
    frames = frames[inside.index(True) :] if any(inside) else []
    kept: TracebackType | None = None
    for each in reversed(frames):
        file = each.tb_frame.f_code.co_filename
        runners = file.startswith(_OWN_FOLDER) or _PYODIDE.search(file) or _IMPORTS.match(file)
        if not runners:
            kept = TracebackType(kept, each.tb_frame, each.tb_lasti, each.tb_lineno)
    error.__traceback__ = kept
    _trim(error.__cause__, cell_of, seen)
    _trim(error.__context__, cell_of, seen)
    if isinstance(error, BaseExceptionGroup):
        for each_error in error.exceptions:
            _trim(each_error, cell_of, seen)


Position = tuple[int | None, int | None, int | None, int | None]
_NOWHERE: Position = (None, None, None, None)


def _place(error: BaseException, cell_of: CellOf) -> tuple[str | None, Position]:
    """The cell, and in it line, end line, column and end column."""
    if isinstance(error, SyntaxError) and error.filename and cell_of(error.filename) is not None:
        end_line = error.end_lineno or error.lineno
        column = None if error.offset is None else max(error.offset - 1, 0)
        end_column = None if not error.end_offset or error.end_offset < 1 else error.end_offset - 1
        return cell_of(error.filename), (error.lineno, end_line, column, end_column)
    found: tuple[str | None, Position] = (None, _NOWHERE)
    link = error.__traceback__
    while link is not None:
        code = link.tb_frame.f_code
        cell = cell_of(code.co_filename)
        if cell is not None:
            positions = list(code.co_positions())
            spot = positions[link.tb_lasti // 2] if link.tb_lasti >= 0 else _NOWHERE
            found = cell, _in_characters(code.co_filename, link.tb_lineno, spot)
        link = link.tb_next
    return found


def _in_characters(file: str, line: int, spot: Position) -> Position:
    """Columns as characters: Python's positions count the bytes of UTF-8."""
    _, end_line, column, end_column = spot
    if column is None or end_column is None or end_line is None:
        return line, line, None, None

    def characters(number: int, offset: int) -> int:
        return len(linecache.getline(file, number).encode()[:offset].decode(errors="ignore"))

    return line, end_line, characters(line, column), characters(end_line, end_column)
