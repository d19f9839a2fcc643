"""The Python packages of the page: standard library, NumPy, `backprop`, and the lock over them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pyodide_lock import PyodideLockSpec
from pyodide_lock.utils import add_wheels_to_spec, update_package_sha256

from playground.builder.archive import read_archive, write_archive, write_wheel
from playground.builder.byte_code import add_byte_code, replace_sources
from playground.builder.cache import BuildCache, digest, digest_tree
from playground.errors import PlaygroundError
from playground.fetch import NUMPY, fetch_numpy
from playground.project import Project

LOCK = "pyodide-lock.json"
STANDARD_LIBRARY = "python_stdlib.zip"
# How the names of the library's wheels begin: `backprop` alone is another distribution on PyPI.
WHEEL = "backprop_playground-"
_EARLIER = "backprop-0.1.0"
CORE = ("pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm")

# What a running NumPy does not need: tests, the Fortran wrapper, and what compilers read.
_NUMPY_FOLDERS = (
    "/tests/",
    "/f2py/",
    "/_pyinstaller/",
    "/_examples/",
    "/include/",
    "/lib/pkgconfig/",
)
_NUMPY_SUFFIXES = (".pyi", ".pxd", ".pyx", ".h", ".c", ".a", ".ini")


@dataclass(frozen=True)
class PythonFiles:
    """The files that Pyodide asks for, by the names under which it does."""

    files: dict[str, Path]
    packages: list[str]


def python_files(project: Project, cache: BuildCache) -> PythonFiles:
    """Return Pyodide's core, the byte-compiled standard library, the wheels and their lock."""
    _require_pyodide(project)
    base = _compiled_base(project, cache)
    wheel_folder = _library_wheel(project, cache)
    lock_folder = _lock(base, wheel_folder, cache)
    lock = PyodideLockSpec.from_json(lock_folder / LOCK)
    files = {name: project.pyodide / name for name in CORE}
    files[STANDARD_LIBRARY] = base / STANDARD_LIBRARY
    files[LOCK] = lock_folder / LOCK
    for package in lock.packages.values():
        folder = base if (base / package.file_name).exists() else wheel_folder
        files[package.file_name] = folder / package.file_name
    return PythonFiles(files, list(lock.packages))


def library_wheel(python: PythonFiles) -> tuple[str, bytes]:
    """Return address and content of the library's wheel for people, who install it with pip.

    Unlike the page's it has no byte code, which pip makes for the Python that it installs into, and
    no hash in its name, which pip reads.
    """
    (path,) = [path for name, path in python.files.items() if name.startswith(WHEEL)]
    sources = read_archive(path, lambda name: not name.endswith(".pyc"))
    with TemporaryDirectory() as folder:
        wheel = Path(folder, path.name)
        write_wheel(wheel, sources)
        return f"downloads/{path.name}", wheel.read_bytes()


def earlier_wheel(wheel_url: str) -> tuple[str, bytes]:
    """Return address and content of a wheel without code, which asks for the one at `wheel_url`.

    Notebooks that were made while the distribution was called `backprop` install what is at this address;
    pip refuses a wheel whose name and version are not those of its address.
    """
    info = f"{_EARLIER}.dist-info"
    lines = [
        "Metadata-Version: 2.1",
        "Name: backprop",
        f"Version: {_EARLIER.partition('-')[2]}",
        "Summary: Installs backprop-playground, which was called so before.",
        f"Requires-Dist: backprop-playground @ {wheel_url}",
    ]
    tags = "Wheel-Version: 1.0\nGenerator: playground\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    members = {
        f"{info}/METADATA": "\n".join([*lines, ""]).encode(),
        f"{info}/WHEEL": tags.encode(),
        f"{info}/RECORD": b"",
    }
    with TemporaryDirectory() as folder:
        wheel = Path(folder, f"{_EARLIER}-py3-none-any.whl")
        write_wheel(wheel, members)
        return f"downloads/{wheel.name}", wheel.read_bytes()


def _require_pyodide(project: Project) -> None:
    missing = [
        name for name in (*CORE, STANDARD_LIBRARY, LOCK) if not (project.pyodide / name).exists()
    ]
    if missing:
        raise PlaygroundError(
            f"Pyodide's core is not in {project.pyodide} ({', '.join(missing)} missing). "
            "Run `npm ci` in web/, or `make build`, which does it."
        )


