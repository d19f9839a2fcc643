"""Builds the site: from lessons, examples, the library and the page's sources to a folder of files."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from playground.builder.bundle import bundle
from playground.builder.cache import BuildCache, digest
from playground.builder.examples import read_examples
from playground.builder.execution import Events, run_cells
from playground.builder.names import library_names
from playground.builder.packages import library_wheel, python_files
from playground.builder.pages import INDEX, SITE_TITLE, PageWriter
from playground.builder.picture import Picture, picture_of
from playground.builder.preview import Preview, draw_previews
from playground.builder.publish import Files, publish
from playground.builder.runtime import runtime
from playground.builder.search import search_index
from playground.builder.site import EXAMPLES, PLAY, PageLink, file_of
from playground.builder.sources import Source, check_addresses, read_lessons
from playground.console import say
from playground.errors import PlaygroundError
from playground.project import Project

__all__ = ["BuildOptions", "build", "read_sources"]


@dataclass(frozen=True)
class BuildOptions:
    """Where the site goes, and the absolute addresses that it may mention."""

    output: Path
    site_url: str | None = None
    repository: str | None = None
    notebook_branch: str | None = None
    solutions: bool = True
    """Whether the solutions of exercises are in the pages and the notebooks."""


def build(project: Project, options: BuildOptions) -> None:
    """Build the site. Only what changed since the last time is made again.

    Raises:
        PlaygroundError: Something is missing, or a source has a mistake.
    """
    start = time.perf_counter()
    cache = BuildCache(project.cache)
    with cache.locked():
        # Mistakes in lessons are the most frequent and the quickest to find.
        sources = read_sources(project)
        python = python_files(project, cache)
        events = {source.address: run_cells(project, source, cache) for source in sources}
        bundled = bundle(project, cache)
        running = runtime(project, python, bundled)
        icon = (project.web / "public" / "favicon.svg").read_bytes()
        icon_name = f"assets/favicon-{digest(icon)}.svg"
        wheel_name, wheel = library_wheel(python)
        search = search_index(sources)
        search_name = f"assets/search-{digest(search)}.json"
        names = library_names(project, cache)
        names_name = f"assets/names-{digest(names)}.json"
        pictures = _pictures(sources, events)
        previews = _previews(sources, pictures, cache) if options.site_url else {}
        writer = PageWriter(
            project,
            bundled,
            running,
            icon_name,
            site_url=options.site_url,
            repository=options.repository,
            notebook_branch=options.notebook_branch,
            solutions=options.solutions,
            sources=sources,
            events=events,
            pictures=pictures,
            previews={address: name for address, (name, _) in previews.items()},
            wheel=wheel_name,
            search=search_name,
            names=names_name,
        )
        files = {name: path.read_bytes() for name, path in bundled.files.items()}
        files |= running.files | {icon_name: icon, wheel_name: wheel}
        files |= {search_name: search, names_name: names}
        files |= {
            pictures[source.address].address(source.name): pictures[source.address].content
            for source in sources
            if source.address in pictures
        }
        files |= dict(previews.values())
        files |= _pages(writer, sources)
        changed = publish(files, options.output, marker=INDEX)
        cache.forget_unused()
    if options.site_url is None:
        say("Without --site-url: canonical links and chat previews are left out.")
    if options.repository is None:
        say("Without --repository: links to the source are left out.")
    size = sum(map(len, files.values())) / 1e6
    seconds = time.perf_counter() - start
    what = f"{changed} of {len(files)} files changed" if changed else "nothing changed"
    pages = sum(name.endswith(".html") and "/frame-" not in name for name in files)
    say(f"{options.output}: {pages} pages, {size:.1f} MB, {what}, {seconds:.1f} s")


def read_sources(project: Project) -> list[Source]:
    """Return all lessons and examples in their order, checked.

    Raises:
        SourceError: One has a mistake.
    """
    sources = read_lessons(project.lessons) + read_examples(project.examples)
    if not any(source.address == "" for source in sources):
        raise PlaygroundError(f"there is no front page: {project.lessons / 'index.md'} is missing")
    check_addresses(sources)
    return sources


def _pictures(sources: list[Source], events: dict[str, Events]) -> dict[str, Picture]:
    """Return the pictures of pages, by the pages' addresses."""
    found = {
        source.address: picture_of(
            [event for cell in source.cells for event in events[source.address][cell.id]]
        )
        for source in sources
    }
    return {address: picture for address, picture in found.items() if picture is not None}


def _previews(
    sources: list[Source], pictures: dict[str, Picture], cache: BuildCache
) -> dict[str, tuple[str, bytes]]:
    """Return name and content of the preview of each page that can be shared, by the page's address."""
    shared: list[Source | PageLink] = [*sources, EXAMPLES, PLAY]
    drawn = draw_previews(
        {
            page.address: Preview(
                SITE_TITLE, page.title, page.description, pictures.get(page.address)
            )
            for page in shared
        },
        cache,
    )
    names = {page.address: page.name for page in shared}
    return {
        address: (f"assets/preview-{names[address]}-{digest(content)}.png", content)
        for address, content in drawn.items()
    }


def _pages(writer: PageWriter, sources: list[Source]) -> Files:
    pages = {f"{source.address}index.html": writer.source_page(source) for source in sources}
    examples = [source for source in sources if source.kind == "example"]
    if examples:
        pages["examples/index.html"] = writer.examples_page()
    pages |= {f"{source.address}{source.path.name}": source.text.encode() for source in examples}
    pages |= {
        f"{source.address}{file_of(source)}": writer.notebook(source)
        for source in sources
        if source.kind == "lesson" and source.cells
    }
    return pages | {
        "play/index.html": writer.play_page(),
        "404.html": writer.not_found_page(),
        # GitHub Pages would otherwise run Jekyll, which drops names that begin with "_".
        ".nojekyll": b"",
        INDEX: writer.index(),
    }
