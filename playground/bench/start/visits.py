"""What a reader of a page waits for, measured in a real Chromium by the clicks of a reader."""

from __future__ import annotations

import base64
import json
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from playwright.sync_api import ConsoleMessage, Page, Playwright

from playground.bench.browser import FLAGS

#: A step of training of 2, 3 and 1 neurons.
PROGRAM = """\
import torch
torch.manual_seed(0)
model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1))
loss = (model(torch.tensor([[1.0, 2.0]])) - 3).pow(2).sum()
loss.backward()
print("Loss:", round(loss.item(), 4))
"""
_PATIENCE = 180_000


class Subject(Protocol):
    """A page that is measured."""

    #: Where it is, below the host.
    path: str

    def run(self, page: Page) -> None:
        """Return when the output of the program is there; the page was just navigated to."""

    def restart(self, page: Page) -> None:
        """End Python's worker, and return when a new one has given the same output."""


class Plain:
    """Pyodide and NumPy by `loadPyodide` and `loadPackage`, in a worker."""

    path = "plain/"

    def run(self, page: Page) -> None:
        """It runs by itself."""
        page.get_by_role("status").filter(has_text="Loss:").wait_for(timeout=_PATIENCE)

    def restart(self, page: Page) -> None:
        """Another worker, from the browser's cache."""
        page.evaluate("restart()")
        self.run(page)


class Playground:
    """This page: a script from a link, which waits for Run."""

    def __init__(self) -> None:
        """The link is of version 1, which opens for ever."""
        #: How Python was started, each time.
        self.ways: list[str] = []
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = packer.compress(json.dumps({"code": PROGRAM}).encode()) + packer.flush()
        self.path = f"site/play/#1.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"

    def run(self, page: Page) -> None:
        """Run is pressed as soon as the program is there, and waits for Python."""
        page.on("console", self._note)
        self._press_run(page)

    def _press_run(self, page: Page) -> None:
        page.get_by_role("textbox", name="Code").filter(has_text="manual_seed").wait_for()
        page.get_by_role("button", name="Run", exact=True).click()
        page.locator("py-cell:is([data-state=queued], [data-state=running])").wait_for()
        page.locator("py-cell[data-state=done]").wait_for(timeout=_PATIENCE)
        page.get_by_role("region", name="Output").filter(has_text="Loss:").wait_for()

    def _note(self, message: ConsoleMessage) -> None:
        _, told, way = message.text.partition("started by way of: ")
        if told:
            self.ways.append(way.rstrip("."))

    def restart(self, page: Page) -> None:
        """By the button that says so."""
        page.get_by_role("button", name="Restart").click()
        self._press_run(page)


class Browsers:
    """Starts Chromium again and again, with a profile on disk, as a reader has it."""

    def __init__(self, playwright: Playwright, chromium: str, origin: str) -> None:
        """`origin` is the host's, without the path."""
        self._playwright, self._chromium, self._origin = playwright, chromium, origin

    @contextmanager
    def opened(self, profile: Path) -> Iterator[Page]:
        """A page of a browser that keeps its profile in that folder."""
        context = self._playwright.chromium.launch_persistent_context(
            profile,
            executable_path=self._chromium,
            args=FLAGS,
            viewport={"width": 1280, "height": 800},
        )
        try:
            yield context.pages[0]
        finally:
            context.close()

    def visit(self, page: Page, subject: Subject) -> float:
        """Seconds from the navigation to the output."""
        begin = time.perf_counter()
        self.go(page, subject.path)
        subject.run(page)
        return time.perf_counter() - begin

    def go(self, page: Page, path: str) -> None:
        """Open a page, and do not wait for it."""
        page.goto(f"{self._origin}/{path}", wait_until="commit", timeout=_PATIENCE)
