"""Outputs in the HTML: text as text, pictures only where they are harmless."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from playground.builder.cells import Cell
from playground.builder.highlight import highlight
from playground.builder.outputs import output_views
from playground.builder.svg import inline_svg
from playground.errors import SourceError
from tests.builder.html import parse_html

CELL = Cell("one", "One", "", Path("lesson.md"), line=7, first_line=8)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def display(**bundle: str) -> dict[str, Any]:
    names = {"svg": "image/svg+xml", "png": "image/png", "html": "text/html", "text": "text/plain"}
    return {"type": "display", "bundle": {names[kind]: data for kind, data in bundle.items()}}


def test_neighbouring_text_is_one_piece() -> None:
    events = [
        {"type": "stdout", "text": "a"},
        {"type": "stdout", "text": "b\n"},
        {"type": "stderr", "text": "careful\n"},
        display(text="'c'"),
        display(svg=SVG.format(""), text="<Diagram>"),
        {"type": "stdout", "text": "d"},
    ]
    found = [(output.kind, output.text) for output in output_views(CELL, events)]
    assert found == [
        ("text", "ab\n"),
        ("stderr", "careful\n"),
        ("text", "'c'\n"),
        ("rich", ""),
        ("text", "d"),
    ]


def test_a_drawing_loses_its_style_and_keeps_the_rest() -> None:
    html = inline_svg(
        SVG.format('<style>a{}</style><g class="x"><style>b</style><path d="M0 0"/></g>')
    )
    assert html == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<g class="x"><path d="M0 0" /></g></svg>'
    )


@pytest.mark.parametrize(
    ("svg", "message"),
    [
        ("<svg", "an SVG that is not XML"),
        ("<svg></svg>", "as SVG an element svg"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "a document type"),
        (SVG.format("<script>alert(1)</script>"), "<script>"),
        (SVG.format('<g onclick="alert(1)"/>'), "attribute onclick"),
        (SVG.format('<path style="fill:url(//x)"/>'), "attribute style"),
        (SVG.format('<use href="#a"/>'), "<use>"),
        (SVG.format('<g href="#a"/>'), "attribute href"),
        (SVG.format('<g xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/>'), "attribute href"),
        (SVG.format('<p xmlns="http://www.w3.org/1999/xhtml"/>'), "<p>"),
        (SVG.format("<foreignObject/>"), "<foreignObject>"),
    ],
)
def test_a_drawing_that_could_do_more_is_refused(svg: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        output_views(CELL, [display(svg=svg, text="x")])
    assert str(caught.value).startswith("lesson.md:7: the cell one displays ")
    assert message in str(caught.value)


def test_html_is_refused() -> None:
    with pytest.raises(SourceError, match=r"lesson\.md:7: the cell one displays text/html"):
        output_views(CELL, [display(html="<b>x</b>", text="x")])


def test_a_png_is_an_image_and_nothing_else_is() -> None:
    data = base64.b64encode(b"\x89PNG\r\n\x1a\n...").decode()
    (output,) = output_views(CELL, [display(png=data, text="x")])
    assert output.html == f'<img src="data:image/png;base64,{data}" alt="">'
    for wrong in ('"><script>', base64.b64encode(b"GIF89a").decode()):
        with pytest.raises(SourceError, match="PNG"):
            output_views(CELL, [display(png=wrong, text="x")])


@pytest.mark.parametrize("source", ["x = 1", "x = 1\n", "\n\nx = '<&>'\n\n", "", "def f(\n"])
def test_highlighting_keeps_every_character(source: str) -> None:
    assert parse_html(str(highlight(source))).text == source
