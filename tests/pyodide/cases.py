"""The library's comparison with PyTorch, to be called in Pyodide."""

from __future__ import annotations

import json

from tests.reference.comparing import SUBJECTS, differences


async def main(_: str) -> str:
    """Return how many cases there are and which of them differ, as JSON."""
    return json.dumps({"count": sum(map(len, SUBJECTS.values())), "differences": differences()})
