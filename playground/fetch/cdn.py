"""The Pyodide project's own CDN."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import requests

from playground.console import download_bar, say
from playground.fetch.artifact import Artifact
from playground.fetch.source import SourceUnavailable

_CONNECT_TIMEOUT = 3.0
_READ_TIMEOUT = 30.0
_ATTEMPTS = 4
# A chunk that breaks off is lost, so it must not be large.
_CHUNK = 1 << 14


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
            try:
                _continue(address, artifact, partial)
                return
            except _BrokenError as error:
                problem = f"{error} after {_size(partial):,} bytes"
            if attempt < _ATTEMPTS:
                say(f"  {problem}; continuing from there")
        raise SourceUnavailable(f"{problem}, at the last of {_ATTEMPTS} attempts")


class _BrokenError(Exception):
    """The connection was there and broke."""


def _continue(address: str, artifact: Artifact, partial: Path) -> None:
    """Append to `partial` what is missing, or write it anew where the server sends the whole."""
    have = _size(partial)
    if have >= artifact.size:
        partial.unlink()
        have = 0
    headers = {"Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    try:
        response = requests.get(
            address, headers=headers, stream=True, timeout=(_CONNECT_TIMEOUT, _READ_TIMEOUT)
        )
    except requests.ConnectionError as error:
        raise SourceUnavailable(f"no connection to {urlsplit(address).netloc}") from error
    except requests.RequestException as error:
        raise SourceUnavailable(str(error)) from error
    with response:
        if response.status_code >= 400:
            raise SourceUnavailable(f"HTTP status {response.status_code} from {address}")
        resumed = response.status_code == 206
        with partial.open("ab" if resumed else "wb") as file:
            _receive(response, file, artifact, have if resumed else 0)


def _receive(response: requests.Response, file: BinaryIO, artifact: Artifact, have: int) -> None:
    with download_bar(artifact.file_name, artifact.size, have) as bar:
        try:
            for chunk in response.iter_content(_CHUNK):
                file.write(chunk)
                bar.advance(bar.task_ids[0], len(chunk))
        except requests.RequestException as error:
            raise _BrokenError("the connection broke") from error


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
