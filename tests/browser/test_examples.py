"""The gallery of the examples, their pages, and examples as a start for a script of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cells import READY, Site, code_of, only_cell, write


def test_the_gallery_is_filtered_by_tag(page: Page, site: Site) -> None:
    page.goto(site.url("examples/"))
    cards = page.get_by_role("main").get_by_role("listitem")
    every = cards.count()
    regression = page.get_by_role("button", name="regression")
    regression.click()
    expect(regression).to_have_attribute("aria-pressed", "true")
    expect(cards).not_to_have_count(every)
    expect(page.get_by_role("link", name="Linear regression")).to_be_visible()
    expect(page.get_by_role("link", name="Exclusive or")).to_be_hidden()
    assert page.url.endswith("?tag=regression")
    page.go_back()
    expect(cards).to_have_count(every)


@pytest.mark.python_withheld
def test_a_tag_of_an_example_leads_to_its_like(page: Page, site: Site) -> None:
    page.goto(site.url("examples/xor/"))
    page.get_by_role("link", name="classification").click()
    expect(page.get_by_role("button", name="classification")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(page.get_by_role("link", name="Exclusive or")).to_be_visible()


def test_every_picture_of_the_gallery_is_drawn(page: Page, site: Site) -> None:
    page.goto(site.url("examples/"))
    pictures = page.locator(".card-picture img")
    expect(pictures.first).to_be_visible()
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("(each) => each.naturalWidth") > 0


def test_the_gallery_loads_no_python(page: Page, site: Site) -> None:
    page.goto(site.url("examples/"))
    page.wait_for_load_state("networkidle")
    assert not any("/runtime/" in path for path in site.requested)


@pytest.mark.python_withheld
def test_an_example_is_downloaded(page: Page, site: Site) -> None:
    page.goto(site.url("examples/xor/"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Download xor.py").click()
    assert download.value.suggested_filename == "xor.py"
    assert Path(download.value.path()).read_text().startswith('"""Exclusive or.')


@pytest.mark.python_withheld
def test_an_example_opens_in_play_beside_the_readers_own_script(page: Page, site: Site) -> None:
    page.goto(site.url("play/"))
    write(only_cell(page), "print('my draft')")
    page.goto(site.url("examples/xor/"))
    page.get_by_role("link", name="Open in play").click()
    expect(page.get_by_text("This is your copy of Exclusive or")).to_be_visible()
    assert code_of(only_cell(page)).startswith('"""Exclusive or.')
    write(only_cell(page), "print('changed')")
    page.get_by_role("link", name="Open my own script").click()
    expect(only_cell(page).locator(".cm-content")).to_have_text("print('my draft')")
    page.go_back()
    expect(only_cell(page).locator(".cm-content")).to_have_text("print('changed')")


@pytest.mark.console_errors
def test_an_example_that_cannot_be_had_says_so(page: Page, site: Site) -> None:
    page.goto(site.url("play/#from=nothing"))
    expect(page.get_by_role("alert")).to_contain_text("There is no example of this name")
    site.broken.add("xor.py")
    page.goto(site.url("play/#from=xor"))
    expect(page.get_by_role("alert")).to_contain_text("“Exclusive or” could not be loaded")
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)


@pytest.mark.python_withheld
def test_an_example_is_chosen_from_the_menu_by_the_keyboard_alone(page: Page, site: Site) -> None:
    page.goto(site.url("play/"))
    write(only_cell(page), "print('my draft')")
    menu = page.locator("summary", has_text="Start from an example")
    menu.focus()
    page.keyboard.press("Enter")
    choice = page.locator("#example-list").get_by_role("link", name="Linear regression")
    expect(choice).to_be_visible()
    page.keyboard.press("Escape")
    expect(choice).to_be_hidden()
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(choice).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("This is your copy of Linear regression")).to_be_visible()
    assert code_of(only_cell(page)).startswith('"""Linear regression.')
    expect(choice).to_be_hidden()
    page.get_by_role("link", name="Open my own script").click()
    expect(only_cell(page).locator(".cm-content")).to_have_text("print('my draft')")


@pytest.mark.python_withheld
def test_the_menu_of_examples_fits_and_closes_beside_it(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(site.url("play/"))
    page.get_by_text("Start from an example").click()
    listed = page.locator("#example-list ul")
    expect(listed).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    page.get_by_role("heading", name="Playground").click()
    expect(listed).to_be_hidden()
