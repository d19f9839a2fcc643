"""Answers requests for files of the site."""

from __future__ import annotations

import posixpath
import re
import shutil
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from playground.console import say

# The system's own table differs between machines, and lacks half of these.
MIME_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}

# Names with a content hash: Vite's in assets/, the builder's in assets/ and runtime/.
_HASHED = re.compile(r"(assets|runtime)/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+")


class SiteServer(ThreadingHTTPServer):
    """Serves one folder on localhost."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int, handler: type[SiteHandler] | None = None) -> None:
        """Listen at once, so that a taken port is known before anything is printed."""
        self.folder = folder.resolve()
        super().__init__(("127.0.0.1", port), handler or SiteHandler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Report what went wrong, unless a browser has only left."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class SiteHandler(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    server: SiteServer
    server_version = "playground"
    # Keeps connections open: a page loads some twenty files.
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Send a file."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Send the headers of a file."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: what a person needs to know is said by `_answer`."""

    def _answer(self, *, with_body: bool) -> None:
        parts = urlsplit(self.path)
        path = locate(self.server.folder, parts.path)
        if path is not None and path.is_dir():
            query = f"?{parts.query}" if parts.query else ""
            self._redirect(parts.path + "/" + query)
        elif path is not None:
            self._send(path, HTTPStatus.OK, with_body=with_body)
        else:
            say(f"404 {self.path}")
            self._send(self.server.folder / "404.html", HTTPStatus.NOT_FOUND, with_body=with_body)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        # Two slashes at the beginning would name another host.
        self.send_header("Location", "/" + address.lstrip("/"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, path: Path, status: HTTPStatus, *, with_body: bool) -> None:
        try:
            file = path.open("rb")
        except FileNotFoundError:
            # A build removed it a moment ago, or it is the 404 page of a site that has none.
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        with file:
            information = path.stat()
            tag = f'"{information.st_mtime_ns:x}-{information.st_size:x}"'
            if self._begin(path, status, tag, information.st_size) and with_body:
                self._copy(file)

    def _begin(self, path: Path, status: HTTPStatus, tag: str, length: int) -> bool:
        """Send the headers; return whether content follows, which the browser may have already."""
        unchanged = status is HTTPStatus.OK and self.headers["If-None-Match"] == tag
        self.send_response(HTTPStatus.NOT_MODIFIED if unchanged else status)
        self.send_header("ETag", tag)
        self.send_header("Cache-Control", self._caching(path))
        self.send_header("X-Content-Type-Options", "nosniff")
        if not unchanged:
            kind = MIME_TYPES.get(path.suffix, "application/octet-stream")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(length))
        self.end_headers()
        return not unchanged

    def _copy(self, file: BinaryIO) -> None:
        try:
            shutil.copyfileobj(file, self.wfile)
        except (BrokenPipeError, ConnectionResetError):
            # The browser left the page while it was loading.
            self.close_connection = True

    def _caching(self, path: Path) -> str:
        return "public, max-age=31536000, immutable" if self._is_hashed(path) else "no-cache"

    def _is_hashed(self, path: Path) -> bool:
        return _HASHED.fullmatch(path.relative_to(self.server.folder).as_posix()) is not None


def locate(folder: Path, address: str) -> Path | None:
    """Return the file for an address, a folder for one that lacks its last slash, or None."""
    name = posixpath.normpath("/" + unquote(address)).lstrip("/")
    if "\0" in name:
        return None
    path = folder / name
    if not path.resolve().is_relative_to(folder):
        return None
    if path.is_dir():
        index = path / "index.html"
        if not index.is_file():
            return None
        return index if address.endswith("/") else path
    return path if path.is_file() and not address.endswith("/") else None
