"""The Python packages of the site, and the lock over them."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import marshal
import zipfile
from pathlib import Path

import pytest

from tests.builder.conftest import Checkout


def runtime_file(built: Checkout, prefix: str) -> Path:
    (path,) = (built.dist / "runtime").glob(f"{prefix}-*")
    return path


@pytest.fixture
def lock(built: Checkout) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = json.loads(
        runtime_file(built, "pyodide-lock").read_text()
    )["packages"]
    return found


def test_the_lock_holds_what_the_site_ships(
    built: Checkout, lock: dict[str, dict[str, object]]
) -> None:
    assert lock.keys() == {"numpy", "backprop-playground"}
    assert lock["backprop-playground"]["depends"] == ["numpy"]
    for name, package in lock.items():
        wheel = runtime_file(built, f"{name.replace('-', '_')}-*").read_bytes()
        assert hashlib.sha256(wheel).hexdigest() == package["sha256"]


@pytest.mark.parametrize("name", ["numpy", "backprop_playground"])
def test_a_wheel_lists_exactly_what_is_in_it(built: Checkout, name: str) -> None:
    with zipfile.ZipFile(runtime_file(built, f"{name}-*")) as wheel:
        (record,) = [entry for entry in wheel.namelist() if entry.endswith("RECORD")]
        rows = list(csv.reader(io.StringIO(wheel.read(record).decode())))
        assert {row[0] for row in rows} == set(wheel.namelist())
        for path, digest, size in rows:
            if path != record:
                data = wheel.read(path)
                encoded = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
                assert digest == "sha256=" + encoded.rstrip(b"=").decode()
                assert int(size) == len(data)


def test_backprop_ships_sources_and_byte_code_that_is_never_checked(built: Checkout) -> None:
    with zipfile.ZipFile(runtime_file(built, "backprop_playground-*")) as wheel:
        sources = [name for name in wheel.namelist() if name.endswith(".py")]
        assert "backprop/tensor.py" in sources
        assert "backprop/viz/diagram.css" in wheel.namelist()
        for source in sources:
            folder, _, name = source.rpartition("/")
            cached = f"{folder}/__pycache__/{name.removesuffix('.py')}.cpython-313.pyc"
            header_and_code = wheel.read(cached)
            assert int.from_bytes(header_and_code[4:8], "little") == 0b01
            code = marshal.loads(header_and_code[16:])
            assert code.co_filename == f"/lib/python3.13/site-packages/{source}"


@pytest.mark.parametrize("prefix", ["numpy-*", "python_stdlib"])
def test_the_rest_is_byte_code_without_dates(built: Checkout, prefix: str) -> None:
    with zipfile.ZipFile(runtime_file(built, prefix)) as archive:
        names = archive.namelist()
        assert not [name for name in names if name.endswith(".py")]
        assert [name for name in names if name.endswith(".pyc")]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in names:
            if name.endswith(".pyc"):
                assert archive.read(name)[4:8] == b"\x03\0\0\0", "validated by hash, not by date"


def test_the_wheel_for_people_carries_its_licence(built: Checkout, repository: Path) -> None:
    (path,) = (built.dist / "downloads").glob("*.whl")
    licence = (repository / "LICENSE").read_bytes()
    with zipfile.ZipFile(path) as wheel:
        (name,) = [each for each in wheel.namelist() if each.endswith("/licenses/LICENSE")]
        assert wheel.read(name) == licence
    assert (repository / "pysrc" / "LICENSE").read_bytes() == licence


def test_numpy_is_pruned(built: Checkout) -> None:
    with zipfile.ZipFile(runtime_file(built, "numpy-*")) as wheel:
        names = wheel.namelist()
    assert "numpy/_core/multiarray.pyc" in names
    assert "numpy/testing/__init__.pyc" in names
    assert not [name for name in names if "/tests/" in name or "/f2py/" in name]
    assert not [name for name in names if name.endswith((".pyi", ".h", ".a", ".pxd"))]


def test_the_session_ships_alone(built: Checkout) -> None:
    with zipfile.ZipFile(runtime_file(built, "session")) as archive:
        names = archive.namelist()
    assert "playground/__init__.py" in names
    assert "playground/session/session.py" in names
    assert "playground/session/__pycache__/session.cpython-313.pyc" in names
    assert not [
        name for name in names if not name.startswith(("playground/__", "playground/session/"))
    ]
