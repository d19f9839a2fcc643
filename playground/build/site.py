"""The site in memory: which pages there are, and how they refer to each other."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup

from playground.build.cells import Cell
from playground.build.markdown import Heading
from playground.build.sources import Source


@dataclass(frozen=True)
class PageLink:
    """A page as other pages name it; `address` is relative to the site's root."""

    name: str
    title: str
    description: str
    address: str
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Neighbour:
    """The page before or after; `url` is relative to the page that names it."""

    title: str
    url: str


@dataclass(frozen=True)
class Site:
    """What all pages share."""

    title: str
    version: str
    site_url: str | None
    repository: str | None
    lessons: list[PageLink]
    examples: list[PageLink]


@dataclass(frozen=True)
class Page:
    """One page, ready for its template."""

    kind: str
    name: str
    address: str
    title: str
    description: str
    root: str
    """Leads from the page to the site's root: "./", "../" or "../../"."""
    canonical: str | None
    content: Markup = field(default_factory=Markup)
    toc: list[Heading] = field(default_factory=list)
    previous: Neighbour | None = None
    next: Neighbour | None = None
    cells: Sequence[object] = ()
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Assets:
    """What a page loads; all addresses are relative to the page."""

    scripts: list[str]
    styles: list[str]
    preload: list[str]
    icon: str
    csp: str
    runtime_json: Markup


def link(source: Source) -> PageLink:
    """Return how other pages name this one."""
    return PageLink(source.name, source.title, source.description, source.address, source.tags)


def root_of(address: str) -> str:
    """Return the relative way from the page at `address` to the site's root."""
    return "../" * address.count("/") or "./"


def canonical_of(address: str, site_url: str | None) -> str | None:
    """Return the page's full address, where the site's is known."""
    return None if site_url is None else urljoin(with_slash(site_url), address)


def with_slash(url: str) -> str:
    """Return the address of a folder."""
    return url if url.endswith("/") else url + "/"


def not_found_root(site_url: str | None) -> str:
    """Return the way from the 404 page to the site's root.

    Hosts show that page under any address, however deep, so no relative way is right everywhere: it is
    the path of the site's address, and the host's root where that address is not known.
    """
    return "/" if site_url is None else urlsplit(with_slash(site_url)).path


def relative_link(source: Source, written: str, sources: list[Source]) -> str | None:
    """Return the page address for a link that `source` writes as a path to another source file."""
    target = Path(posixpath.normpath(posixpath.join(source.path.parent.as_posix(), written)))
    for other in sources:
        if other.path == target:
            return root_of(source.address) + other.address
    return None


PLAY = PageLink(
    name="play",
    title="Playground",
    description="Write Python with backprop, run it in your browser, and share it as a link.",
    address="play/",
)
EXAMPLES = PageLink(
    name="examples",
    title="Examples",
    description="Small programs to run, change and share.",
    address="examples/",
)
NOT_FOUND = PageLink(
    name="not-found",
    title="Page not found",
    description="There is no page at this address.",
    address="404.html",
)


def play_cell() -> Cell:
    """Return the empty cell of the playground page."""
    return Cell(id="play", title="Your code", source="", path=Path("play"), line=1, first_line=1)
