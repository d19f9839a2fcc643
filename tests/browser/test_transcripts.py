"""What the cells of a page print in the browser is what they printed when the site was built.

These pages show what only a page can do; the others run in Pyodide alone: see tests/pyodide.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cells import READY, Site, output_of, run
from tests.transcripts import IN_THE_BROWSER, assert_same_text, golden_texts


@pytest.mark.parametrize("name", sorted(IN_THE_BROWSER))
def test_page(page: Page, site: Site, name: str) -> None:
    golden = golden_texts(name)
    (described,) = [each for each in site.pages if each["name"] == name]
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
