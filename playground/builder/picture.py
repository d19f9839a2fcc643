"""The picture of a page: the last diagram that its cells displayed."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from playground.builder.cache import digest
from playground.builder.execution import Events
from playground.builder.sources import Source

_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Picture:
    """A picture as a file of its own."""

    content: bytes
    kind: str
    """What its name ends in: "svg" or "png"."""
    alt: str
    """What it is, in words."""

    def address(self, name: str) -> str:
        """Return where the picture of the page `name` stands, relative to the site's root."""
        return f"assets/picture-{name}-{digest(self.content)}.{self.kind}"


def pictures_of(sources: list[Source], events: dict[str, Events]) -> dict[str, Picture]:
    """Return the pictures of pages, by the pages' addresses; `events` are by those too."""
    found = {
        source.address: _last_picture(
            [event for cell in source.cells for event in events[source.address][cell.id]]
        )
        for source in sources
    }
    return {address: picture for address, picture in found.items() if picture is not None}


def _last_picture(events: list[dict[str, Any]]) -> Picture | None:
    """Return the last picture among what cells put out, or None where there is none."""
    for event in reversed(events):
        bundle: dict[str, str] = event["bundle"] if event["type"] == "display" else {}
        if "image/svg+xml" in bundle:
            return _svg(bundle["image/svg+xml"])
        if "image/png" in bundle:
            return Picture(base64.b64decode(bundle["image/png"]), "png", "")
    return None


def _svg(text: str) -> Picture:
    title = ElementTree.fromstring(text).findtext(f"{_SVG}title")
    return Picture(text.encode(), "svg", title or "")
