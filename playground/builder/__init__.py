"""Builds the site: from lessons, examples, the library and the page's sources to a folder of files.

`build` is the whole way in its order. A lesson becomes a page in five steps: `sources` reads it, `execution`
runs its cells, `views` makes ready what they put out, `article` writes its text with the cells in it, and
`pages` puts that into the template.
"""

from __future__ import annotations

import time

from playground.builder.assets import make_assets
from playground.builder.cache import BuildCache
from playground.builder.downloads import write_downloads
from playground.builder.examples import read_examples
from playground.builder.execution import run_cells
from playground.builder.index import INDEX, site_index
from playground.builder.offline import (
    MANIFEST,
    SERVICE_WORKER,
    kept_files,
    service_worker,
    web_manifest,
)
from playground.builder.options import BuildOptions
from playground.builder.packages import python_files
from playground.builder.pages import write_pages
from playground.builder.publish import Files, publish
from playground.builder.site import Site
from playground.builder.sources import Source, read_lessons, validate_addresses
from playground.builder.templates import Templates
from playground.console import say
from playground.errors import PlaygroundError
from playground.project import Project

__all__ = ["BuildOptions", "build", "read_sources"]


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
        events = run_cells(project, sources, cache)
        assets = make_assets(project, python, sources, events, options, cache)
        site = Site(options, sources, events, assets)
        pages = write_pages(site, Templates(project), cache)
        files = assets.files | pages | write_downloads(site)
        # GitHub Pages would otherwise run Jekyll, which drops names that begin with "_".
        files |= {INDEX: site_index(site), ".nojekyll": b""}
        files |= {
            MANIFEST: web_manifest(site.title, assets.app_icons),
            SERVICE_WORKER: service_worker(
                assets.bundle.service_worker, kept_files(pages, assets.files)
            ),
        }
        changed = publish(files, options.output, marker=INDEX)
        cache.forget_unused()
    _report(options, files, pages=len(pages), changed=changed, seconds=time.perf_counter() - start)


def read_sources(project: Project) -> list[Source]:
    """Return all lessons and examples in their order, checked.

    Raises:
        SourceError: One has a mistake.
    """
    sources = read_lessons(project.lessons) + read_examples(project.examples)
    if not any(source.address == "" for source in sources):
        raise PlaygroundError(f"there is no front page: {project.lessons / 'index.md'} is missing")
    validate_addresses(sources)
    return sources


def _report(
    options: BuildOptions, files: Files, *, pages: int, changed: int, seconds: float
) -> None:
    if options.site_url is None:
        say("Without --site-url: canonical links and chat previews are left out.")
    if options.repository is None:
        say("Without --repository: links to the source are left out.")
    size = sum(map(len, files.values())) / 1e6
    what = f"{changed} of {len(files)} files changed" if changed else "nothing changed"
    say(f"{options.output}: {pages} pages, {size:.1f} MB, {what}, {seconds:.1f} s")
