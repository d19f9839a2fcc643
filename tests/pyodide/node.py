"""Calls Python in Pyodide under Node: the same WebAssembly as in the page, without the page around it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

_TIME_LIMIT = 280.0


@dataclass(frozen=True)
class Shipped:
    """The folder with what the site ships, the packages to load, and the folder of the tests."""

    folder: Path
    packages: list[str]
    tests: Path

    def call(self, module: str, argument: object) -> Any:
        """Return what `main` of a module below `tests` returns; both travel as JSON.

        The test fails, with what Node said, where Python ends in any other way.
        """
        with TemporaryDirectory() as scratch:
            result = Path(scratch) / "result.json"
            work = {
                "folder": str(self.folder),
                "packages": self.packages,
                "tests": str(self.tests),
                "module": module,
                "argument": json.dumps(argument),
                "result": str(result),
            }
            ended = subprocess.run(
                ["node", str(Path(__file__).with_name("pyodide.mjs"))],
                input=json.dumps(work),
                capture_output=True,
                text=True,
                encoding="utf-8",
                timeout=_TIME_LIMIT,
                check=False,
            )
            if ended.returncode != 0 or not result.is_file():
                pytest.fail(f"Node ended with {ended.returncode}:\n{ended.stdout}{ended.stderr}")
            return json.loads(result.read_text(encoding="utf-8"))
