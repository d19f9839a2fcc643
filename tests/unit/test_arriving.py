"""Imports that wait for files: what a Python from a snapshot does until the packages are there."""

from __future__ import annotations

import importlib
import importlib.metadata
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from playground.session.arriving import Arriving, draw_seeds


class Files:
    """Files that reach a folder of Python's path when something waits for them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waits = 0
        self.finder = Arriving(self.wait)

    def wait(self) -> None:
        self.waits += 1
        (self.folder / "late_module.py").write_text("import late_other\nvalue = 3\n")
        (self.folder / "late_other.py").write_text("")
        information = self.folder / "late-1.2.dist-info"
        information.mkdir(exist_ok=True)
        (information / "METADATA").write_text("Metadata-Version: 2.1\nName: late\nVersion: 1.2\n")
        self.finder.end()


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Files]:
    monkeypatch.syspath_prepend(str(tmp_path))
    made = Files(tmp_path)
    yield made
    made.finder.end()
    for name in ("late_module", "late_other"):
        sys.modules.pop(name, None)


def test_an_import_waits_once_for_what_is_not_there(files: Files) -> None:
    assert importlib.import_module("late_module").value == 3
    assert files.waits == 1
    assert files.finder not in sys.meta_path


def test_what_is_there_is_imported_without_waiting(files: Files) -> None:
    sys.modules.pop("colorsys", None)
    importlib.import_module("colorsys")
    assert files.waits == 0


def test_what_is_nowhere_is_still_nowhere(files: Files) -> None:
    with pytest.raises(ModuleNotFoundError, match="No module named 'not_even_late'"):
        importlib.import_module("not_even_late")
    assert files.waits == 1


def test_the_version_of_a_package_waits_too(files: Files) -> None:
    assert importlib.metadata.version("late") == "1.2"


def test_where_the_files_cannot_be_had_the_import_says_why(tmp_path: Path) -> None:
    def wait() -> None:
        raise ImportError("the connection is gone")

    finder = Arriving(wait)
    try:
        with pytest.raises(ImportError, match="the connection is gone"):
            importlib.import_module("late_module")
    finally:
        finder.end()


def test_two_pages_draw_other_numbers() -> None:
    drawn = []
    for _ in range(2):
        # As in every copy of one snapshot.
        random.seed(1)
        np.random.seed(1)
        draw_seeds()
        drawn.append((random.random(), np.random.rand()))
    assert drawn[0][0] != drawn[1][0]
    assert drawn[0][1] != drawn[1][1]
