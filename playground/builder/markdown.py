"""Markdown as lessons and examples use it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup
from mdit_py_plugins.front_matter import front_matter_plugin

from playground.builder.highlight import highlight
from playground.errors import SourceError

_HEADING_ID = re.compile(r"\s*\{#([a-z][a-z0-9-]*)\}$")

Render = Callable[[Token], str | None]
Resolve = Callable[[str], str | None]


@dataclass(frozen=True)
class Heading:
    """An entry of a page's table of contents."""

    id: str
    title: str
    level: int


def parse(text: str) -> list[Token]:
    """Return the tokens of a document; lines in them count in `text`, front matter included."""
    return _parser().parse(text)


def _parser() -> MarkdownIt:
    # Lessons are the project's own sources, so HTML in them is taken as it is.
    parser = MarkdownIt("commonmark", {"html": True, "typographer": False})
    return parser.enable(["table", "strikethrough"]).use(front_matter_plugin)


def headings(tokens: Sequence[Token], path: Path, first_line: int = 1) -> list[Heading]:
    """Give every heading its id, written as `{#id}` or made from its words, and return them.

    Raises:
        SourceError: Two headings have the same id, or one is a page title.
    """
    found: list[Heading] = []
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        line = first_line + (opening.map or [0])[0]
        level = int(opening.tag[1])
        if level == 1:
            raise SourceError(path, line, "headings start at ##; the title stands above the text")
        identifier = _take_id(inline)
        title = _words(inline)
        identifier = identifier or "-".join(re.findall(r"[a-z0-9]+", title.lower()))
        if any(heading.id == identifier for heading in found):
            raise SourceError(
                path, line, f"a second heading has the id {identifier}; add {{#another}}"
            )
        opening.attrSet("id", identifier)
        found.append(Heading(identifier, title, level))
    return found


def _take_id(inline: Token) -> str | None:
    """Remove `{#id}` from the end of a heading and return the id."""
    last = inline.children[-1] if inline.children else None
    match = _HEADING_ID.search(last.content) if last is not None and last.type == "text" else None
    if last is None or match is None:
        return None
    last.content = last.content[: match.start()]
    return match[1]


def resolve_links(
    tokens: Sequence[Token], path: Path, resolve: Resolve, first_line: int = 1
) -> None:
    """Turn links to other sources into links to their pages.

    Args:
        tokens: the document, changed in place.
        path: the file it came from.
        resolve: returns the address for a path as written in the file, or None where there is none.
        first_line: the line of `path` in which the document begins.

    Raises:
        SourceError: A link leads nowhere.
    """
    for token in tokens:
        for child in token.children or []:
            attribute = {"link_open": "href", "image": "src"}.get(child.type)
            if attribute is None:
                continue
            written = str(child.attrGet(attribute))
            parts = urlsplit(written)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            address = resolve(unquote(parts.path))
            if address is None:
                line = first_line + (token.map or [0])[0]
                raise SourceError(path, line, f"the link {written} leads nowhere")
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            child.attrSet(attribute, address + fragment)


def render(tokens: Sequence[Token], fence: Render) -> str:
    """Return the HTML; `fence` may render a fence itself, or return None for plain code."""
    parser = _parser()

    def render_fence(self: object, tokens: Sequence[Token], index: int, *_: object) -> str:
        token = tokens[index]
        own = fence(token)
        return own if own is not None else _plain_code(token)

    parser.add_render_rule("fence", render_fence)
    parser.add_render_rule("code_inline", _code_inline)
    parser.add_render_rule("heading_open", _heading_open)
    parser.add_render_rule("heading_close", _heading_close)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _heading_open(
    self: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, _: object
) -> str:
    return '<div class="heading">' + self.renderToken(tokens, index, options, {})


def _heading_close(self: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    """Put a link to the section beside its heading: inside, it would be a part of the heading's name."""
    identifier = str(tokens[index - 2].attrGet("id") or "")
    title = _words(tokens[index - 1])
    link = Markup('<a class="heading-link" href="#{}" aria-label="Link to “{}”"></a>')
    return f"</{tokens[index].tag}>{link.format(identifier, title)}</div>\n"


def _words(inline: Token) -> str:
    return "".join(
        child.content for child in inline.children or [] if child.type != "html_inline"
    ).strip()


def _code_inline(self: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    return Markup('<code translate="no">{}</code>').format(tokens[index].content)


def _plain_code(token: Token) -> str:
    language = (token.info.split() or ["text"])[0]
    code = highlight(token.content, language)
    return (
        '<pre class="py-code" tabindex="0" translate="no">'
        f'<code class="language-{language}">{code}</code></pre>\n'
    )
