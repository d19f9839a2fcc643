"""What a reader types goes where the reader began to type."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.cells import Site, code_of, only_cell, output, write
from tests.browser.forged import open_forged

#: A program that asks twice, as soon as it can.
ASKS = """
for (const prompt of ['first', 'second']) {
  send({ type: 'input', prompt });
  send({ type: 'stdout', text: await answer() });
}
"""


def test_input_leaves_the_focus_to_who_is_writing(page: Page, site: Site) -> None:
    open_forged(page, site, ASKS)
    only = only_cell(page)
    write(only, "x = 1")
    page.keyboard.press("Shift+Enter")
    field = output(only).get_by_role("textbox", name="first")
    expect(field).to_be_visible()
    page.keyboard.type("2 + 3")
    assert code_of(only) == "x = 12 + 3"
    expect(field).to_have_value("")
    field.fill("an answer")
    field.press("Enter")
    # Who answered goes on answering.
    expect(output(only).get_by_role("textbox", name="second")).to_be_focused()


def test_input_takes_the_focus_where_nobody_writes(page: Page, site: Site) -> None:
    open_forged(page, site, ASKS)
    only_cell(page).get_by_role("button", name="Run").click()
    expect(output(only_cell(page)).get_by_role("textbox", name="first")).to_be_focused()
