"""What every cell of every page prints in CPython is what it is known to print.

The browser's tests compare with the same files, so both sides run the same lessons alike.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from playground.builder import read_sources
from playground.project import Project
from tests.builder.conftest import Checkout
from tests.transcripts import GOLDEN, assert_same_text, golden_path, golden_texts

PAGES = [
    source.name
    for source in read_sources(Project(Path(__file__).resolve().parents[2]))
    if source.cells
]


def built_cells(built: Checkout, page: str) -> list[dict[str, Any]]:
    index = json.loads((built.dist / "site.json").read_text(encoding="utf-8"))
    (found,) = [entry for entry in index["pages"] if entry["name"] == page]
    cells: list[dict[str, Any]] = found["cells"]
    return cells


@pytest.mark.parametrize("page", PAGES)
def test_cells_print_what_they_are_known_to_print(
    built: Checkout, page: str, update_golden: bool
) -> None:
    cells = built_cells(built, page)
    if update_golden:
        entries = [{"cell": cell["id"], "text": cell["text"]} for cell in cells]
        text = json.dumps(entries, indent=1, ensure_ascii=False) + "\n"
        golden_path(page).parent.mkdir(parents=True, exist_ok=True)
        golden_path(page).write_text(text, encoding="utf-8")
    expected = golden_texts(page)
    assert [cell["id"] for cell in cells] == list(expected)
    for cell in cells:
        assert_same_text(
            cell["text"], expected[cell["id"]], tolerance=cell["tolerance"], timed=cell["timed"]
        )


def test_no_transcript_outlives_its_page() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(PAGES)


def test_page_names_are_unique() -> None:
    assert len(PAGES) == len(set(PAGES)), "a lesson and an example share a transcript's name"


@pytest.mark.parametrize(
    ("actual", "tolerance", "timed", "same"),
    [
        ("loss 1.0000 done", None, False, True),
        ("loss 1.0001 done", None, False, False),
        ("loss 1.0001 done", 1e-3, False, True),
        ("loss  1.0001 done", 1e-3, False, True),
        ("loss 1.1 done", 1e-3, False, False),
        ("loss 7 done", None, True, True),
        ("loss 7 over", None, True, False),
        ("loss 1.0 2.0 done", 1e-3, False, False),
    ],
)
def test_numbers_are_compared_as_declared(
    actual: str, tolerance: float | None, timed: bool, same: bool
) -> None:
    expected = "loss 1.0000 done"
    if same:
        assert_same_text(actual, expected, tolerance=tolerance, timed=timed)
    else:
        with pytest.raises(AssertionError):
            assert_same_text(actual, expected, tolerance=tolerance, timed=timed)
