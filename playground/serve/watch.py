"""Builds the site again when one of its sources changes."""

from __future__ import annotations

import os
from pathlib import Path

import watchfiles

from playground.build import BuildOptions, build
from playground.console import say
from playground.errors import PlaygroundError
from playground.project import Project

_WEB_FOLDERS = ("src", "lessons", "examples", "templates", "public")


def build_once(project: Project, output: Path) -> None:
    """Build the site; a mistake in a source is said and left for its author to mend."""
    try:
        build(project, BuildOptions(output))
    except PlaygroundError as error:
        say(f"playground: {error}")


def watch(project: Project, output: Path) -> None:
    """Build the site after every change, until interrupted."""
    folders = [project.library, project.session, *(project.web / name for name in _WEB_FOLDERS)]
    existing = [folder for folder in folders if folder.is_dir()]
    for changes in watchfiles.watch(*existing):
        names = sorted({os.path.relpath(path, project.root) for _, path in changes})
        say(f"Changed: {', '.join(names)}")
        build_once(project, output)
