"""What the templates take: pages, cells and outputs, made ready to be written as HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from playground.builder.cells import Cell
from playground.builder.highlight import highlight
from playground.builder.markdown import Heading
from playground.builder.opening import OpeningView
from playground.builder.outputs import OutputView, controls, output_views


@dataclass(frozen=True)
class PageView:
    """One page."""

    kind: str
    name: str
    address: str
    title: str
    description: str
    root: str
    """Leads from the page to the site's root: "./", "../" or "../../"."""
    canonical: str | None
    preview: str | None = None
    """Full address of the picture that a chat shows for a link to this page."""
    content: Markup = field(default_factory=Markup)
    toc: list[Heading] = field(default_factory=list)
    previous: NeighbourView | None = None
    next: NeighbourView | None = None
    runs: bool = False
    """Whether there is a cell on it."""
    tags: list[str] = field(default_factory=list)
    file: str | None = None
    """The file of an example or a lesson's notebook, beside its page."""
    exercises: int = 0
    """How many of the cells are exercises."""
    colab: str | None = None
    """Where a lesson's notebook opens in Colab."""
    opening: OpeningView | None = None
    """The picture of the first screen, where the lesson wants it."""
    pytorch: Markup = field(default_factory=Markup)
    """What is said about running it in PyTorch."""


@dataclass(frozen=True)
class NeighbourView:
    """The page before or after; `url` is relative to the page that names it."""

    title: str
    url: str


@dataclass(frozen=True)
class AssetsView:
    """What a page loads; all addresses are relative to the page."""

    scripts: list[str]
    styles: list[str]
    preload: list[str]
    icon: str
    app_icon: str
    csp: str
    runtime_json: Markup


@dataclass(frozen=True)
class CellView:
    """A cell; the text of `code` is its source."""

    id: str
    number: int | None
    """Its place on the page, counting from 1; None for the only cell of a page."""
    title: str
    needs: tuple[str, ...]
    code: Markup
    controls: list[dict[str, Any]]
    outputs: list[OutputView]
    output_id: str
    """The id of its output in the page; empty for none."""
    wide: bool
    """Whether its output stands beside the code where there is room: there is a picture, or will be."""
    broad: bool
    """Whether its output stands below the code and is broader than the text where there is room."""


def cell_view(
    cell: Cell, events: list[dict[str, Any]], number: int | None, *, wide: bool = False
) -> CellView:
    """Return the view of a cell that has run.

    Args:
        cell: the cell.
        events: what it put out.
        number: its place on the page, or None for the only one.
        wide: whether room is kept for a picture even where there is none yet.

    Raises:
        SourceError: What it displays is not fit to be put into the page.
    """
    found = output_views(cell, events)
    return CellView(
        id=cell.id,
        number=number,
        title=cell.title,
        needs=cell.needs,
        code=highlight(cell.source),
        controls=controls(events),
        outputs=found,
        output_id=cell.output_id,
        wide=wide or any(output.kind == "rich" for output in found),
        broad=any(output.narrow for output in found),
    )


def play_view() -> CellView:
    """Return the view of the empty cell of `play/`."""
    empty = Cell(id="play", title="Your code", source="", path=Path("play"), line=1, first_line=1)
    return cell_view(empty, [], None, wide=True)
