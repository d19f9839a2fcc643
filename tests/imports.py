"""Who imports whom, read from the sources of the library, the builder and the page, without running them."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

Ties = dict[str, set[str]]
"""What each imports; everything has an entry."""

_SCRIPT_IMPORT = re.compile(
    r"""^(?:import|export)\s+(?:[^;'"]*?\bfrom\s+)?['"](\.[^'"]+)['"]|\bimport\(['"](\.[^'"]+)['"]\)""",
    re.MULTILINE,
)


def python_modules(root: Path, package: str, *, whole: bool = False) -> Ties:
    """Return the imports among the modules of a package below `root`, by their dotted names.

    That a package runs before each of its modules does not count, only what a statement names.

    Args:
        root: the folder that holds the package.
        package: its name.
        whole: whether imports inside functions count, which happen only when the function is called.
            Those for type checkers alone never do.
    """
    modules = {_name(path, root): path for path in sorted((root / package).rglob("*.py"))}
    ties: Ties = {}
    for name, path in modules.items():
        parent = name if path.stem == "__init__" else name.rpartition(".")[0]
        statements = _statements(ast.parse(path.read_text(encoding="utf-8")), whole)
        found = {each for statement in statements for each in _imported(statement, parent, modules)}
        ties[name] = found - {name}
    return ties


def scripts(root: Path) -> Ties:
    """Return the imports among the TypeScript files below `root`, tests left out, by their paths.

    Those of types alone count, though nothing is left of them in the script: who reads a file reads them too.
    """
    files = {
        path.relative_to(root).with_suffix("").as_posix(): path
        for path in sorted(root.rglob("*.ts"))
        if not path.name.endswith(".test.ts")
    }
    ties: Ties = {}
    for name, path in files.items():
        folder = posixpath.dirname(name)
        text = path.read_text(encoding="utf-8")
        targets = {
            posixpath.normpath(posixpath.join(folder, now or later)).removesuffix(".ts")
            for now, later in _SCRIPT_IMPORT.findall(text)
        }
        ties[name] = targets & files.keys()
    return ties


def circles(ties: Ties) -> list[set[str]]:
    """Return the groups whose members all reach each other, each as large as it can be."""
    reached = {name: _reached(name, ties) for name in ties}
    found: list[set[str]] = []
    for name in ties:
        group = {other for other in reached[name] if name in reached[other]}
        if group and group not in found:
            found.append(group)
    return found


def shortened(ties: Ties) -> set[tuple[str, str]]:
    """Return the ties that no longer way replaces: what a picture has to draw where there is no circle."""
    reached = {name: _reached(name, ties) for name in ties}
    return {
        (name, target)
        for name, targets in ties.items()
        for target in targets
        if not any(target in reached[other] for other in targets - {target})
    }


def rooms(ties: Ties, room_of: dict[str, str]) -> Ties:
    """Return the ties between rooms. A module without a room is passed through: it ties whoever imports it.

    Args:
        ties: the imports of modules.
        room_of: the room of a module, by its name.
    """
    found: Ties = {room: set() for room in room_of.values()}
    for name, room in room_of.items():
        queue, seen = [*ties[name]], set()
        while queue:
            other = queue.pop()
            if other in seen:
                continue
            seen.add(other)
            if other not in room_of:
                queue += ties[other]
            elif room_of[other] != room:
                found[room].add(room_of[other])
    return found


def _reached(name: str, ties: Ties) -> set[str]:
    found: set[str] = set()
    queue = [*ties[name]]
    while queue:
        other = queue.pop()
        if other not in found:
            found.add(other)
            queue += ties[other]
    return found


def _name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _statements(node: ast.AST, whole: bool) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for other in child.orelse:
                yield from _statements(other, whole)
        elif whole or not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _statements(child, whole)


def _imported(statement: ast.stmt, parent: str, modules: dict[str, Path]) -> Iterator[str]:
    if isinstance(statement, ast.Import):
        yield from (each.name for each in statement.names if each.name in modules)
    if isinstance(statement, ast.ImportFrom):
        base = statement.module or ""
        if statement.level:
            parts = parent.split(".")
            base = ".".join([*parts[: len(parts) - statement.level + 1], *base.split(".")]).rstrip(
                "."
            )
        for each in statement.names:
            name = f"{base}.{each.name}"
            if name in modules:
                yield name
            elif base in modules:
                yield base
