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


def _start(checkout: Checkout, *arguments: str) -> Served:
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


def _stop(served: Served) -> None:
    served.process.kill()
    served.process.communicate()


@pytest.fixture(scope="module")
def served(built: Checkout) -> Iterator[Served]:
    server = _start(built)
    yield server
    _stop(server)


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
    server = _start(checkout, "--watch")
    try:
        checkout.index.write_text(lesson("Other words.\n"))
        server.wait_for(r"Changed: web/lessons/index\.md")
        server.wait_for("files changed")
        assert b"Other words." in server.get("/")[1]
        checkout.index.write_text("no front matter\n")
        server.wait_for(r"index\.md:1: a lesson begins with")
        assert b"Other words." in server.get("/")[1]
    finally:
        _stop(server)
