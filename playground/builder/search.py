"""What the page searches: the text of all lessons and examples, section by section."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from itertools import pairwise

from playground.builder.sources import Source


@dataclass
class Section:
    """A page's text from one heading to the next."""

    url: str
    """Relative to the site's root."""
    title: str
    """The page's."""
    heading: str = ""
    """Empty where the text stands above the first heading."""
    text: str = ""
    code: str = ""


def search_index(sources: list[Source]) -> bytes:
    """Return the sections of all pages as JSON."""
    sections = [asdict(section) for source in sources for section in _sections(source)]
    return json.dumps(sections, ensure_ascii=False, separators=(",", ":")).encode()


def _sections(source: Source) -> list[Section]:
    first = Section(source.address, source.title)
    if source.kind == "lesson":
        first.text = source.description
    sections = [first]
    headings = {heading.id: heading.title for heading in source.headings}
    for before, token in pairwise([None, *source.tokens]):
        assert token is not None
        section = sections[-1]
        if token.type == "heading_open":
            name = str(token.attrGet("id"))
            sections.append(Section(f"{source.address}#{name}", source.title, headings[name]))
        elif token.type == "inline" and before is not None and before.type != "heading_open":
            # Markup such as a coloured word's is a child of its own, and no text.
            words = [
                " " if child.type.endswith("break") else child.content
                for child in token.children or []
                if child.type != "html_inline"
            ]
            section.text = f"{section.text} {''.join(words)}".strip()
        elif token.type == "fence" and not token.meta.get("part"):
            # Nobody comes upon a solution by searching.
            section.code += token.content
    if source.kind == "example":
        first.code += source.cells[0].source
        first.text = f"{first.text} {' '.join(source.tags)}".strip()
    return sections
