"""From a cell's text to code: the last expression is what the cell shows."""

from __future__ import annotations

import ast
import inspect
import io
import linecache
import tokenize
from dataclasses import dataclass
from types import CodeType


def file_name(cell: str) -> str:
    """The file name under which tracebacks quote the cell called `cell`."""
    return f"{cell}.py"


@dataclass(frozen=True)
class Cell:
    """A compiled cell: statements, then perhaps an expression whose value is shown."""

    statements: CodeType
    expression: CodeType | None

    @property
    def awaits(self) -> bool:
        """Whether ``await`` stands outside of functions."""
        return awaits(self.statements) or (self.expression is not None and awaits(self.expression))


def awaits(code: CodeType) -> bool:
    """Whether running this code gives a coroutine."""
    return bool(code.co_flags & inspect.CO_COROUTINE)


def compile_cell(source: str, name: str) -> Cell:
    """Compile `source`, and let tracebacks quote it as the file `name`.

    A semicolon at the end keeps the last value from being shown, as in IPython. ``await`` may stand
    outside of functions.

    Raises:
        SyntaxError: it is no Python; ValueError: it holds a null character.
    """
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    tree = ast.parse(source, name)
    last = tree.body[-1] if tree.body else None
    shown = None
    if isinstance(last, ast.Expr) and not _ends_in_semicolon(source):
        tree.body.pop()
        shown = ast.Expression(last.value)
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    return Cell(
        compile(tree, name, "exec", flags, dont_inherit=True),
        None if shown is None else compile(shown, name, "eval", flags, dont_inherit=True),
    )


def _ends_in_semicolon(source: str) -> bool:
    skipped = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER, tokenize.DEDENT}
    last = ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in skipped:
            last = token.string
    return last == ";"
