"""A static host that counts what it sends, packs as GitHub Pages does, and can be as slow as a line."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Pipe, Process, Value
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import urlsplit

from playground.serve.handler import MIME_TYPES, locate

#: What GitHub Pages packs with gzip; the rest it sends as it is.
PACKED = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".wasm", ".webmanifest"}

_CHUNK = 16_384


@dataclass(frozen=True)
class Speed:
    """Bits a second, 0 for any number; seconds until an answer begins; whether there is an answer at all."""

    bits: float = 0.0
    delay: float = 0.0
    is_cut: bool = False


class Line:
    """What all connections share: how fast it is, and what it has carried; seen by two processes.

    The host is a process of its own, so that it does not wait for what measures.
    """

    def __init__(self) -> None:
        """Without bounds."""
        self._bits = Value("d", 0.0)
        self._delay = Value("d", 0.0)
        self._sent = Value("q", 0)
        self._is_cut = Value("b", False)
        self._lock = threading.Lock()
        self._free = 0.0

    def be(self, speed: Speed) -> None:
        """Have this speed from now on."""
        self._bits.value, self._delay.value = speed.bits, speed.delay
        self._is_cut.value = speed.is_cut

    @property
    def is_cut(self) -> bool:
        """Whether every connection is closed without an answer."""
        return bool(self._is_cut.value)

    @property
    def sent(self) -> int:
        """Bytes of content that it has carried."""
        return int(self._sent.value)

    def begin(self) -> None:
        """Wait as long as an answer takes to begin."""
        time.sleep(self._delay.value)

    def carry(self, size: int) -> None:
        """Count so many bytes, and return when they are through."""
        self._sent.value += size
        bits = self._bits.value
        if not bits:
            return
        with self._lock:
            begin = max(self._free, time.monotonic())
            self._free = begin + size * 8 / bits
            end = self._free
        time.sleep(max(0.0, end - time.monotonic()))


class _Host(ThreadingHTTPServer):
    """Serves folders on localhost, by the first part of the path."""

    daemon_threads = True

    def __init__(self, folders: dict[str, Path], line: Line) -> None:
        """Listen on a free port."""
        self.folders = {name: folder.resolve() for name, folder in folders.items()}
        self.line = line
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves is no fault."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Host

    def do_GET(self) -> None:
        if self.server.line.is_cut:
            self.close_connection = True
            return
        self.server.line.begin()
        path = self._path()
        if path is None or not path.is_file():
            self.send_error(404)
            return
        packs = path.suffix in PACKED and "gzip" in self.headers.get("Accept-Encoding", "")
        content = _packed(path) if packs else path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", MIME_TYPES.get(path.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content)))
        # As GitHub Pages has it for every file.
        self.send_header("Cache-Control", "max-age=600")
        if packs:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        for start in range(0, len(content), _CHUNK):
            part = content[start : start + _CHUNK]
            self.server.line.carry(len(part))
            self.wfile.write(part)

    def _path(self) -> Path | None:
        """The file below the folder that the path's first part names; never one outside of it."""
        name, _, rest = urlsplit(self.path).path.lstrip("/").partition("/")
        folder = self.server.folders.get(name)
        return None if folder is None else locate(folder, f"/{rest}")

    def log_message(self, format: str, *args: object) -> None:
        pass


@cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), compresslevel=6)


def _serve(folders: dict[str, Path], line: Line, address: Connection) -> None:
    with _Host(folders, line) as host:
        address.send(host.server_port)
        host.serve_forever()


@contextmanager
def hosted(folders: dict[str, Path]) -> Iterator[tuple[str, Line]]:
    """Serve meanwhile; yield the origin and the line to it."""
    line = Line()
    here, there = Pipe()
    process = Process(target=_serve, args=(folders, line, there), daemon=True)
    process.start()
    try:
        yield f"http://localhost:{here.recv()}", line
    finally:
        process.terminate()
        process.join()
