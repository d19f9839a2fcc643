"""Gets NumPy's WebAssembly wheel, which is on no package registry of its own, and verifies it."""

from __future__ import annotations

from pathlib import Path

from playground.console import say
from playground.errors import PlaygroundError
from playground.fetch.artifact import NUMPY, Artifact
from playground.fetch.cdn import PyodideCDN
from playground.fetch.open_webui import OpenWebUIWheel
from playground.fetch.source import Source, SourceUnavailable
from playground.project import download_cache

__all__ = ["NUMPY", "fetch", "fetch_numpy"]


def fetch_numpy() -> Path:
    """Return the verified NumPy wheel, downloading it unless it is in the cache."""
    return fetch(NUMPY, download_cache(), [PyodideCDN(), OpenWebUIWheel()])


def fetch(artifact: Artifact, cache: Path, sources: list[Source]) -> Path:
    """Return the path of `artifact` in `cache`; take it from the first source that has it.

    The file appears under its name only when its hash is right.

    Raises:
        PlaygroundError: No source could deliver it; says what was tried, and how to do without.
    """
    target = cache / artifact.file_name
    if target.exists():
        if artifact.matches(target):
            return target
        say(f"The file {target} has the wrong content; downloading it again.")
        target.unlink()
    cache.mkdir(parents=True, exist_ok=True)
    partial = cache / f"{artifact.file_name}.part"
    tried: list[str] = []
    for source in sources:
        say(f"Fetching {artifact.file_name} from {source.name} ...")
        try:
            _download(source, artifact, partial)
        except SourceUnavailable as reason:
            say(f"  not available: {reason}")
            tried.append(f"  - {source.name}: {reason}")
            continue
        partial.replace(target)
        return target
    raise PlaygroundError(
        f"{artifact.file_name} could not be downloaded. Tried:\n"
        + "\n".join(tried)
        + "\nWith a connection, run the command again: a broken download is taken up where it "
        "stopped. Without one, get the file on another machine, for example from "
        f"{artifact.address}, and put it here:\n  {target}\n"
        f"Its SHA-256 must be {artifact.sha256} ({artifact.size:,} bytes)."
    )


def _download(source: Source, artifact: Artifact, partial: Path) -> None:
    """Leave the right bytes in `partial`, or raise; wrong bytes are deleted."""
    resumed = partial.exists()
    source.download(artifact, partial)
    if artifact.matches(partial):
        return
    partial.unlink()
    if resumed:
        # The beginning may have come from elsewhere; the source deserves a whole try of its own.
        _download(source, artifact, partial)
        return
    raise SourceUnavailable(f"another SHA-256 than {artifact.sha256} arrived; refused")
