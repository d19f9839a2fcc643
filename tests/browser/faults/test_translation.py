"""The page while the browser translates it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cells import Site, code_of, only_cell, output, write
from tests.browser.forged import open_forged

#: What Chromium's translation does: each text gives way to an element with another one, wherever it may.
TRANSLATE = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const isKept = text.parentElement.closest('[translate]')?.translate === false;
    if (isKept || text.parentElement.closest('script, style, font') || !text.data.trim()) continue;
    const font = document.createElement('font');
    font.append(document.createElement('font'));
    font.firstChild.textContent = `⟨${text.data.trim()}⟩`;
    text.replaceWith(font);
  }
}
"""


def test_the_buttons_say_what_they_do(page: Page, site: Site) -> None:
    open_forged(page, site, "send({ type: 'stdout', text: 'of the program' }); await answer();")
    only = only_cell(page)
    write(only, "x = 'mine'")
    page.evaluate(TRANSLATE)
    run = only.get_by_role("button", name="⟨Run⟩")
    run.click()
    stop = only.get_by_role("button", name="Stop", exact=True)
    expect(stop).to_be_visible()
    expect(only.locator(".py-state")).to_have_text("Running")
    expect(page.get_by_role("status")).to_have_text("Running: Your code")
    expect(output(only)).to_have_text("of the program")
    page.evaluate(TRANSLATE)
    assert code_of(only) == "x = 'mine'"
    expect(output(only)).to_have_text("of the program")
    only.get_by_role("button", name="⟨Stop⟩").click()
    expect(only.get_by_role("button", name="Run", exact=True)).to_be_visible()
    expect(only.locator(".py-state")).to_have_text("Stopped")


@pytest.mark.python_withheld
def test_notices_come_and_go(page: Page, site: Site) -> None:
    page.goto(site.url("play/"))
    only = only_cell(page)
    write(only, "x = 'mine'")
    only.get_by_role("button", name="Reset").click()
    page.evaluate(TRANSLATE)
    only.get_by_role("button", name="⟨Undo reset⟩").click()
    expect(only.get_by_role("button", name="⟨Reset⟩")).to_be_enabled()
    expect(only.get_by_text("Undo")).to_have_count(0)
    theme = page.get_by_role("button", name="⟨Dark⟩")
    theme.click()
    expect(page.get_by_role("button", name="Light")).to_be_visible()


@pytest.mark.python_withheld
@pytest.mark.parametrize("address", ["", "play/", "examples/two-moons/"])
def test_no_code_is_translated(page: Page, site: Site, address: str) -> None:
    page.goto(site.url(address))
    expect(page.locator("py-cell .cm-content").first).to_be_visible()
    translated = page.evaluate(
        """() => [...document.querySelectorAll('code, pre, .py-output, .py-controls, .py-editor')]
          .filter((each) => each.translate).map((each) => each.outerHTML.slice(0, 200))"""
    )
    assert translated == []
