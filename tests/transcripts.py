"""Compares what a cell printed with what it is expected to print, in CPython and in the browser."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden" / "transcripts"
#: The pages whose cells are run in the browser, with what Node has not: several cells with needs and
#: exercises, controls, a live diagram. All others run in Pyodide under Node.
IN_THE_BROWSER = frozenset({"index", "playground"})
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?")


def golden_path(page: str) -> Path:
    """Return the file with what the cells of a page print."""
    return GOLDEN / f"{page}.json"


def golden_texts(page: str) -> dict[str, str]:
    """Return the expected text of each cell of a page, by the cell's id."""
    entries = json.loads(golden_path(page).read_text(encoding="utf-8"))
    return {entry["cell"]: entry["text"] for entry in entries}


def assert_same_text(actual: str, expected: str, *, tolerance: float | None, timed: bool) -> None:
    """Compare words exactly, and numbers as the cell declares.

    Args:
        actual: what was printed.
        expected: what the golden transcript has.
        tolerance: relative, for numbers; None compares them as printed.
        timed: the numbers vary between runs and are not compared at all.
    """
    if tolerance is None and not timed:
        assert actual == expected
        return
    assert _words(actual) == _words(expected)
    if tolerance is None or timed:
        return
    for number, known in zip(_numbers(actual), _numbers(expected), strict=True):
        assert math.isclose(number, known, rel_tol=tolerance), f"{number} is not {known}"


def _words(text: str) -> list[str]:
    """Return the text between the numbers; their widths, and so the spaces, may differ."""
    return [" ".join(part.split()) for part in _NUMBER.split(text)]


def _numbers(text: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text)]
