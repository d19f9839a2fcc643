"""Pages in short: as menus, the gallery and the previews in chats tell of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from playground.builder.addresses import file_of
from playground.builder.execution import Events
from playground.builder.outputs import transcript
from playground.builder.picture import Picture
from playground.builder.sources import Source

SITE_TITLE = "Backprop Playground"

_EXCERPT_LINES = 12


@dataclass(frozen=True)
class PageSummary:
    """A page as other pages name it; `address` is relative to the site's root."""

    name: str
    title: str
    description: str
    address: str
    tags: list[str] = field(default_factory=list)
    file: str | None = None
    """The file of an example or a lesson's notebook, beside its page."""
    picture: str | None = None
    """Address of its picture, relative to the site's root."""
    alt: str = ""
    """What the picture shows, in words."""
    excerpt: str = ""
    """What it prints at first, to stand for a picture where there is none."""


PLAY = PageSummary(
    name="play",
    title="Playground",
    description="Write Python with backprop, run it in your browser, and share it as a link.",
    address="play/",
)
EXAMPLES = PageSummary(
    name="examples",
    title="Examples",
    description="Small programs to run, change and share.",
    address="examples/",
)
LICENCES = PageSummary(
    name="licences",
    title="Licences",
    description="What this site is made of, who allows its use, and on what terms.",
    address="licences/",
)
NOT_FOUND = PageSummary(
    name="not-found",
    title="Page not found",
    description="There is no page at this address.",
    address="404.html",
)


def summary_of(source: Source, events: Events, picture: Picture | None) -> PageSummary:
    """Return the summary of a lesson or an example.

    Args:
        source: the lesson or example.
        events: what its cells put out.
        picture: the last that they displayed, or None.
    """
    printed = "".join(transcript(events[cell.id]) for cell in source.cells)
    return PageSummary(
        name=source.name,
        title=source.title,
        description=source.description,
        address=source.address,
        tags=source.tags,
        file=file_of(source),
        picture=None if picture is None else picture.address(source.name),
        alt="" if picture is None else picture.alt,
        excerpt="\n".join(printed.splitlines()[:_EXCERPT_LINES]),
    )
