"""Serves the site to somebody who is changing it: a page that a build has changed loads itself again.

The built files stay as they are. On their way to the browser, pages get a script that listens for builds; it
and its connection are of the page's own origin, which the page's policy allows as it stands. Each page has a
version, a hash of what was built. The script is told the current one when it begins to listen and after each
build that went well, and compares it with its own: a page that missed some builds, or a restart of the
server, is right again at once, and a page that no build has changed is left alone.
The site's service worker, which keeps pages for visits without a network, is replaced by one that takes
itself away.
"""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from pathlib import Path
from typing import override
from urllib.parse import parse_qs, urlsplit

from playground.serve.builds import Builds
from playground.serve.handler import SiteHandler, SiteServer, locate

_SCRIPT = "/.watch/reload.js"
_VERSIONS = "/.watch/versions"
_SCRIPT_FILE = Path(__file__).with_name("reload.js")
_SERVICE_WORKER = "/service-worker.js"
_WITHDRAW_FILE = Path(__file__).with_name("withdraw.js")

#: How long a connection may be silent, in seconds: using it shows whether the browser is still there.
_SILENCE = 15.0


class ReloadingServer(SiteServer):
    """Serves one folder on localhost, while `builds` says when its content has changed."""

    def __init__(self, folder: Path, port: int, builds: Builds) -> None:
        """Listen at once, as `SiteServer` does."""
        self.builds = builds
        super().__init__(folder, port, ReloadingHandler)


class ReloadingHandler(SiteHandler):
    """Sends pages with the script, and to the script the versions of its page."""

    server: ReloadingServer

    @override
    def do_GET(self) -> None:
        """Send a file, the script, or versions as builds make them."""
        parts = urlsplit(self.path)
        if parts.path == _SCRIPT:
            path = self.server.folder / _SCRIPT.lstrip("/")
            self._send_content(path, _SCRIPT_FILE.read_bytes(), with_body=True)
        elif parts.path == _SERVICE_WORKER:
            path = self.server.folder / _SERVICE_WORKER.lstrip("/")
            self._send_content(path, _WITHDRAW_FILE.read_bytes(), with_body=True)
        elif parts.path == _VERSIONS:
            self._send_versions(parse_qs(parts.query).get("page", ["/"])[0])
        else:
            super().do_GET()

    @override
    def _send(self, path: Path, status: HTTPStatus, *, with_body: bool) -> None:
        # The 404 page's policy allows no script, and the sandbox's frame is no page.
        if path.suffix == ".html" and status is HTTPStatus.OK and not self._is_hashed(path):
            content = _read(path)
            if content is not None:
                self._send_content(path, _with_script(content), with_body=with_body)
                return
        super()._send(path, status, with_body=with_body)

    def _send_content(self, path: Path, content: bytes, *, with_body: bool) -> None:
        """Send what stands for the file at `path`."""
        # Another tag than the file's: `playground serve` may have sent that from this address before.
        tag = f'"watch-{_version(content)}"'
        if self._begin(path, HTTPStatus.OK, tag, len(content)) and with_body:
            self.wfile.write(content)

    def _send_versions(self, page: str) -> None:
        """Send the page's version now and after each build, until the browser leaves."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        told = -1
        while True:
            count = (
                self.server.builds.count if told < 0 else self.server.builds.wait(told, _SILENCE)
            )
            self.wfile.write(b": still here\n\n" if count == told else self._version_event(page))
            told = count

    def _version_event(self, page: str) -> bytes:
        """Return the event for the browser; a page that is gone has none, and stays as it was."""
        path = locate(self.server.folder, page)
        content = None if path is None else _read(path)
        return b": gone\n\n" if content is None else f"data: {_version(content)}\n\n".encode()


def _with_script(page: bytes) -> bytes:
    script = f'<script defer src="{_SCRIPT}" data-version="{_version(page)}"></script>\n</head>'
    return page.replace(b"</head>", script.encode(), 1)


def _read(path: Path) -> bytes | None:
    """Return what is in a file, or None where a build has removed it a moment ago."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        return None


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
