"""What measurements in a page need: Playwright, Chromium, and a built site."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playground.errors import PlaygroundError
from playground.project import Project

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@contextmanager
def playwright() -> Iterator[Playwright]:
    """Playwright, which only the tests install.

    Raises:
        PlaygroundError: It is not installed.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        raise PlaygroundError(
            "a measurement in the page needs Playwright. `make test` installs it, as does "
            "`pip install -r requirements/test.txt`"
        ) from None
    with sync_playwright() as found:
        yield found


def chromium() -> str:
    """The path of Chromium.

    Raises:
        PlaygroundError: There is none.
    """
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        raise PlaygroundError(
            "a measurement in the page needs Chromium on the PATH, or its path in CHROMIUM"
        )
    return path


def built_site(project: Project) -> Path:
    """The folder of the built site.

    Raises:
        PlaygroundError: There is none.
    """
    folder = project.root / "dist"
    if not (folder / "play" / "index.html").exists():
        raise PlaygroundError(f"there is no built site in {folder}. Run `make build` first")
    return folder
