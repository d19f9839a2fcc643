"""Where things are in a checkout, and where downloads and intermediate results are kept."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from playground.errors import PlaygroundError


class Project:
    """The folders of one checkout."""

    def __init__(self, root: Path) -> None:
        """Name the folders below `root`."""
        self.root: Final = root
        #: The source of the `backprop` package, with its own `pyproject.toml`.
        self.library: Final = root / "pysrc"
        #: The package that runs cells, here and in the browser.
        self.session: Final = root / "playground" / "session"
        #: The page: TypeScript, styles, templates, lessons, examples.
        self.web: Final = root / "web"
        #: The Markdown lessons.
        self.lessons: Final = self.web / "lessons"
        #: The example scripts.
        self.examples: Final = self.web / "examples"
        #: The Jinja2 templates.
        self.templates: Final = self.web / "templates"
        #: Pyodide's core as npm unpacks it.
        self.pyodide: Final = self.web / "node_modules" / "pyodide"
        #: Results of build steps; safe to delete.
        self.cache: Final = root / ".cache"

    @property
    def version(self) -> str:
        """The version of everything in the checkout, which the library's `version.py` alone states.

        Raises:
            PlaygroundError: It states none.
        """
        path = self.library / "backprop" / "version.py"
        found = re.search(r'^__version__ = "([^"]+)"$', path.read_text(), re.MULTILINE)
        if found is None:
            raise PlaygroundError(f'{path} has no line __version__ = "..."')
        return found[1]


def find_project(start: Path | None = None) -> Project:
    """Return the checkout that holds `start`, or the one this package was installed from."""
    candidates = [*_with_parents(start or Path.cwd()), Path(__file__).resolve().parent.parent]
    for folder in candidates:
        if (folder / "web").is_dir() and (folder / "pysrc" / "backprop").is_dir():
            return Project(folder)
    raise PlaygroundError(
        "No Backprop Playground checkout here: a folder with web/ and pysrc/backprop/ is needed. "
        "Run the command inside the checkout."
    )


def _with_parents(folder: Path) -> list[Path]:
    folder = folder.resolve()
    return [folder, *folder.parents]


def download_cache() -> Path:
    """Return the folder of verified downloads, shared by all checkouts of this user."""
    override = os.environ.get("PLAYGROUND_CACHE")
    if override:
        return Path(override)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "backprop-playground"
