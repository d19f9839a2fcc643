"""The Pyodide project's own CDN."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import requests

from playground.console import download_bar, say
from playground.fetch.artifact import Artifact
from playground.fetch.source import SourceUnavailable

_CONNECT_TIMEOUT = 3.0
_READ_TIMEOUT = 30.0
_ATTEMPTS = 4
_CHUNK = 1 << 16


class PyodideCDN:
    """A plain HTTP download that takes up again where it broke off.

    The environment variable `PLAYGROUND_CDN` names another address that holds the same files.
    """

    def __init__(self, base: str | None = None) -> None:
        """Use `base` as the folder that holds the file, instead of the artifact's own address."""
        self._base = base or os.environ.get("PLAYGROUND_CDN")

    @property
    def name(self) -> str:
        """The source in words."""
        return f"{self._base}" if self._base else "the Pyodide project's CDN"

    def download(self, artifact: Artifact, partial: Path) -> None:
        """Download to `partial`, resuming after a broken connection."""
        address = artifact.address
        if self._base:
            address = f"{self._base.rstrip('/')}/{artifact.file_name}"
        for attempt in range(1, _ATTEMPTS + 1):
            before = _size(partial)
            try:
                _continue(address, artifact, partial)
                if _size(partial) >= artifact.size:
                    return
                problem = "the connection ended early"
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
                if _size(partial) == before:
                    raise SourceUnavailable(
                        f"no connection to {urlsplit(address).netloc}"
                    ) from error
                problem = "the connection broke"
            except requests.RequestException as error:
                raise SourceUnavailable(str(error)) from error
            if attempt < _ATTEMPTS:
                say(f"  {problem} after {_size(partial):,} bytes; continuing from there")
        raise SourceUnavailable(f"{problem} {_ATTEMPTS} times, after {_size(partial):,} bytes")


def _continue(address: str, artifact: Artifact, partial: Path) -> None:
    """Append to `partial` what is missing, or write it anew where the server sends the whole."""
    have = _size(partial)
    if have >= artifact.size:
        partial.unlink()
        have = 0
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    with requests.get(
        address, headers=headers, stream=True, timeout=(_CONNECT_TIMEOUT, _READ_TIMEOUT)
    ) as response:
        if response.status_code >= 400:
            raise SourceUnavailable(f"HTTP status {response.status_code} from {address}")
        if response.status_code != 206:
            have = 0
        with (
            partial.open("ab" if have else "wb") as file,
            download_bar(artifact.file_name, artifact.size, have) as bar,
        ):
            for chunk in response.iter_content(_CHUNK):
                file.write(chunk)
                bar.advance(bar.task_ids[0], len(chunk))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
