"""The search over lessons and examples."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cells import Site, only_cell


@pytest.mark.python_withheld
def test_a_section_is_found_and_opened_by_the_keyboard_alone(page: Page, site: Site) -> None:
    page.goto(site.url("examples/xor/"))
    expect(page.get_by_role("button", name="Search")).to_be_visible()
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search lessons and examples")
    expect(box).to_be_focused()
    page.keyboard.type("nudge slow")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Is the gradient true?")
    expect(page.get_by_text("1 place", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Is the gradient true?")).to_be_in_viewport()
    assert page.url == site.url("#is-it-true")


@pytest.mark.python_withheld
def test_arrows_choose_and_escape_gives_the_focus_back(page: Page, site: Site) -> None:
    page.goto(site.url("play/"))
    button = page.get_by_role("button", name="Search")
    button.click()
    page.keyboard.type("loss")
    options = page.get_by_role("option")
    expect(options.nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.python_withheld
def test_a_slash_in_the_editor_is_a_slash(page: Page, site: Site) -> None:
    page.goto(site.url("play/"))
    box = only_cell(page).get_by_role("textbox", name="Code")
    box.click()
    page.keyboard.type("1 / 2")
    expect(only_cell(page).locator(".cm-content")).to_have_text("1 / 2")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()


def test_nothing_is_loaded_for_it_before_it_is_asked_for(page: Page, site: Site) -> None:
    page.goto(site.url("examples/"))
    page.wait_for_load_state("networkidle")
    assert not any("search-" in path or "find-" in path for path in site.requested)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("tanh")
    expect(page.get_by_role("option").first).to_be_visible()
    assert any("search-" in path for path in site.requested)


@pytest.mark.console_errors
def test_a_search_that_cannot_be_loaded_says_so_and_tries_again(page: Page, site: Site) -> None:
    page.goto(site.url("examples/"))
    site.broken.add("/search-")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("could not be loaded")).to_be_visible()
    site.broken.clear()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("tanh")
    expect(page.get_by_role("option").first).to_be_visible()
