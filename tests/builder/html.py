"""Reads a built page as a browser would find it before any script ran."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Element:
    """A start tag and the text directly below it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Document:
    elements: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, tag: str, **attributes: str) -> list[Element]:
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and wanted.items() <= element.attributes.items()
        ]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.document.elements.append(Element(tag, attributes))

    def handle_data(self, data: str) -> None:
        self.document.text += data
        if self.document.elements:
            self.document.elements[-1].text += data


def parse_html(html: str) -> Document:
    """Return the page's elements in order and all its text."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.document
