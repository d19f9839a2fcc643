"""Byte code that stays valid wherever and whenever it is unpacked."""

from __future__ import annotations

import compileall
import os
import py_compile
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playground.builder.archive import Members
from playground.errors import PlaygroundError

SITE_PACKAGES = "/lib/python3.13/site-packages"


def add_byte_code(members: Members) -> Members:
    """Return the files with the `.pyc` of each `.py` beside it in `__pycache__`.

    The sources stay, since learners read them and tracebacks quote them. The byte code carries an
    unchecked hash: unpacking changes dates, and a date check would compile everything again.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for name, content in members.items():
            if name.endswith(".py"):
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        compiled = compileall.compile_dir(
            root,
            quiet=1,
            stripdir=str(root),
            prependdir=SITE_PACKAGES,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
        if not compiled:
            raise PlaygroundError("a Python source does not compile; see above")
        byte_code = {
            path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.pyc")
        }
    return members | byte_code


def replace_sources(folder: Path, exclude: str) -> None:
    """Turn `.py` into `.pyc` in the folder's archives and rewrite its lock, by `pyodide py-compile`.

    Archives whose name begins with `exclude` stay as they are.
    """
    command = [sys.executable, "-m", "pyodide_cli", "py-compile", str(folder)]
    command += ["--silent", "--exclude", exclude]
    # With a fixed epoch the byte code is validated by hash, so it carries no date.
    environment = os.environ | {"SOURCE_DATE_EPOCH": "315532800", "PYTHONHASHSEED": "0"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise PlaygroundError(f"pyodide py-compile failed:\n{result.stderr or result.stdout}")
