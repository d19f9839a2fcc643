"""Where things are in a checkout, and where downloads and intermediate results are kept."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from playground.errors import PlaygroundError


@dataclass(frozen=True)
class Project:
    """The folders of one checkout."""

    root: Path

    @property
    def library(self) -> Path:
        """The source of the `backprop` package, with its own `pyproject.toml`."""
        return self.root / "pysrc"

    @property
    def session(self) -> Path:
        """The package that runs cells, here and in the browser."""
        return self.root / "playground" / "session"

    @property
    def web(self) -> Path:
        """The page: TypeScript, styles, templates, lessons, examples."""
        return self.root / "web"

    @property
    def lessons(self) -> Path:
        """The folder of the Markdown lessons."""
        return self.web / "lessons"

    @property
    def examples(self) -> Path:
        """The folder of the example scripts."""
        return self.web / "examples"

    @property
    def templates(self) -> Path:
        """The folder of the Jinja2 templates."""
        return self.web / "templates"

    @property
    def pyodide(self) -> Path:
        """Pyodide's core as npm unpacks it."""
        return self.web / "node_modules" / "pyodide"

    @property
    def cache(self) -> Path:
        """Results of build steps; safe to delete."""
        return self.root / ".cache"


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
