"""Every cell of every page prints in the browser what it printed when the site was built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cells import READY, Site, output_of, run
from tests.transcripts import assert_same_text, golden_texts

SITE = json.loads((Path(__file__).resolve().parents[2] / "dist" / "site.json").read_text())
PAGES = [page for page in SITE["pages"] if page["kind"] in ("lesson", "example")]


@pytest.mark.parametrize("described", PAGES, ids=lambda page: str(page["name"]))
def test_page(page: Page, site: Site, described: dict[str, object]) -> None:
    golden = golden_texts(str(described["name"]))
    page.goto(site.url(str(described["address"])))
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    cells = described["cells"]
    assert isinstance(cells, list)
    assert cells
    for each in cells:
        target = page.locator(f"py-cell#{each['id']}")
        run(target, timeout=60_000)
        assert_same_text(
            output_of(target),
            golden[each["id"]],
            tolerance=each["tolerance"],
            timed=each["timed"],
        )
