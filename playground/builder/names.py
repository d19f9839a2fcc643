"""The library's names for the editor's completion."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playground.builder.cache import BuildCache, digest, digest_tree
from playground.builder.execution import environment
from playground.errors import PlaygroundError
from playground.project import Project

_FILE = "names.json"


def library_names(project: Project, cache: BuildCache) -> bytes:
    """Return, as JSON, what can be written behind the dot of a module, a tensor, a model.

    Raises:
        PlaygroundError: The library cannot be imported.
    """

    def make(folder: Path) -> None:
        command = [sys.executable, "-P", "-m", "playground.builder.list_names"]
        done = subprocess.run(
            command, env=environment(project), cwd=folder, capture_output=True, check=False
        )
        if done.returncode != 0:
            raise PlaygroundError(f"the library's names cannot be listed:\n{done.stderr.decode()}")
        (folder / _FILE).write_bytes(done.stdout)

    script = Path(__file__).with_name("list_names.py").read_bytes()
    key = digest(sys.version, digest_tree(project.library), script)
    folder = cache.folder("names", key, "Listing the library's names", make)
    return (folder / _FILE).read_bytes()
