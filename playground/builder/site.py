"""The site in memory: which pages there are, and how they refer to each other."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup

from playground.builder.cells import Cell
from playground.builder.markdown import Heading
from playground.builder.notebook import file_name
from playground.builder.picture import Picture
from playground.builder.sources import Source

_EXCERPT_LINES = 12


@dataclass(frozen=True)
class PageLink:
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
    tags: list[str]
    """The tags of all examples, in alphabetical order."""
    wheel: str
    """Address of the library's wheel, relative to the site's root."""
    search: str
    """Address of what is searched, relative to the site's root."""
    names: str
    """Address of the names for the editor's completion, relative to the site's root."""


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
    preview: str | None = None
    """Full address of the picture that a chat shows for a link to this page."""
    content: Markup = field(default_factory=Markup)
    toc: list[Heading] = field(default_factory=list)
    previous: Neighbour | None = None
    next: Neighbour | None = None
    cells: Sequence[object] = ()
    tags: list[str] = field(default_factory=list)
    file: str | None = None
    """The file of an example or a lesson's notebook, beside its page."""
    exercises: int = 0
    """How many of the cells are exercises."""
    colab: str | None = None
    """Where a lesson's notebook opens in Colab."""
    pytorch: Markup = field(default_factory=Markup)
    """What is said about running it in PyTorch."""


@dataclass(frozen=True)
class Assets:
    """What a page loads; all addresses are relative to the page."""

    scripts: list[str]
    styles: list[str]
    preload: list[str]
    icon: str
    csp: str
    runtime_json: Markup


def link(source: Source, picture: Picture | None, printed: str) -> PageLink:
    """Return how other pages name this one; `printed` is the text that its cells put out."""
    return PageLink(
        source.name,
        source.title,
        source.description,
        source.address,
        source.tags,
        file_of(source),
        None if picture is None else picture.address(source.name),
        "" if picture is None else picture.alt,
        "\n".join(printed.splitlines()[:_EXCERPT_LINES]),
    )


def file_of(source: Source) -> str | None:
    """Return the name of what a page offers for download, beside it; None where nothing runs."""
    if source.kind == "example":
        return source.path.name
    return file_name(source) if source.cells else None


def colab_of(source: Source, repository: str | None, branch: str | None) -> str | None:
    """Return where a notebook opens in Colab, which reads branches of repositories on GitHub."""
    parts = urlsplit(repository or "")
    file = file_of(source)
    if parts.netloc != "github.com" or branch is None or file is None:
        return None
    path = parts.path.strip("/").removesuffix(".git")
    return f"https://colab.research.google.com/github/{path}/blob/{branch}/{source.address}{file}"


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


def address_of(source: Source, written: str, sources: list[Source]) -> str | None:
    """Return the address of the page for a link that `source` writes as a path to another source file."""
    target = Path(posixpath.normpath(posixpath.join(source.path.parent.as_posix(), written)))
    return next((other.address for other in sources if other.path == target), None)


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
