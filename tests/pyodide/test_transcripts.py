"""Every cell of nearly every page prints in Pyodide what it printed when the site was built.

One Pyodide under Node runs them, with the session that the page has; the pages that show what only a
page can do run in the browser: see tests/browser/test_transcripts.py.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from playground.builder.outputs import transcript
from tests.pyodide.node import Shipped
from tests.transcripts import GOLDEN, IN_THE_BROWSER, assert_same_text, golden_texts

PAGES = sorted({path.stem for path in GOLDEN.glob("*.json")} - IN_THE_BROWSER)
_CELL = re.compile(r'<py-cell\b[^>]*?\sid="([^"]+)".*?<code>(.*?)</code>', re.DOTALL)


@pytest.fixture(scope="session")
def described(shipped: Shipped, repository: Path) -> dict[str, dict[str, Any]]:
    """The pages with cells, by their names, as the site's index has them."""
    index = json.loads((repository / "dist" / "site.json").read_text(encoding="utf-8"))
    return {page["name"]: page for page in index["pages"] if page["cells"]}


@pytest.fixture(scope="session")
def ran(
    shipped: Shipped, described: dict[str, dict[str, Any]], repository: Path
) -> dict[str, dict[str, Any]]:
    """What became of each cell, by page and cell."""
    sources = {
        name: _sources(repository / "dist" / described[name]["address"] / "index.html")
        for name in PAGES
    }
    found: dict[str, dict[str, Any]] = shipped.call("tests.pyodide.pages", sources)
    return found


def _sources(page: Path) -> list[tuple[str, str]]:
    """Return id and code of each cell, in their order, as the page has them."""
    text = page.read_text(encoding="utf-8")
    return [
        (cell, html.unescape(re.sub(r"<[^>]*>", "", code))) for cell, code in _CELL.findall(text)
    ]


@pytest.mark.parametrize("name", PAGES)
def test_page(
    described: dict[str, dict[str, Any]], ran: dict[str, dict[str, Any]], name: str
) -> None:
    golden = golden_texts(name)
    cells = described[name]["cells"]
    assert [cell["id"] for cell in cells] == list(ran[name]) == list(golden)
    for cell in cells:
        outcome = ran[name][cell["id"]]
        errors = [event for event in outcome["events"] if event["type"] == "error"]
        assert (outcome["status"], errors) == ("ok", [])
        assert_same_text(
            transcript(outcome["events"]),
            golden[cell["id"]],
            tolerance=cell["tolerance"],
            timed=cell["timed"],
        )


CHANGES = """\
import builtins, colorsys, os, random, sys, time, warnings
import numpy as np
import torch
kept = 1
builtins.kept = 1
os.environ["KEPT"] = "1"
os.chdir("/")
sys.path.insert(0, "/kept")
time.sleep = None
warnings.simplefilter("error")
np.set_printoptions(precision=1)
np.seterr(all="raise")
torch.kept = torch.nn.Linear.kept = 1
torch.set_grad_enabled(False)
torch.manual_seed(0)
random.seed(0)
np.random.seed(0)
"""
FINDS = """\
import os, random, sys, time, warnings
import numpy as np
print("colorsys" in sys.modules, "kept" in globals(), "KEPT" in os.environ, "/kept" in sys.path)
try:
    print(kept)
except NameError:
    print("no name")
import torch
time.sleep(0)
warnings.warn("heard")
print(np.array([0.123456]), np.geterr()["divide"], np.array([1.0]).dtype)
print(hasattr(torch, "kept"), hasattr(torch.nn.Linear, "kept"), torch.is_grad_enabled())
print([torch.rand(1).item() == 0.49625658988952637, random.random() == 0.8444218515250481,
       np.random.random() == 0.5488135039273248])
"""
FOUND = """\
False False False False
no name
[0.123456] warn float64
False False True
[False, False, False]
"""


def test_a_page_finds_nothing_of_the_one_before(shipped: Shipped) -> None:
    pages = {"before": [("changes", CHANGES)], "after": [("finds", FINDS)]}
    ran = shipped.call("tests.pyodide.pages", pages)
    assert ran["before"]["changes"] == {"status": "ok", "events": []}
    events = ran["after"]["finds"]["events"]
    assert [event for event in events if event["type"] == "error"] == []
    printed = "".join(event["text"] for event in events if event["type"] == "stdout")
    assert printed == FOUND
