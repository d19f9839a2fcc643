"""A checkout of its own for tests that change sources, and the real command to build it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Checkout:
    """A copy of the sources, with `playground` run as a person would."""

    root: Path

    @property
    def dist(self) -> Path:
        return self.root / "dist"

    @property
    def index(self) -> Path:
        """The Markdown of the front page."""
        return self.root / "web" / "lessons" / "index.md"

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "playground", *arguments],
            cwd=self.root,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def build(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        result = self.run("build", *arguments)
        assert result.returncode == 0, result.stderr
        return result


def copy_sources(repository: Path, root: Path) -> Checkout:
    """Copy what git would hold; packages that npm installed are shared."""
    leftovers = shutil.ignore_patterns("__pycache__", "node_modules", "build", "*.egg-info")
    for name in ("pysrc", "playground", "web"):
        # `playground/builder` is a source, `web/build` and `pysrc/build` are not.
        ignore = shutil.ignore_patterns("__pycache__") if name == "playground" else leftovers
        shutil.copytree(repository / name, root / name, ignore=ignore)
    (root / "web" / "node_modules").symlink_to(repository / "web" / "node_modules")
    return Checkout(root)


@pytest.fixture(scope="session")
def built(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout with its built site; tests only read it."""
    checkout = copy_sources(repository, tmp_path_factory.mktemp("built"))
    share_results(repository, checkout)
    checkout.build()
    return checkout


@pytest.fixture
def checkout(built: Checkout, repository: Path, tmp_path: Path) -> Checkout:
    """A checkout that a test may change, with one short lesson, not built yet."""
    checkout = copy_sources(repository, tmp_path)
    share_results(built.root, checkout)
    for folder in ("lessons", "examples"):
        shutil.rmtree(checkout.root / "web" / folder, ignore_errors=True)
    checkout.index.parent.mkdir()
    checkout.index.write_text(lesson('```python {#answer title="Answer"}\nprint(6 * 7)\n```\n'))
    return checkout


@pytest.fixture
def write_lesson(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a front page from its whole text and returns the folder of lessons."""

    def write(text: str) -> Path:
        folder = tmp_path / "lessons"
        folder.mkdir(exist_ok=True)
        (folder / "index.md").write_text(text, encoding="utf-8")
        return folder

    return write


def lesson(body: str, title: str = "A lesson") -> str:
    """Return a lesson whose body begins in line 6."""
    return f"---\ntitle: {title}\ndescription: A sentence.\n---\n\n{body}"


def share_results(origin: Path, checkout: Checkout) -> None:
    """Start from the results of an earlier build, as a second build of one checkout would."""
    results = origin / ".cache" / "build"
    if results.is_dir():
        shutil.copytree(
            results,
            checkout.root / ".cache" / "build",
            ignore=shutil.ignore_patterns("unfinished-*"),
        )
