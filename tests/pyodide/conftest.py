"""The engine and the packages that the site ships, in a folder of their own under their own names."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.pyodide.node import Shipped


@pytest.fixture(scope="session")
def shipped(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """What a page loads to start Python."""
    play = repository / "dist" / "play" / "index.html"
    if not play.is_file():
        pytest.fail("There is no built site: run `make build` first.")
    found = re.search(r'id="playground-assets">(.*?)</script>', play.read_text(encoding="utf-8"))
    assert found is not None
    assets = json.loads(found[1])
    folder = tmp_path_factory.mktemp("shipped")
    for name, file in assets["files"].items():
        shutil.copyfile(play.parent / file["url"], folder / name)
    return Shipped(folder, assets["packages"], repository / "tests")
