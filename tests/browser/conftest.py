"""The built site in a real Chromium; a test fails on any error in the console."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.cells import READY, Site, collect_errors, withhold_python

#: A project's page on a static host lives below its name.
SUB_PATH = "/some/where/"

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.fail("The browser tests need Chromium: `make test` installs it, or set CHROMIUM.")
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Leave the service worker to the tests of it: what it fetches and answers, no route sees."""
    return {**browser_context_args, "service_workers": "block"}


class _Handler(http.server.SimpleHTTPRequestHandler):
    """A plain static host: no special headers, and the site below SUB_PATH only."""

    protocol_version = "HTTP/1.1"
    requested: list[str]
    broken: set[str]
    damaged: set[str]
    silent: threading.Event

    def translate_path(self, path: str) -> str:
        inside = path.partition("?")[0].removeprefix(SUB_PATH)
        return super().translate_path(
            "/" + inside if path.startswith(SUB_PATH) else "/nothing-here"
        )

    def do_GET(self) -> None:
        if self.silent.is_set():
            self.close_connection = True
            return
        self.requested.append(self.path)
        if any(name in self.path for name in self.broken):
            self.send_error(404)
            return
        if any(name in self.path for name in self.damaged):
            self._send_damaged()
            return
        super().do_GET()

    def _send_damaged(self) -> None:
        """As by a proxy on the way, and to be kept for ever like every file with a hash in its name."""
        content = bytearray(Path(self.translate_path(self.path)).read_bytes())
        content[1000:1064] = bytes(255 - byte for byte in content[1000:1064])
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="session")
def server(repository: Path) -> Iterator[Site]:
    """`dist/` on a plain static host, below a sub-path."""
    folder = repository / "dist"
    if not (folder / "site.json").is_file():
        pytest.fail("There is no built site: run `make build` first.")
    with served(folder) as site:
        yield site


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    """Serve a folder as `server` does."""
    requested: list[str] = []
    broken: set[str] = set()
    damaged: set[str] = set()
    silent = threading.Event()
    faults = {"requested": requested, "broken": broken, "damaged": damaged, "silent": silent}
    handler = type("Handler", (_Handler,), faults)
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), lambda *args: handler(*args, directory=str(folder))
    ) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        origin = f"http://127.0.0.1:{httpd.server_address[1]}"
        pages = json.loads((folder / "site.json").read_text(encoding="utf-8"))["pages"]
        yield Site(origin, SUB_PATH, requested, broken, damaged, silent, pages)
        httpd.shutdown()


@pytest.fixture
def site(server: Site) -> Iterator[Site]:
    """The site, with nothing broken and nothing requested yet."""
    server.requested.clear()
    yield server
    server.broken.clear()
    server.damaged.clear()


@pytest.fixture(autouse=True)
def no_console_errors(
    request: pytest.FixtureRequest, context: BrowserContext
) -> Iterator[list[str]]:
    """Fail the test on any error that a page reports, unless it is marked `console_errors`."""
    errors: list[str] = []
    collect_errors(context, errors)
    yield errors
    if request.node.get_closest_marker("console_errors") is None:
        assert errors == []


@pytest.fixture(autouse=True)
def python_on_its_way(request: pytest.FixtureRequest, context: BrowserContext) -> None:
    """Do not start Python, which costs seconds, for a test that is marked `python_withheld`."""
    if request.node.get_closest_marker("python_withheld") is not None:
        withhold_python(context)


@pytest.fixture
def lesson(page: Page, site: Site) -> Page:
    """The lesson, with Python ready."""
    page.goto(site.url(""))
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    return page


@pytest.fixture
def play(page: Page, site: Site) -> Page:
    """The page for a script of one's own, with Python ready."""
    page.goto(site.url("play/"))
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    return page


@pytest.fixture(scope="module")
def kept(
    browser: Browser, browser_context_args: dict[str, Any], server: Site
) -> Iterator[tuple[Page, list[str]]]:
    """One such page for all tests of a file, and the errors on its console."""
    errors: list[str] = []
    context = browser.new_context(**browser_context_args)
    collect_errors(context, errors)
    page = context.new_page()
    page.goto(server.url("play/"))
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    yield page, errors
    context.close()


@pytest.fixture
def kept_play(kept: tuple[Page, list[str]]) -> Iterator[Page]:
    """As `play`, without waiting for Python again: a test finds what the one before it has left."""
    page, errors = kept
    size = page.viewport_size
    yield page
    if size is not None:
        page.set_viewport_size(size)
    page.mouse.move(0, 0)
    found, errors[:] = list(errors), []
    assert found == []


@pytest.fixture
def old_engine(page: Page, site: Site) -> Page:
    """The page in an engine without stack switching, as Firefox was before 153 and Safari before 27."""
    described = page.request.get(site.url("play/")).text()
    script = re.search(r'"pyodide.asm.js": (\{.*?\})', described)
    assert script is not None
    entry = json.loads(script[1])
    url = entry["url"]
    original = page.request.get(site.url(f"play/{url}")).text()
    lacking = "delete WebAssembly.Suspending;delete WebAssembly.promising;\n" + original
    content = lacking.encode()
    entry |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}

    def without_suspending(route: Route) -> None:
        route.fulfill(body=lacking, content_type="text/javascript")

    def with_its_hash(route: Route) -> None:
        changed = described.replace(script[1], json.dumps(entry))
        route.fulfill(body=changed, content_type="text/html")

    page.route(f"**/{url.split('/')[-1]}", without_suspending)
    page.route(site.url("play/"), with_its_hash)
    page.goto(site.url("play/"))
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    return page
