"""The snapshot: the memory of a Python that has started and imported what programs begin with.

A start from it skips Python's own start and the imports, which are most of the wait. It is made under Node,
with the very files that the page loads; the page falls back to those where it cannot use it. How it is made
is in `web/src/snapshot/make.ts`, what is in it in `in_snapshot.py`.
"""

from __future__ import annotations

import io
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playground.builder.archive import Members, packed_archive, read_archive
from playground.builder.byte_code import SITE_PACKAGES
from playground.builder.cache import BuildCache, digest
from playground.builder.packages import CORE, LOCK, STANDARD_LIBRARY
from playground.errors import PlaygroundError

_PROGRAM = Path(__file__).with_name("in_snapshot.py")
# Python asks the engine in this way whether it can switch stacks, and remembers the answer. Node 20 cannot,
# most browsers can; where one cannot, it is found out when it is tried.
_ASKS, _SAYS_YES = "()=>jspiSupported}", "()=>true}"


@dataclass(frozen=True)
class Snapshot:
    """What a start from memory needs at once, and what later: archives, as the worker unpacks them."""

    memory: bytes
    packages: bytes


def snapshot(files: dict[str, bytes], script: Path, cache: BuildCache) -> Snapshot:
    """Return the snapshot, made only when something that is in it changed.

    `files` are those that Python reads at a plain start, by name; `script` is the bundled script that makes
    the snapshot.

    Raises:
        PlaygroundError: Python does not start, or cannot import what is to be in it.
    """

    def make(folder: Path) -> None:
        with TemporaryDirectory() as scratch:
            _make(files, script, Path(scratch), folder)

    packing = Path(__file__).with_name("archive.py")
    own = [path.read_bytes() for path in (Path(__file__), packing, _PROGRAM, script)]
    key = digest(*files.values(), *own)
    folder = cache.folder("snapshot", key, "Taking a snapshot of Python", make)
    return Snapshot(*[(folder / name).read_bytes() for name in ("memory", "packages")])


def _make(files: dict[str, bytes], script: Path, scratch: Path, folder: Path) -> None:
    pyodide, packages, result = (scratch / name for name in ("pyodide", "packages", "result"))
    pyodide.mkdir()
    result.mkdir()
    for name in (*CORE, STANDARD_LIBRARY, LOCK):
        (pyodide / name).write_bytes(files[name])
    _say_that_stacks_switch(pyodide / "pyodide.asm.js")
    members: Members = {}
    for name, content in files.items():
        if name.endswith((".whl", ".zip")) and name != STANDARD_LIBRARY:
            members |= read_archive(io.BytesIO(content))
    libraries = {f"{SITE_PACKAGES}/{k}": v for k, v in members.items() if k.endswith(".so")}
    # Libraries are linked before Python starts: to import one, an empty file of its name is enough.
    members |= {name: b"" for name in members if name.endswith(".so")}
    for name, content in members.items():
        path = packages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    linked = []
    for number, (name, content) in enumerate(libraries.items()):
        path = scratch / f"{number}.so"
        path.write_bytes(content)
        linked.append((name, str(path)))
    job = {
        "pyodide": str(pyodide),
        "packages": str(packages),
        "libraries": linked,
        "program": str(_PROGRAM),
        "result": str(result),
    }
    ended = subprocess.run(
        ["node", str(script)], input=json.dumps(job), capture_output=True, text=True, check=False
    )
    made = {path.name: path.read_bytes() for path in sorted(result.iterdir())}
    if ended.returncode != 0 or not made:
        raise PlaygroundError(
            f"the snapshot of Python cannot be made:\n{ended.stderr or ended.stdout}"
        )
    (folder / "memory").write_bytes(packed_archive(made | libraries))
    (folder / "packages").write_bytes(packed_archive(members))


def _say_that_stacks_switch(engine: Path) -> None:
    text = engine.read_text(encoding="utf-8")
    if text.count(_ASKS) != 1:
        raise PlaygroundError(
            f"{engine.name} of this Pyodide does not say once whether it can switch stacks; "
            "see how its `jspiSupported` reaches Python now"
        )
    engine.write_text(text.replace(_ASKS, _SAYS_YES), encoding="utf-8")
