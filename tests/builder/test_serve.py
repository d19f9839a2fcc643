"""`playground serve`, asked over HTTP."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.builder.conftest import Checkout, lesson
from tests.builder.html import parse_html


@dataclass
class Served:
    process: subprocess.Popen[str]
    port: int

    def get(
        self, address: str, method: str = "GET", **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(
            method,
            address,
            headers={name.replace("_", "-"): text for name, text in headers.items()},
        )
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body

    def wait_for(self, pattern: str) -> str:
        """Read what the command says until a line matches."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            if re.search(pattern, line):
                return line
        raise AssertionError(f"the server ended before it said {pattern!r}")


Start = Callable[..., Served]


def start_server(checkout: Checkout, *arguments: str) -> Served:
    process = subprocess.Popen(
        [sys.executable, "-m", "playground", "serve", "--port", "0", *arguments],
        cwd=checkout.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    served = Served(process, 0)
    match = re.search(r"http://localhost:(\d+)/", served.wait_for("Serving"))
    assert match is not None
    served.port = int(match[1])
    return served


def stop_server(served: Served) -> None:
    served.process.kill()
    served.process.communicate()


@pytest.fixture(scope="module")
def served(built: Checkout) -> Iterator[Served]:
    server = start_server(built)
    yield server
    stop_server(server)


@pytest.mark.parametrize(
    ("prefix", "mime"),
    [
        ("runtime/pyodide.asm-*.wasm", "application/wasm"),
        ("runtime/pyodide-*.js", "text/javascript; charset=utf-8"),
        ("runtime/session-*.zip", "application/zip"),
        ("runtime/backprop_playground-*.whl", "application/zip"),
        ("runtime/pyodide-lock-*.json", "application/json"),
        ("assets/favicon-*.svg", "image/svg+xml"),
        ("assets/*.css", "text/css; charset=utf-8"),
    ],
)
def test_hashed_files_have_their_type_and_are_kept(
    served: Served, built: Checkout, prefix: str, mime: str
) -> None:
    path = next(built.dist.glob(prefix))
    response, body = served.get("/" + path.relative_to(built.dist).as_posix())
    assert (response.status, response.headers["Content-Type"]) == (200, mime)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert body == path.read_bytes()


def test_pages_are_asked_for_again_and_answered_in_short(served: Served) -> None:
    response, body = served.get("/")
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-cache"
    assert b"<h1>" in body
    again, empty = served.get("/", If_None_Match=response.headers["ETag"])
    assert (again.status, empty) == (304, b"")


def test_head_has_no_body(served: Served) -> None:
    response, body = served.get("/", method="HEAD")
    assert (response.status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 1000


def test_a_folder_gets_its_slash(served: Served) -> None:
    response, _ = served.get("/play?a=b")
    assert (response.status, response.headers["Location"]) == (301, "/play/?a=b")
    response, _ = served.get("//play")
    assert response.headers["Location"] == "/play/", "two slashes would name another host"


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/index.html/",
        "/runtime/",
        "/../pyproject.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/%00",
    ],
)
def test_what_is_not_there_is_the_404_page(served: Served, built: Checkout, address: str) -> None:
    response, body = served.get(address)
    assert response.status == 404
    assert body == (built.dist / "404.html").read_bytes()


def test_a_port_in_use_is_said(built: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = built.run("serve", "--port", str(port))
    assert result.returncode == 1
    assert f"port {port} is in use" in result.stderr
    assert f"--port {port + 1}" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_port_that_is_none_is_said(built: Checkout) -> None:
    result = built.run("serve", "--port", "70000")
    assert result.returncode == 1
    assert "70000 is not a port" in result.stderr


def test_a_missing_build_is_said(checkout: Checkout) -> None:
    result = checkout.run("serve")
    assert result.returncode == 1
    assert "there is no built site" in result.stderr
    assert "make build" in result.stderr


def test_a_change_is_built_and_a_mistake_leaves_the_site(checkout: Checkout) -> None:
    server = start_server(checkout, "--watch")
    try:
        checkout.index.write_text(lesson("Other words.\n"))
        server.wait_for(r"Changed: web/lessons/index\.md")
        server.wait_for("files changed")
        assert b"Other words." in server.get("/")[1]
        checkout.index.write_text("no front matter\n")
        server.wait_for(r"index\.md:1: a lesson begins with")
        assert b"Other words." in server.get("/")[1]
    finally:
        stop_server(server)


@dataclass
class Tab:
    """What a browser does with a page of a server that watches: it reads it, and listens for its versions."""

    version: str
    listening: http.client.HTTPResponse

    def next_version(self) -> str:
        for line in self.listening:
            if line.startswith(b"data: "):
                return line.removeprefix(b"data: ").decode().strip()
        raise AssertionError("the server ended the connection")


def _open(server: Served, address: str) -> Tab:
    (script,) = [
        each
        for each in parse_html(server.get(address)[1].decode()).all("script")
        if each.attributes.get("src") == "/.watch/reload.js"
    ]
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", f"/.watch/versions?page={address}")
    return Tab(script.attributes["data-version"], connection.getresponse())


def test_a_page_is_told_of_builds_that_went_well(checkout: Checkout) -> None:
    server = start_server(checkout, "--watch")
    try:
        lesson_tab, play_tab = _open(server, "/"), _open(server, "/play/")
        # A page is told where it stands as soon as it asks, so it can have missed nothing.
        assert lesson_tab.next_version() == lesson_tab.version
        assert play_tab.next_version() == play_tab.version
        checkout.index.write_text("no front matter\n")
        server.wait_for(r"index\.md:1: a lesson begins with")
        checkout.index.write_text(lesson("Other words.\n"))
        # The build with the mistake in it is not told: the next that arrives is the good one.
        told = lesson_tab.next_version()
        assert told != lesson_tab.version
        assert told == _open(server, "/").version
        assert play_tab.next_version() == _open(server, "/play/").version
    finally:
        stop_server(server)
    again = start_server(checkout, "--watch")
    try:
        # Nothing has changed since, so a page that comes back to a new server has nothing to load.
        assert _open(again, "/").next_version() == told
    finally:
        stop_server(again)


def test_what_reloads_a_page_is_in_no_built_file(checkout: Checkout) -> None:
    server = start_server(checkout, "--watch")
    try:
        response, script = server.get("/.watch/reload.js")
        assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert b"EventSource" in script
        # What an earlier server has left in the browser would be shown instead of what was built.
        assert b"unregister" in server.get("/service-worker.js")[1]
        page, sent = server.get("/")
        built = (checkout.dist / "index.html").read_bytes()
        assert sent != built
        assert re.sub(rb'<script defer src="/.watch[^>]*></script>\n', b"", sent) == built
        assert b".watch" not in server.get("/nowhere")[1], "the 404 page allows no script"
        (frame,) = (checkout.dist / "runtime").glob("frame-*.html")
        assert server.get(f"/runtime/{frame.name}")[1] == frame.read_bytes()
        again, nothing = server.get("/", If_None_Match=page.headers["ETag"])
        assert (again.status, nothing) == (304, b"")
    finally:
        stop_server(server)
    plain = start_server(checkout)
    try:
        # A browser that kept the page from the watching server takes the built one now.
        response, sent = plain.get("/", If_None_Match=page.headers["ETag"])
        assert (response.status, sent) == (200, built)
        assert plain.get("/.watch/reload.js")[0].status == 404
        kept = (checkout.dist / "service-worker.js").read_bytes()
        assert plain.get("/service-worker.js")[1] == kept
    finally:
        stop_server(plain)