def _compiled_base(project: Project, cache: BuildCache) -> Path:
    """Return a folder with the standard library and NumPy as byte code, and a lock of NumPy only."""
    original_lock = (project.pyodide / LOCK).read_bytes()
    library = project.pyodide / STANDARD_LIBRARY
    numpy_wheel = fetch_numpy()

    def make(folder: Path) -> None:
        shutil.copyfile(library, folder / STANDARD_LIBRARY)
        write_wheel(folder / NUMPY.file_name, read_archive(numpy_wheel, _numpy_needs))
        lock = PyodideLockSpec.from_dict(json.loads(original_lock))
        # `add_wheels_to_spec` refuses this wheel ("tags don't match"): its platform tag is spelt
        # in the older way. The entry of npm's lock is taken instead, and pointed at it.
        numpy = lock.packages["numpy"]
        numpy.file_name = NUMPY.file_name
        lock.packages = {"numpy": update_package_sha256(numpy, folder / NUMPY.file_name)}
        lock.to_json(folder / LOCK)
        replace_sources(folder, exclude=WHEEL)
        _make_reproducible(folder)

    key = digest(original_lock, library.read_bytes(), NUMPY.sha256, _own_sources())
    return cache.folder("python", key, "Compiling the standard library and NumPy", make)


def _numpy_needs(name: str) -> bool:
    return not (name.endswith(_NUMPY_SUFFIXES) or any(part in name for part in _NUMPY_FOLDERS))


def _make_reproducible(folder: Path) -> None:
    """Write the archives again without dates, and put their new hashes into the lock."""
    library = folder / STANDARD_LIBRARY
    write_archive(library, read_archive(library))
    lock = PyodideLockSpec.from_json(folder / LOCK)
    for package in lock.packages.values():
        wheel = folder / package.file_name
        write_wheel(wheel, read_archive(wheel))
        update_package_sha256(package, wheel)
    lock.to_json(folder / LOCK)


def _library_wheel(project: Project, cache: BuildCache) -> Path:
    """Return a folder that holds the `backprop` wheel, with sources and byte code."""
    key = digest(digest_tree(project.library, skip=_LEFTOVERS), _own_sources())
    return cache.folder(
        "wheel", key, "Building the backprop wheel", lambda folder: _build_wheel(project, folder)
    )


# What other ways of installing or testing the library leave in its folder.
_LEFTOVERS = (
    "build",
    "dist",
    "backprop_playground.egg-info",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
)


def _build_wheel(project: Project, folder: Path) -> None:
    with TemporaryDirectory() as scratch:
        # setuptools builds inside the source folder, and takes up what an earlier build left there.
        source = Path(scratch, "source")
        shutil.copytree(
            project.library, source, ignore=shutil.ignore_patterns("__pycache__", *_LEFTOVERS)
        )
        output = Path(scratch, "wheel")
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
        command += ["--outdir", str(output), str(source)]
        environment = os.environ | {"SOURCE_DATE_EPOCH": "315532800"}
        result = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        )
        if result.returncode != 0:
            raise PlaygroundError(
                f"the backprop wheel does not build:\n{result.stderr or result.stdout}"
            )
        (wheel,) = output.glob("*.whl")
        write_wheel(folder / wheel.name, add_byte_code(read_archive(wheel)))


def _lock(base: Path, wheel_folder: Path, cache: BuildCache) -> Path:
    """Return a folder with the lock of NumPy and `backprop`."""

    def make(folder: Path) -> None:
        lock = PyodideLockSpec.from_json(base / LOCK)
        add_wheels_to_spec(lock, list(wheel_folder.glob("*.whl"))).to_json(folder / LOCK)

    key = digest((base / LOCK).read_bytes(), wheel_folder.name, _own_sources())
    return cache.folder("lock", key, "Locking the packages", make)


def _own_sources() -> str:
    """Return a hash of the code that makes these files: when it changes, they are made again."""
    folder = Path(__file__).parent
    names = ("archive.py", "byte_code.py", "packages.py")
    return digest(sys.version, *[(folder / name).read_bytes() for name in names])
