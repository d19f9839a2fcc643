"""The picture that a chat shows for a link: a page's title, and its diagram where it has one."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import resvg_py

from playground.builder.cache import BuildCache, digest
from playground.builder.picture import Picture
from playground.builder.plain_css import plain_css

WIDTH, HEIGHT = 1200, 630

_SVG = "{http://www.w3.org/2000/svg}"
# The page's light colours, and a font that comes with the builder: the same on every machine.
_GROUND, _TEXT, _SOFT, _RAISED, _BORDER = "#fdfcfa", "#22262b", "#545b64", "#ffffff", "#dcd8d0"
_FONT = "Source Sans Pro"
_FONT_FILES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf", "SourceSansPro-Bold.ttf")


@dataclass(frozen=True)
class Preview:
    """What is in a preview."""

    site: str
    title: str
    description: str
    picture: Picture | None

    def svg(self) -> str:
        """Return the preview as SVG."""
        diagram = self.picture if self.picture is not None and self.picture.kind == "svg" else None
        across = 19 if diagram else 34
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
            f'font-family="{_FONT}">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_GROUND}"/>',
            f'<text x="72" y="108" font-size="30" font-weight="600" fill="{_SOFT}">'
            f"{escape(self.site)}</text>",
        ]
        y = 210
        for line in _wrap(self.title, across, 4):
            parts.append(_text(line, y, 66, 700, _TEXT))
            y += 76
        y += 8
        for line in _wrap(self.description, across * 2, max(1, (HEIGHT - 40 - y) // 42)):
            parts.append(_text(line, y, 32, 400, _SOFT))
            y += 42
        if diagram is not None:
            parts.append(_diagram(diagram))
        return "".join([*parts, "</svg>"])

    def png(self) -> bytes:
        """Return the preview as PNG; the same on every machine of one kind."""
        folder = files("font_source_sans_pro") / "files"
        return resvg_py.svg_to_bytes(
            svg_string=self.svg(),
            skip_system_fonts=True,
            font_files=[str(folder / name) for name in _FONT_FILES],
            sans_serif_family=_FONT,
        )


def draw_previews(previews: list[Preview], cache: BuildCache) -> list[bytes]:
    """Return each preview as PNG, in the same order; drawn only when something changed."""

    def make(folder: Path) -> None:
        for preview in previews:
            (folder / digest(preview.svg())).write_bytes(preview.png())

    key = digest(*[preview.svg() for preview in previews], resvg_py.__version__)
    folder = cache.folder("previews", key, "Drawing the previews for chats", make)
    return [(folder / digest(preview.svg())).read_bytes() for preview in previews]


def _wrap(text: str, width: int, lines: int) -> list[str]:
    return textwrap.wrap(text, width, max_lines=lines, placeholder=" …")


def _text(line: str, y: int, size: int, weight: int, colour: str) -> str:
    return (
        f'<text x="72" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}">'
        f"{escape(line)}</text>"
    )


def _diagram(picture: Picture) -> str:
    """Return the diagram in a frame on the right."""
    root = ElementTree.fromstring(picture.content.decode())
    for style in root.iter(f"{_SVG}style"):
        style.text = plain_css(style.text or "")
    root.attrib |= {"x": "676", "y": "56", "width": "468", "height": "518"}
    text = ElementTree.tostring(root, encoding="unicode")
    return (
        f'<rect x="652" y="40" width="508" height="550" rx="12" fill="{_RAISED}" stroke="{_BORDER}"/>'
        + text
    )
