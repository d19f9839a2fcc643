"""The page's scripts and styles, as Vite bundles them."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playground.builder.cache import BuildCache, digest, digest_tree
from playground.errors import PlaygroundError
from playground.project import Project

_ENTRY = "src/main.ts"
_MANIFEST = Path(".vite", "manifest.json")
# Scripts that stand alone: the builder puts each where it belongs.
_SCRIPTS = "scripts"

# Inputs of the builder, not of Vite, and what tools leave behind.
_NOT_BUNDLED = ("node_modules", "build", "lessons", "examples", "templates", "coverage")


@dataclass(frozen=True)
class Bundle:
    """What Vite wrote; all names are relative to the site's root."""

    files: dict[str, Path]
    scripts: list[str]
    imported: list[str]
    styles: list[str]
    frame_script: Path
    worker_script: Path
    service_worker: Path
    snapshot_script: Path
    """Run under Node, here: see `snapshot.py`."""
    licences: list[Path]
    """What Vite says of the packages in each of the three, as JSON."""


def bundle(project: Project, cache: BuildCache) -> Bundle:
    """Return the bundle of the page, building it only when a source of it changed."""

    def make(folder: Path) -> None:
        _run_vite(project)
        shutil.copytree(project.web / "build", folder, dirs_exist_ok=True)

    diagram_style = project.library / "backprop" / "viz" / "diagram.css"
    key = digest(digest_tree(project.web, skip=_NOT_BUNDLED), diagram_style.read_bytes())
    folder = cache.folder("bundle", key, "Bundling the page", make)
    return _read(folder)


def _run_vite(project: Project) -> None:
    if shutil.which("npm") is None:
        raise PlaygroundError(
            "npm is not on PATH; Node 20.19 or newer is needed to bundle the page"
        )
    if not (project.web / "node_modules").is_dir():
        raise PlaygroundError(
            f"{project.web / 'node_modules'} is missing. "
            "Run `npm ci` in web/, or `make build`, which does it."
        )
    result = subprocess.run(
        ["npm", "run", "--silent", "build"],
        cwd=project.web,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise PlaygroundError(f"`npm run build` failed in web/:\n{result.stdout}{result.stderr}")


def _read(folder: Path) -> Bundle:
    manifest = json.loads((folder / _MANIFEST).read_text())
    entry = manifest[_ENTRY]
    imported = _imports(manifest, entry)
    chunks = [entry, *(manifest[key] for key in imported)]
    files = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.relative_to(folder).parts[0] not in (_SCRIPTS, _MANIFEST.parts[0])
    }
    return Bundle(
        files=files,
        scripts=[entry["file"]],
        imported=[manifest[key]["file"] for key in imported],
        styles=[style for chunk in chunks for style in chunk.get("css", [])],
        frame_script=folder / _SCRIPTS / "frame.js",
        worker_script=folder / _SCRIPTS / "worker.js",
        service_worker=folder / _SCRIPTS / "service-worker.js",
        snapshot_script=folder / _SCRIPTS / "make-snapshot.mjs",
        licences=[
            folder / _MANIFEST.parent / "licenses.json",
            folder / _SCRIPTS / "frame-licenses.json",
            folder / _SCRIPTS / "worker-licenses.json",
        ],
    )


def _imports(manifest: dict[str, Any], entry: dict[str, Any]) -> list[str]:
    """Return the keys of all chunks that the entry imports statically, each once."""
    found: list[str] = []
    queue = list(entry.get("imports", []))
    while queue:
        key = queue.pop(0)
        if key not in found:
            found.append(key)
            queue += manifest[key].get("imports", [])
    return found
