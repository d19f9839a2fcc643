"""Everything that the page loads to run Python, under names that carry a content hash."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from markupsafe import Markup

from playground.builder.archive import write_archive
from playground.builder.bundle import Bundle
from playground.builder.byte_code import add_byte_code
from playground.builder.cache import BuildCache, digest, source_files
from playground.builder.packages import CORE, LOCK, STANDARD_LIBRARY, PythonFiles
from playground.builder.policies import frame_document, page_policy
from playground.builder.snapshot import snapshot
from playground.project import Project

_FOLDER = "runtime"
_SESSION, _SNAPSHOT, _PACKAGES = "session.zip", "snapshot.bin", "packages.bin"


@dataclass(frozen=True)
class Runtime:
    """The runtime's files by their names in the site, and what the page has to know of them."""

    files: dict[str, bytes]
    frame: str
    addresses: dict[str, str]
    starts: dict[str, list[str]]
    """The names of the files that each way to start begins with."""
    later: list[str]
    """The names of those that a start from the snapshot needs only later."""
    packages: list[str]
    page_policy: str
    version: str
    """Of the library, and of everything else in the checkout."""

    @cached_property
    def _hashes(self) -> dict[str, str]:
        """By the files' addresses; 17 MB that every page speaks of are read once."""
        return {
            address: hashlib.sha256(self.files[address]).hexdigest()
            for address in self.addresses.values()
        }

    def assets_json(self, root: str) -> Markup:
        """Return the JSON for a page from which `root` leads to the site's root."""
        assets = {
            "frame": root + self.frame,
            "files": {
                name: {
                    "url": root + address,
                    "bytes": len(self.files[address]),
                    "sha256": self._hashes[address],
                }
                for name, address in self.addresses.items()
            },
            "starts": self.starts,
            "later": self.later,
            "packages": self.packages,
            "version": self.version,
        }
        # Inside a script element only "<" can begin something else than text.
        return Markup(json.dumps(assets, sort_keys=True).replace("<", "\\u003c"))


def runtime(project: Project, python: PythonFiles, bundled: Bundle, cache: BuildCache) -> Runtime:
    """Collect the runtime's files.

    Raises:
        PlaygroundError: The snapshot cannot be made.
    """
    # The HTML parser turns CR LF into LF before the browser takes the hash of the frame's script.
    script = bundled.frame_script.read_text(encoding="utf-8").replace("\r\n", "\n")
    contents = {name: path.read_bytes() for name, path in python.files.items()}
    contents[_SESSION] = _session_archive(project)
    taken = snapshot(contents, bundled.snapshot_script, cache)
    contents["worker.js"] = bundled.worker_script.read_bytes()
    plain = list(contents)
    contents[_SNAPSHOT], contents[_PACKAGES] = taken.memory, taken.packages
    addresses = {name: _address(name, content) for name, content in contents.items()}
    frame_content = frame_document(script).encode()
    frame = _address("frame.html", frame_content)
    files = {addresses[name]: content for name, content in contents.items()}
    return Runtime(
        files=files | {frame: frame_content},
        frame=frame,
        addresses=addresses,
        starts={"plain": plain, "snapshot": [*CORE, LOCK, "worker.js", _SNAPSHOT]},
        later=[STANDARD_LIBRARY, _PACKAGES],
        packages=python.packages,
        page_policy=page_policy(script),
        version=project.version,
    )


def _session_archive(project: Project) -> bytes:
    """Return a zip of the package that runs cells, as it is unpacked into site-packages."""
    sources = [project.session.parent / "__init__.py", *source_files(project.session)]
    base = project.session.parent.parent
    members = {path.relative_to(base).as_posix(): path.read_bytes() for path in sources}
    with TemporaryDirectory() as folder:
        path = Path(folder, "session.zip")
        write_archive(path, add_byte_code(members))
        return path.read_bytes()


def _address(name: str, content: bytes) -> str:
    path = PurePosixPath(name)
    return f"{_FOLDER}/{path.stem}-{digest(content)}{path.suffix}"
