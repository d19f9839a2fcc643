"""A diagram as a value: SVG, words that say what is seen, and the numbers as a table."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from ... import tables
from ...host import contract
from .steps import playing
from .svg import Element

#: Stands for the beginning of a diagram's ids until its text, of which they are made, is known.
_NO_KEY, _KEYS = "bp-0000000000", 4


@functools.cache
def style_sheet() -> str:
    """The one style sheet that all diagrams share; the page imports the same file."""
    return files("backprop.viz").joinpath("diagram.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Table:
    """The numbers of a diagram in rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        return tables.text(self.columns, self.rows, right=range(1, len(self.columns)))

    def json(self) -> str:
        """The same for a page: an object with `columns` and `rows`."""
        return json.dumps({"columns": self.columns, "rows": self.rows}, ensure_ascii=False)

    def _repr_html_(self) -> str:
        return tables.markup(self.columns, self.rows)


@dataclass(frozen=True)
class Diagram:
    """A standalone SVG that shows itself in the page and in Jupyter, and can be saved.

    Attributes:
        title: what it is.
        description: what is seen, in words.
        root: the drawing as elements, which nothing changes any more.
        when_shown: called when it is about to be shown by a page or a notebook.
    """

    title: str
    description: str
    root: Element
    _table: Table | Callable[[], Table]
    when_shown: Callable[[], None] | None = field(default=None, repr=False, compare=False)

    @functools.cached_property
    def table(self) -> Table:
        """The same numbers in rows."""
        return self._table if isinstance(self._table, Table) else self._table()

    @property
    def key(self) -> str:
        """A name made of what is drawn: no other diagram has the same."""
        return _key_of(str(self.root))

    @functools.cached_property
    def _svg(self) -> str:
        # Two diagrams in one document must not share an id, and the same diagram must always be the same.
        text = str(self.root)
        return text.replace(_NO_KEY, _key_of(text), _KEYS)

    def _repr_svg_(self) -> str:
        return self._svg

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """The drawing, its words, and its numbers for a page that can show both."""
        if self.when_shown is not None:
            self.when_shown()
        return {
            "text/plain": repr(self),
            "image/svg+xml": self._svg,
            contract.TABLE: self.table.json(),
        }

    def __repr__(self) -> str:
        return f"{self.title}. {self.description}"

    def save(self, path: str | Path) -> None:
        """Write the SVG to a file.

        Raises:
            ValueError: the name does not end in ``.svg``.
        """
        target = Path(path)
        if target.suffix.lower() != ".svg":
            raise ValueError(
                f"a diagram is saved as SVG, but the name is {target.name!r}\n"
                "End it in .svg. For a PNG, open the SVG in a browser, or use the page's export."
            )
        target.write_text(self._svg, encoding="utf-8")


def _key_of(text: str) -> str:
    return f"bp-{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:10]}"


@dataclass(frozen=True)
class Paper:
    """What was drawn, and its size in pixels."""

    body: Element
    width: float
    height: float


def finish(
    paper: Paper,
    *,
    title: str,
    description: str,
    table: Table | Callable[[], Table],
    kind: str,
    steps: int = 0,
    narrow: Paper | None = None,
) -> Diagram:
    """Wrap what was drawn into a document with title, description and style sheet.

    Args:
        paper: what was drawn; up to a width of 460 it is scaled down on a narrow screen.
        title: what it is.
        description: what is seen, in words.
        table: the same numbers in rows, or what makes them when somebody asks for them: the frames of a
            live diagram have no use for one. It must not see later changes.
        kind: the name of the function that draws it.
        steps: how many steps it has: see `steps`.
        narrow: the same drawn for a narrow screen. It lies in the same document, in a group of the class
            ``bp-narrow``, and is seen instead where the root has the class ``is-narrow``;
            ``data-narrow`` and ``data-wide`` of the root are the two view boxes.
    """
    body = paper.body
    if narrow is not None:
        paper.body.attributes["class"] = "bp-wide"
        narrow.body.attributes["class"] = "bp-narrow"
        body = Element("g", {}, [paper.body, narrow.body])
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"backprop-diagram bp-{kind}" + (" is-wide" if paper.width > 460 else ""),
            "viewBox": _view_box(paper),
            "width": f"{paper.width:.0f}",
            "height": f"{paper.height:.0f}",
            "role": "img",
            "aria-labelledby": f"{_NO_KEY}-title {_NO_KEY}-desc",
        },
    )
    if steps:
        root.attributes[contract.STEPS] = str(steps)
    if narrow is not None:
        root.attributes |= {contract.WIDE: _view_box(paper), contract.NARROW: _view_box(narrow)}
    root.add("title", title, id=f"{_NO_KEY}-title")
    root.add("desc", description, id=f"{_NO_KEY}-desc")
    root.add("style", style_sheet() + (playing(body, steps) if steps else ""))
    root.children.append(body)
    return Diagram(title, description, root, table)


def _view_box(paper: Paper) -> str:
    return f"0 0 {paper.width:.0f} {paper.height:.0f}"
