"""What a place to download from has to offer."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from playground.fetch.artifact import Artifact


class SourceUnavailable(Exception):
    """This source cannot deliver; the message says why, in words for the person waiting."""


class Source(Protocol):
    """A place to download from. It need not be trusted: the caller checks the hash."""

    @property
    def name(self) -> str:
        """The source in words."""

    def download(self, artifact: Artifact, partial: Path) -> None:
        """Write the whole artifact to `partial`, which may hold its beginning already.

        Raises:
            SourceUnavailable: What arrived before stays in `partial`.
        """
