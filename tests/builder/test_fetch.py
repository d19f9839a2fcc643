from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from playground.errors import PlaygroundError
from playground.fetch import fetch
from playground.fetch.artifact import Artifact
from playground.fetch.cdn import PyodideCDN

CONTENT = bytes(range(256)) * 2048
ARTIFACT = Artifact(
    file_name="thing.whl",
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    size=len(CONTENT),
    address="http://nowhere.invalid/thing.whl",
)


class Mirror(ThreadingHTTPServer):
    """A server of one file that can misbehave."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), MirrorHandler)
        self.content = CONTENT
        self.breaks = 0
        self.ignores_ranges = False
        self.ranges: list[str | None] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/full"


class MirrorHandler(BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        mirror = self.server
        asked = None if mirror.ignores_ranges else self.headers["Range"]
        mirror.ranges.append(self.headers["Range"])
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked else 0
        body = mirror.content[start:]
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if mirror.breaks:
            mirror.breaks -= 1
            body = body[: len(body) // 2]
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    with Mirror() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def fetch_from(mirror: Mirror, cache: Path) -> Path:
    return fetch(ARTIFACT, cache, [PyodideCDN(mirror.address)])


def test_a_download_arrives_whole(mirror: Mirror, tmp_path: Path) -> None:
    path = fetch_from(mirror, tmp_path)
    assert path.read_bytes() == CONTENT
    assert [file.name for file in tmp_path.iterdir()] == ["thing.whl"]


def test_a_verified_file_is_not_downloaded_again(mirror: Mirror, tmp_path: Path) -> None:
    fetch_from(mirror, tmp_path)
    fetch_from(mirror, tmp_path)
    assert len(mirror.ranges) == 1


def test_a_broken_download_is_taken_up_where_it_broke(mirror: Mirror, tmp_path: Path) -> None:
    mirror.breaks = 2
    assert fetch_from(mirror, tmp_path).read_bytes() == CONTENT
    half, quarter = len(CONTENT) // 2, len(CONTENT) * 3 // 4
    assert mirror.ranges == [None, f"bytes={half}-", f"bytes={quarter}-"]


def test_a_download_goes_on_in_the_next_run(mirror: Mirror, tmp_path: Path) -> None:
    mirror.breaks = 100
    with pytest.raises(PlaygroundError, match="the connection broke"):
        fetch_from(mirror, tmp_path)
    assert not (tmp_path / "thing.whl").exists()
    mirror.breaks = 0
    mirror.ranges.clear()
    assert fetch_from(mirror, tmp_path).read_bytes() == CONTENT
    assert mirror.ranges[0] is not None


def test_a_server_without_ranges_sends_the_whole_again(mirror: Mirror, tmp_path: Path) -> None:
    mirror.ignores_ranges = True
    mirror.breaks = 1
    assert fetch_from(mirror, tmp_path).read_bytes() == CONTENT


def test_a_beginning_from_elsewhere_does_not_spoil_the_file(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "thing.whl.part").write_bytes(b"something else")
    assert fetch_from(mirror, tmp_path).read_bytes() == CONTENT


def test_other_bytes_are_refused_and_leave_nothing(mirror: Mirror, tmp_path: Path) -> None:
    mirror.content = CONTENT[:-1] + b"!"
    with pytest.raises(PlaygroundError, match="SHA-256"):
        fetch_from(mirror, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_next_source_serves_where_the_first_lies(mirror: Mirror, tmp_path: Path) -> None:
    with Mirror() as liar:
        liar.content = b"!" * len(CONTENT)
        thread = threading.Thread(target=liar.serve_forever, args=(0.01,))
        thread.start()
        sources = [PyodideCDN(liar.address), PyodideCDN(mirror.address)]
        assert fetch(ARTIFACT, tmp_path, list(sources)).read_bytes() == CONTENT
        liar.shutdown()
        thread.join()


def test_a_spoilt_file_in_the_cache_is_replaced(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "thing.whl").write_bytes(b"spoilt")
    assert fetch_from(mirror, tmp_path).read_bytes() == CONTENT


def test_the_command_says_what_it_tried(repository: Path, tmp_path: Path) -> None:
    with Mirror() as closed:
        nobody = closed.address
    result = subprocess.run(
        [sys.executable, "-m", "playground", "fetch"],
        cwd=repository,
        env=os.environ
        | {
            "PLAYGROUND_CACHE": str(tmp_path),
            "PLAYGROUND_CDN": nobody,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(tmp_path),
            "PIP_CONFIG_FILE": os.devnull,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert nobody in result.stderr
    assert "open-webui" in result.stderr
    assert str(tmp_path / "numpy-2.2.5-cp313-cp313-pyodide_2025_0_wasm32.whl") in result.stderr
    assert "3db3c4f3e0448f4d62a85c262692f1260ccd8a91335442bd2442f21ffeddb558" in result.stderr
    assert list(tmp_path.iterdir()) == []
