"""Puts the finished site in its folder, so that nobody who reads it meanwhile sees half of it."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import mkstemp

from playground.errors import PlaygroundError

Files = dict[str, bytes]


def publish(files: Files, output: Path, marker: str) -> int:
    """Make `output` hold exactly `files`, and return how many of them changed.

    What pages refer to is written before the pages, each file appears whole, and what is no longer
    needed goes last. Files with the right content are not touched.

    Raises:
        PlaygroundError: The folder holds something else than an earlier site.
    """
    existing = _existing(output, marker)
    changed = 0
    for name in sorted(files, key=lambda name: (name == marker, name.endswith(".html"), name)):
        path = output / name
        if name in existing and path.read_bytes() == files[name]:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, files[name])
        changed += 1
    for name in existing - files.keys():
        path = output / name
        path.unlink()
        _remove_empty(path.parent, output)
        changed += 1
    return changed


def _existing(output: Path, marker: str) -> set[str]:
    if not output.exists():
        return set()
    if not output.is_dir():
        raise PlaygroundError(f"{output} is not a folder; choose another with --output")
    if any(output.iterdir()) and not (output / marker).exists():
        raise PlaygroundError(
            f"{output} holds files that no earlier build wrote (there is no {marker}); "
            "nothing was changed. Choose an empty folder with --output"
        )
    return {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}


def _replace(path: Path, content: bytes) -> None:
    descriptor, name = mkstemp(dir=path.parent, prefix=".writing-")
    scratch = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        scratch.chmod(0o644)
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def _remove_empty(folder: Path, output: Path) -> None:
    while folder != output and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
