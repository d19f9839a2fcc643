"""Builds the site again when one of its sources changes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import watchfiles

from playground.builder import BuildOptions, build
from playground.console import say
from playground.errors import PlaygroundError
from playground.project import Project
from playground.serve.builds import Builds

_WEB_FOLDERS = ("src", "lessons", "examples", "templates", "public")

#: How long the watcher waits for a change before it hands control back, in milliseconds.
_TURN = 200

#: The paths that changed since the last look; often there are none.
Changes = Iterator[list[str]]


def build_once(project: Project, output: Path) -> bool:
    """Build the site; a mistake in a source is said and left for its author to mend.

    Returns:
        Whether the site is now what the sources say.
    """
    try:
        build(project, BuildOptions(output))
    except PlaygroundError as error:
        say(f"playground: {error}")
        return False
    return True


def observe(project: Project) -> Changes:
    """Watch the sources from now on, so that what changes during the first build is seen as well."""
    folders = [project.library, project.session, *(project.web / name for name in _WEB_FOLDERS)]
    watcher = watchfiles.watch(
        *[folder for folder in folders if folder.is_dir()],
        rust_timeout=_TURN,
        yield_on_timeout=True,
    )
    # The system is asked to watch when the first turn begins, not when the generator is made.
    first = next(watcher)

    def changes() -> Changes:
        yield [path for _, path in first]
        for each in watcher:
            yield [path for _, path in each]

    return changes()


def build_on_change(project: Project, output: Path, changes: Changes, builds: Builds) -> None:
    """Build the site after every change and announce it where that went well, until interrupted."""
    for paths in changes:
        if paths:
            names = sorted({os.path.relpath(path, project.root) for path in paths})
            say(f"Changed: {', '.join(names)}")
            if build_once(project, output):
                builds.announce()
