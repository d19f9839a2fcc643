"""Writes the HTML: sources, outputs and assets go through the templates."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from markdown_it.token import Token
from markupsafe import Markup

from playground import __version__
from playground.builder.bundle import Bundle
from playground.builder.cells import Cell
from playground.builder.examples import PYTORCH
from playground.builder.execution import Events
from playground.builder.exercises import Exercise
from playground.builder.highlight import highlight
from playground.builder.markdown import Resolve, parse, render, resolve_links
from playground.builder.notebook import notebook
from playground.builder.outputs import Output, controls, outputs, transcript
from playground.builder.picture import Picture
from playground.builder.runtime import Runtime
from playground.builder.sandbox import inline_style
from playground.builder.site import (
    EXAMPLES,
    NOT_FOUND,
    PLAY,
    Assets,
    Neighbour,
    Page,
    PageLink,
    Site,
    address_of,
    canonical_of,
    colab_of,
    file_of,
    link,
    not_found_root,
    play_cell,
    root_of,
)
from playground.builder.sources import Source
from playground.builder.templates import Templates
from playground.project import Project

SITE_TITLE = "Backprop Playground"
INDEX = "site.json"


@dataclass(frozen=True)
class CellView:
    """A cell as its template takes it; the text of `code` is `source`."""

    id: str
    number: int | None
    """Its place on the page, counting from 1; None for the only cell of a page."""
    title: str
    needs: tuple[str, ...]
    timed: bool
    tolerance: float | None
    source: str
    code: Markup
    controls: list[dict[str, Any]]
    outputs: list[Output]
    output_id: str
    """The id of its output in the page; empty for none."""
    wide: bool
    """Whether its output stands beside the code where there is room: there is a picture, or will be."""
    broad: bool
    """Whether its output stands below the code and is broader than the text where there is room."""


class PageWriter:
    """Renders the pages of one site."""

    def __init__(
        self,
        project: Project,
        bundled: Bundle,
        runtime: Runtime,
        icon: str,
        *,
        site_url: str | None,
        repository: str | None,
        notebook_branch: str | None,
        solutions: bool,
        sources: list[Source],
        events: dict[str, Events],
        pictures: dict[str, Picture],
        previews: dict[str, str],
        wheel: str,
        search: str,
        names: str,
    ) -> None:
        """Take what all pages share.

        Args:
            project: the checkout, for its templates.
            bundled: the page's scripts and styles.
            runtime: what runs Python.
            icon: address of the favicon, relative to the site's root.
            site_url: absolute address of the site, where it is known.
            repository: absolute address of the source, where it is known.
            notebook_branch: branch of the repository that holds the notebooks, where there is one.
            solutions: whether the solutions of exercises are shown.
            sources: all lessons and examples, in their order.
            events: what their cells put out, by the pages' addresses.
            pictures: the pictures of pages, by the pages' addresses.
            previews: names of the previews for chats, by the pages' addresses; empty without `site_url`.
            wheel: address of the library's wheel, relative to the site's root.
            search: address of what is searched, likewise.
            names: address of the names for completion, likewise.
        """
        self._templates = Templates(project)
        self._bundle = bundled
        self._runtime = runtime
        self._icon = icon
        self._sources = sources
        self._events = events
        self._notebook_branch = notebook_branch
        self._solutions = solutions
        self._previews = previews
        links = {
            source.address: link(
                source, pictures.get(source.address), _printed(source, events[source.address])
            )
            for source in sources
        }
        self._links = links
        self._site = Site(
            title=SITE_TITLE,
            version=__version__,
            site_url=site_url,
            repository=repository,
            lessons=[links[source.address] for source in sources if source.kind == "lesson"],
            examples=[links[source.address] for source in sources if source.kind == "example"],
            tags=sorted({tag for source in sources for tag in source.tags}),
            wheel=wheel,
            search=search,
            names=names,
        )

    def source_page(self, source: Source) -> bytes:
        """Return the page of a lesson or an example."""
        page = self._page(self._links[source.address], source.kind)
        previous, following = self._neighbours(source)
        page = replace(
            page,
            toc=source.headings,
            exercises=len(source.exercises),
            previous=previous,
            next=following,
            tags=source.tags,
            file=file_of(source),
            colab=colab_of(source, self._site.repository, self._notebook_branch)
            if source.kind == "lesson"
            else None,
            pytorch=Markup(PYTORCH.get(source.pytorch, "")),
        )
        numbers = range(1, len(source.cells) + 1) if len(source.cells) > 1 else [None]
        views = {
            cell.id: _view(cell, self._events[source.address][cell.id], number)
            for cell, number in zip(source.cells, numbers, strict=False)
        }
        content = self._content(source, page, views)
        cells = list(views.values())
        return self._render(replace(page, content=content, cells=cells))

    def notebook(self, source: Source) -> bytes:
        """Return a lesson as a notebook."""
        site_url = self._site.site_url

        def resolve(written: str) -> str | None:
            address = source.address if not written else address_of(source, written, self._sources)
            return None if address is None else canonical_of(address, site_url)

        wheel = canonical_of(self._site.wheel, site_url)
        return notebook(
            source, self._events[source.address], resolve, wheel, solutions=self._solutions
        )

    def play_page(self) -> bytes:
        """Return the page for one empty or shared script."""
        page = self._page(PLAY, "play")
        return self._render(replace(page, cells=[_view(play_cell(), [], None, wide=True)]))

    def examples_page(self) -> bytes:
        """Return the list of the examples."""
        return self._render(self._page(EXAMPLES, "examples"))

    def not_found_page(self) -> bytes:
        """Return the page that hosts show for an address that is not there.

        It loads nothing: under whatever address it is shown, no relative one would be right.
        """
        page = self._page(NOT_FOUND, "not_found")
        page = replace(page, root=not_found_root(self._site.site_url), canonical=None)
        sheets = [self._bundle.files[name] for name in self._bundle.styles]
        style = inline_style("".join(path.read_text(encoding="utf-8") for path in sheets))
        return self._templates.render("not_found", page=page, site=self._site, style=style).encode()

    def index(self) -> bytes:
        """Return the list of all pages and their cells, which the tests read."""
        pages = [
            {
                "kind": source.kind,
                "name": source.name,
                "address": source.address,
                "title": source.title,
                "cells": [
                    {
                        "id": cell.id,
                        "title": cell.title,
                        "needs": cell.needs,
                        "timed": cell.timed,
                        "tolerance": cell.tolerance,
                        "exercise": cell.exercise,
                        "text": transcript(self._events[source.address][cell.id]),
                    }
                    for cell in source.cells
                ],
            }
            for source in self._sources
        ]
        return (json.dumps({"version": __version__, "pages": pages}, indent=1) + "\n").encode()

    def _page(self, about: PageLink, kind: str) -> Page:
        preview = self._previews.get(about.address)
        return Page(
            kind=kind,
            name=about.name,
            address=about.address,
            title=about.title,
            description=about.description,
            root=root_of(about.address),
            canonical=canonical_of(about.address, self._site.site_url),
            preview=canonical_of(preview, self._site.site_url) if preview else None,
        )

    def _neighbours(self, source: Source) -> tuple[Neighbour | None, Neighbour | None]:
        root = root_of(source.address)
        same = [other for other in self._sources if other.kind == source.kind]
        found = [Neighbour(other.title, root + other.address) for other in same]
        place = same.index(source)
        previous = found[place - 1] if place > 0 else None
        following = found[place + 1] if place + 1 < len(found) else None
        return previous, following

    def _content(self, source: Source, page: Page, views: dict[str, CellView]) -> Markup:
        def resolve(written: str) -> str | None:
            address = address_of(source, written, self._sources)
            return None if address is None else page.root + address

        def fence(token: Token) -> str | None:
            if token.meta.get("part"):
                return ""
            cell = token.meta.get("cell")
            if cell is None:
                return None
            exercise = source.exercises.get(cell.id)
            below = "" if exercise is None else self._exercise(exercise, resolve)
            return self._templates.macro("cell", views[cell.id], page) + below

        resolve_links(source.tokens, source.path, resolve, source.first_line)
        return Markup(render(source.tokens, fence))

    def _exercise(self, exercise: Exercise, resolve: Resolve) -> str:
        hints = []
        for hint in exercise.hints:
            tokens = parse(hint.text)
            resolve_links(tokens, exercise.cell.path, resolve, hint.first_line)
            hints.append(Markup(render(tokens, lambda token: None)))
        # Inside a script element only "<" can begin something else than text.
        check = Markup(json.dumps(exercise.check.source).replace("<", "\\u003c"))
        solution = highlight(exercise.solution.source) if self._solutions else None
        return self._templates.macro("exercise", exercise.cell, check, hints, solution)

    def _render(self, page: Page) -> bytes:
        return self._templates.render(
            page.kind, page=page, site=self._site, assets=self._assets(page)
        ).encode()

    def _assets(self, page: Page) -> Assets:
        runtime, bundled, root = self._runtime, self._bundle, page.root
        # The runtime's 17 MB are left to the script: on a slow line they would hold it up.
        preload = [root + name for name in bundled.imported]
        return Assets(
            scripts=[root + name for name in bundled.scripts],
            styles=[root + name for name in bundled.styles],
            preload=preload,
            icon=root + self._icon,
            csp=runtime.page_policy,
            runtime_json=runtime.assets_json(root) if page.cells else Markup(),
        )


def _printed(source: Source, events: Events) -> str:
    return "".join(transcript(events[cell.id]) for cell in source.cells)


def _view(
    cell: Cell, events: list[dict[str, Any]], number: int | None, *, wide: bool = False
) -> CellView:
    found = outputs(cell, events)
    return CellView(
        id=cell.id,
        number=number,
        title=cell.title,
        needs=cell.needs,
        timed=cell.timed,
        tolerance=cell.tolerance,
        source=cell.source,
        code=highlight(cell.source),
        controls=controls(events),
        outputs=found,
        output_id=cell.output_id,
        wide=wide or any(output.kind == "rich" for output in found),
        broad=any(output.narrow for output in found),
    )
