"""The licences of everything in the site that others wrote, read from where it comes from."""

from __future__ import annotations

import json
import platform
import sysconfig
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from playground.builder.archive import read_archive
from playground.builder.bundle import Bundle
from playground.builder.packages import PythonFiles
from playground.errors import PlaygroundError
from playground.fetch import NUMPY
from playground.project import Project

_FILE_NAMES = ("LICENSE", "LICENSE.txt", "LICENSE.md")


@dataclass(frozen=True)
class Licence:
    """One part of the site, and the terms under which it is passed on."""

    name: str
    version: str
    kind: str
    """What it is called in short: an identifier of SPDX where there is one."""
    role: str
    """What it is here for."""
    text: str


def site_licences(project: Project, bundle: Bundle, python: PythonFiles) -> list[Licence]:
    """Return the parts of the site: first its own, then what runs Python, then the page's packages.

    Raises:
        PlaygroundError: A licence is not where it ought to be.
    """
    own = (project.library / "LICENSE").read_text(encoding="utf-8")
    return [
        Licence("Backprop Playground", project.version, "MIT", "This site and its library.", own),
        _pyodide(project),
        _cpython(),
        _numpy(python.files[NUMPY.file_name]),
        *_npm_packages(bundle),
    ]


def _pyodide(project: Project) -> Licence:
    package = json.loads((project.pyodide / "package.json").read_text(encoding="utf-8"))
    # npm's package names its licence without the text; the project's own build tool has it.
    files = distribution("pyodide-build").files or []
    text = next((file.read_text() for file in files if file.name == "LICENSE"), None)
    if text is None or "Mozilla Public License Version 2.0" not in text:
        raise PlaygroundError("pyodide-build has no LICENSE with the Mozilla Public License 2.0")
    role = (
        "Runs Python in the browser. Its source is at https://github.com/pyodide/pyodide. Its WebAssembly "
        "holds, besides Python, what Emscripten adds (musl, LLVM's compiler-rt) and libffi, zlib, bzip2, "
        "Expat, libmpdec and HACL*, each under a licence of its own that permits this; their texts are "
        "in their sources, to which Pyodide's lead."
    )
    return Licence("Pyodide", package["version"], package["license"], role, text)


def _cpython() -> Licence:
    library = Path(sysconfig.get_path("stdlib"))
    # Which of the two it is depends on how Python was installed, as for its own `license()`.
    places = [folder / name for folder in (library, library.parent) for name in _FILE_NAMES]
    found = next((path for path in places if path.is_file()), None)
    if found is None:
        raise PlaygroundError(
            f"Python's own licence is not in {library}; the page of licences needs it. "
            "Install Python with its documentation, or from source"
        )
    role = "The interpreter inside Pyodide, and its standard library."
    # Pyodide's Python is of the builder's version but for the last digit, and so is its licence.
    version = ".".join(platform.python_version_tuple()[:2])
    return Licence("Python", version, "PSF-2.0", role, found.read_text(encoding="utf-8"))


def _numpy(wheel: Path) -> Licence:
    """Return NumPy's licence with those of its parts: a wheel carries them beside what they are of."""
    members = read_archive(wheel, lambda name: name.rpartition("/")[2] in _FILE_NAMES)
    if not any(".dist-info/" in name for name in members):
        raise PlaygroundError(f"{wheel.name} carries no licence")
    texts = [
        f"{name}\n\n{content.decode()}"
        for name, content in sorted(
            members.items(), key=lambda each: (".dist" not in each[0], each)
        )
    ]
    version = wheel.name.split("-")[1]
    return Licence("NumPy", version, "BSD-3-Clause", "Arrays of numbers.", "\n\n".join(texts))


def _npm_packages(bundle: Bundle) -> list[Licence]:
    """Return what Vite found in the scripts, each version of a package once."""
    found = {}
    for path in bundle.licences:
        for each in json.loads(path.read_text(encoding="utf-8")):
            name = each["name"]
            text = each.get("text")
            if not text:
                raise PlaygroundError(f"the npm package {name} has no file with its licence")
            kind = each["identifier"].strip("()")
            version = each["version"]
            found[name, version] = Licence(name, version, kind, "In the page's scripts.", text)
    return [found[each] for each in sorted(found)]
