"""Results of build steps, kept under a hash of everything they were made from."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import mkdtemp

from playground.console import say, step

_HASH_LENGTH = 16


def digest(*parts: str | bytes) -> str:
    """Return a short hash of the parts; their borders count."""
    state = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        state.update(f"{len(content)}:".encode())
        state.update(content)
    return state.hexdigest()[:_HASH_LENGTH]


def source_files(folder: Path, skip: Iterable[str] = ()) -> list[Path]:
    """Return the files below `folder`, sorted, without byte code and what is named in `skip`.

    `skip` holds names of files and folders, at any depth.
    """
    skipped = {"__pycache__", *skip}
    found: list[Path] = []
    for parent, folders, names in folder.walk():
        # Pruning in place keeps the walk out of folders such as node_modules.
        folders[:] = [name for name in folders if name not in skipped]
        found += [parent / name for name in names if name not in skipped]
    return sorted(found)


def digest_tree(folder: Path, skip: Iterable[str] = ()) -> str:
    """Return a hash of names and content of the source files below `folder`."""
    parts: list[str | bytes] = []
    for path in source_files(folder, skip):
        parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
    return digest(*parts)


class BuildCache:
    """Folders named after a step and the hash of its inputs: what exists need not be made again."""

    def __init__(self, root: Path) -> None:
        """Keep everything below `root`."""
        self._root = root / "build"
        self._used: set[Path] = set()

    def folder(self, name: str, key: str, title: str | None, make: Callable[[Path], None]) -> Path:
        """Return the folder that `make` filled for these inputs, now or at an earlier build.

        A step that fails or is interrupted leaves nothing behind. One that is too short to be waited for
        has no title, and is not announced.
        """
        target = self._root / name / key
        self._used.add(target)
        if target.exists():
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(mkdtemp(dir=target.parent, prefix="unfinished-"))
        try:
            with step(title) if title is not None else nullcontext():
                make(scratch)
            scratch.rename(target)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return target

    def holds(self, name: str, key: str) -> bool:
        """Whether an earlier build left the result of a step for these inputs."""
        return (self._root / name / key).exists()

    def forget_unused(self) -> None:
        """Delete the results that the build that ends now did not use."""
        for path in self._root.glob("*/*"):
            if path not in self._used:
                shutil.rmtree(path)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other builds of this checkout waiting meanwhile."""
        self._root.mkdir(parents=True, exist_ok=True)
        with (self._root / ".lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another build of this checkout is running; waiting for it ...")
                fcntl.flock(file, fcntl.LOCK_EX)
            self._used.clear()
            yield
