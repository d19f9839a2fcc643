"""Lessons and examples as their authors wrote them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from markdown_it.token import Token

from playground.builder.cells import Cell, cell_from_fence, validate_needs
from playground.builder.exercises import Exercise, collect, is_part
from playground.builder.markdown import Heading, headings, parse
from playground.errors import SourceError

_LESSON_KEYS = {"title", "description", "order", "opening"}
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Fence:
    """Where a cell, or what belongs to an exercise, stands in the file; lines count from 1."""

    first_line: int
    last_line: int
    cell: Cell | None
    """None for what belongs to an exercise."""


@dataclass(frozen=True)
class Source:
    """A lesson or an example, parsed and not yet run."""

    kind: str
    name: str
    address: str
    """Folder of its page, relative to the site's root: empty for the front page."""
    title: str
    description: str
    path: Path
    tokens: list[Token]
    """The text. A cell's token has it in `meta["cell"]`; that of a part of an exercise has `meta["part"]`."""
    first_line: int
    """The line of `path` at which the text begins."""
    headings: list[Heading]
    cells: list[Cell]
    order: int = 0
    opening: bool = False
    """Whether a lesson begins with the picture of one step of learning."""
    tags: list[str] = field(default_factory=list)
    text: str = ""
    """The whole file."""
    text_line: int = 1
    """The line of the file at which a lesson's text begins, behind the front matter."""
    fences: list[Fence] = field(default_factory=list)
    """The cells of a lesson and what belongs to them, in order."""
    exercises: dict[str, Exercise] = field(default_factory=dict)
    """By the ids of their cells."""
    pytorch: str = ""
    """How much of an example runs in PyTorch, as its author wrote it; empty where it does not say."""


def read_lessons(folder: Path) -> list[Source]:
    """Return all lessons, the front page first, then by `order` and name."""
    lessons = [_lesson(path) for path in sorted(folder.glob("*.md"))]
    return sorted(lessons, key=lambda lesson: (lesson.address != "", lesson.order, lesson.name))


def _lesson(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    tokens = parse(text)
    about = _front_matter(tokens, path)
    found: list[tuple[Token, Cell | None]] = []
    for token in tokens:
        if token.type == "fence":
            if is_part(token.info):
                token.meta["part"] = True
                found.append((token, None))
                continue
            line = (token.map or [0])[0] + 1
            cell = cell_from_fence(token.info, token.content, path, line)
            if cell is not None:
                token.meta["cell"] = cell
                found.append((token, cell))
    cells = [cell for _, cell in found if cell is not None]
    validate_needs(cells)
    name = page_name(path)
    return Source(
        kind="lesson",
        name=name,
        address="" if name == "index" else f"lessons/{name}/",
        title=about["title"],
        description=about["description"],
        path=path,
        tokens=[token for token in tokens if token.type != "front_matter"],
        first_line=1,
        headings=headings(tokens, path),
        cells=cells,
        order=int(about.get("order", "0")),
        opening=about.get("opening") == "first-step",
        text=text,
        text_line=(tokens[0].map or [0, 0])[1] + 1,
        fences=[_fence(token, cell) for token, cell in found],
        exercises=collect(found, path),
    )


def _fence(token: Token, cell: Cell | None) -> Fence:
    start, end = token.map or [0, 0]
    return Fence(start + 1, end, cell)


def _front_matter(tokens: list[Token], path: Path) -> dict[str, str]:
    if not tokens or tokens[0].type != "front_matter":
        raise SourceError(path, 1, "a lesson begins with title and description between --- lines")
    try:
        about = yaml.safe_load(tokens[0].content)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        raise SourceError(
            path, line + 2, f"the front matter is not YAML: {error.problem}"
        ) from None
    if not isinstance(about, dict):
        raise SourceError(path, 1, "the front matter holds no `key: value` lines")
    for key in ("title", "description"):
        if not about.get(key):
            raise SourceError(path, 1, f"the front matter has no {key}")
    unknown = sorted(set(about) - _LESSON_KEYS)
    if unknown:
        raise SourceError(path, 1, f"unknown in the front matter: {', '.join(unknown)}")
    if not isinstance(about.get("order", 0), int):
        raise SourceError(path, 1, f"order: {about['order']!r} is not a whole number")
    if about.get("opening", "first-step") != "first-step":
        raise SourceError(path, 1, f"opening: {about['opening']!r} is not there; first-step is")
    return {key: str(value) for key, value in about.items()}


def validate_addresses(sources: list[Source]) -> None:
    """Check that no two pages have the same address.

    Raises:
        SourceError: Names both files.
    """
    taken: dict[str, Path] = {}
    for source in sources:
        if source.address in taken:
            other = taken[source.address].name
            raise SourceError(source.path, 1, f"its address /{source.address} is that of {other}")
        taken[source.address] = source.path


def page_name(path: Path) -> str:
    """Return the name of a page: the file's, with hyphens, since it becomes an address."""
    name = path.stem.replace("_", "-")
    if not _NAME.fullmatch(name):
        raise SourceError(
            path, 1, "the file's name becomes an address: lower-case letters, digits, hyphens only"
        )
    return name
