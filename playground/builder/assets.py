"""What pages load or offer besides themselves: files, and the addresses under which they stand."""

from __future__ import annotations

from dataclasses import dataclass

from playground.builder.bundle import Bundle, bundle
from playground.builder.cache import BuildCache, digest
from playground.builder.execution import Events
from playground.builder.licences import Licence, site_licences
from playground.builder.names import library_names
from playground.builder.offline import draw_icons
from playground.builder.opening import OpeningView, opening_view
from playground.builder.options import BuildOptions
from playground.builder.packages import PythonFiles, library_wheel
from playground.builder.picture import Picture, pictures_of
from playground.builder.preview import Preview, draw_previews
from playground.builder.publish import Files
from playground.builder.runtime import Runtime, runtime
from playground.builder.search import search_index
from playground.builder.sources import Source
from playground.builder.summaries import EXAMPLES, LICENCES, PLAY, SITE_TITLE, PageSummary
from playground.project import Project


@dataclass(frozen=True)
class Assets:
    """The files, and where pages find them; all addresses are relative to the site's root."""

    files: Files
    """All of them, by their addresses."""
    bundle: Bundle
    """The page's scripts and styles."""
    runtime: Runtime
    """What runs Python."""
    icon: str
    app_icons: dict[int, str]
    """Addresses of the icon for launchers, by width in pixels."""
    search: str
    """Address of what is searched."""
    names: str
    """Address of the names for the editor's completion."""
    wheel: str
    """Address of the library's wheel, for people."""
    pictures: dict[str, Picture]
    """The pictures of pages, by the pages' addresses."""
    licences: list[Licence]
    """What the site is made of, and on what terms."""
    opening: OpeningView
    """The first screen of the lessons that begin with it."""
    previews: dict[str, str]
    """Addresses of the previews for chats, by the pages' addresses; empty where there are none."""


def make_assets(
    project: Project,
    python: PythonFiles,
    sources: list[Source],
    events: dict[str, Events],
    options: BuildOptions,
    cache: BuildCache,
) -> Assets:
    """Make what pages load, each file only where something that it depends on changed.

    Raises:
        PlaygroundError: The page's scripts cannot be bundled, or the library cannot be imported.
    """
    bundled = bundle(project, cache)
    running = runtime(project, python, bundled, cache)
    files = {name: path.read_bytes() for name, path in bundled.files.items()} | running.files

    def add(name: str, kind: str, content: bytes) -> str:
        address = f"assets/{name}-{digest(content)}.{kind}"
        files[address] = content
        return address

    favicon = project.web / "public" / "favicon.svg"
    icon = add("favicon", "svg", favicon.read_bytes())
    app_icons = {
        size: add(f"icon-{size}", "png", content)
        for size, content in draw_icons(favicon, cache).items()
    }
    search = add("search", "json", search_index(sources))
    names = add("names", "json", library_names(project, cache))
    wheel, wheel_content = library_wheel(python)
    files[wheel] = wheel_content
    pictures = pictures_of(sources, events)
    for source in sources:
        if source.address in pictures:
            picture = pictures[source.address]
            files[picture.address(source.name)] = picture.content
    previews = {}
    if options.site_url is not None:
        pages: list[Source | PageSummary] = [*sources, EXAMPLES, PLAY, LICENCES]
        drawn = draw_previews([_preview(page, pictures) for page in pages], cache)
        for page, content in zip(pages, drawn, strict=True):
            previews[page.address] = add(f"preview-{page.name}", "png", content)
    licences = site_licences(project, bundled, python)
    opening = opening_view(project, cache)
    return Assets(
        files=files,
        bundle=bundled,
        runtime=running,
        icon=icon,
        app_icons=app_icons,
        search=search,
        names=names,
        wheel=wheel,
        pictures=pictures,
        licences=licences,
        opening=opening,
        previews=previews,
    )


def _preview(page: Source | PageSummary, pictures: dict[str, Picture]) -> Preview:
    return Preview(SITE_TITLE, page.title, page.description, pictures.get(page.address))
