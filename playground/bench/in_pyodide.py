"""A measurement in WebAssembly, under Node, with the files that the page loads."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path


def run_in_pyodide(module: str, arguments: Sequence[str]) -> int:
    """Call `main(arguments)` of `module` in Pyodide; return Node's exit code."""
    from playground.fetch import fetch_numpy
    from playground.project import find_project

    project = find_project()
    script = Path(__file__).with_name("pyodide.mjs")
    folders = [str(project.pyodide), str(fetch_numpy()), str(project.root)]
    return subprocess.run(
        ["node", str(script), *folders, module, *arguments], check=False
    ).returncode
