"""The text of a lesson or an example as HTML, with its cells and exercises where they stand in it."""

from __future__ import annotations

import json
import posixpath
import sys
from importlib.metadata import version
from pathlib import Path

from markdown_it.token import Token
from markupsafe import Markup

from playground.builder.addresses import address_of, root_of
from playground.builder.cache import BuildCache, digest, digest_tree
from playground.builder.exercises import Exercise
from playground.builder.highlight import highlight
from playground.builder.markdown import Resolve, parse, render, resolve_links
from playground.builder.site import Site
from playground.builder.sources import Source
from playground.builder.templates import Templates
from playground.builder.views import cell_view

_FILE = "article.html"

_PACKAGES = ("jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "mdurl", "pygments")

# What writes the text of a page, besides the templates. It is taken when the code is loaded: a server that
# watches goes on with this code whatever becomes of the files meanwhile.
_WRITERS = digest(
    sys.version, *(version(name) for name in _PACKAGES), digest_tree(Path(__file__).parents[1])
)


def articles(site: Site, templates: Templates, cache: BuildCache) -> dict[str, Markup]:
    """Return the text of each lesson and example, by the address of its page.

    A text is written again only when something changed that it is made from, which is little of what the
    whole page is made from: the addresses of what is searched, for one, change with every word.

    Raises:
        SourceError: A link leads nowhere, or a cell displays what is not fit to be put into the page.
    """
    writers = digest(_WRITERS, digest_tree(templates.folder))
    return {
        source.address: _kept(source, site, templates, cache, writers) for source in site.sources
    }


def _kept(
    source: Source, site: Site, templates: Templates, cache: BuildCache, writers: str
) -> Markup:
    def make(folder: Path) -> None:
        (folder / _FILE).write_text(_article(source, site, templates), encoding="utf-8", newline="")

    # Links are written as paths from one file to another.
    targets = {
        posixpath.relpath(other.path, source.path.parent): other.address for other in site.sources
    }
    circumstances = {
        "kind": source.kind,
        "name": source.name,
        "events": site.events[source.address],
        "targets": targets,
        "solutions": site.options.solutions,
    }
    key = digest(writers, source.text, json.dumps(circumstances))
    folder = cache.folder("articles", key, None, make)
    return Markup((folder / _FILE).read_bytes().decode())


def _article(source: Source, site: Site, templates: Templates) -> Markup:
    events = site.events[source.address]
    root = root_of(source.address)
    numbers = range(1, len(source.cells) + 1) if len(source.cells) > 1 else [None]
    views = {
        cell.id: cell_view(cell, events[cell.id], number)
        for cell, number in zip(source.cells, numbers, strict=False)
    }

    def resolve(written: str) -> str | None:
        address = address_of(source, written, site.sources)
        return None if address is None else root + address

    def fence(token: Token) -> str | None:
        if token.meta.get("part"):
            return ""
        cell = token.meta.get("cell")
        if cell is None:
            return None
        html = templates.macro("cell", views[cell.id], source.name)
        if cell.id in source.exercises:
            exercise = source.exercises[cell.id]
            html += _exercise(exercise, resolve, templates, solutions=site.options.solutions)
        return html

    resolve_links(source.tokens, source.path, resolve, source.first_line)
    text = render(source.tokens, fence)
    if source.kind == "example":
        # The text of an example is its docstring; its only cell stands below.
        text += "".join(templates.macro("cell", view, source.name) for view in views.values())
    return Markup(text)


def _exercise(
    exercise: Exercise, resolve: Resolve, templates: Templates, *, solutions: bool
) -> str:
    hints = []
    for hint in exercise.hints:
        tokens = parse(hint.text)
        resolve_links(tokens, exercise.cell.path, resolve, hint.first_line)
        hints.append(Markup(render(tokens, lambda token: None)))
    # Inside a script element only "<" can begin something else than text.
    check = Markup(json.dumps(exercise.check.source).replace("<", "\\u003c"))
    solution = highlight(exercise.solution.source) if solutions else None
    return templates.macro("exercise", exercise.cell, check, hints, solution)
