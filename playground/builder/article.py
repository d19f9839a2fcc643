"""The text of a lesson or an example as HTML, with its cells and exercises where they stand in it."""

from __future__ import annotations

import json

from markdown_it.token import Token
from markupsafe import Markup

from playground.builder.addresses import address_of
from playground.builder.exercises import Exercise
from playground.builder.highlight import highlight
from playground.builder.markdown import Resolve, parse, render, resolve_links
from playground.builder.site import Site
from playground.builder.sources import Source
from playground.builder.templates import Templates
from playground.builder.views import PageView


def article(source: Source, page: PageView, site: Site, templates: Templates) -> Markup:
    """Return the text as it stands in `page`, whose cells are ready.

    Raises:
        SourceError: A link leads nowhere.
    """
    views = {view.id: view for view in page.cells}

    def resolve(written: str) -> str | None:
        address = address_of(source, written, site.sources)
        return None if address is None else page.root + address

    def fence(token: Token) -> str | None:
        if token.meta.get("part"):
            return ""
        cell = token.meta.get("cell")
        if cell is None:
            return None
        html = templates.macro("cell", views[cell.id], page)
        if cell.id in source.exercises:
            exercise = source.exercises[cell.id]
            html += _exercise(exercise, resolve, templates, solutions=site.options.solutions)
        return html

    resolve_links(source.tokens, source.path, resolve, source.first_line)
    return Markup(render(source.tokens, fence))


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
