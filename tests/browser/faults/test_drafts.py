"""What a reader has written is not lost: by undo, links, files, two tabs, nor where nothing can be stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from tests.browser.cells import Site, cell, code_of, only_cell, withhold_python, write
from tests.browser.test_page import link

pytestmark = pytest.mark.python_withheld

#: What an editor shows where nothing is written.
EMPTY = "Write Python here"


@pytest.fixture
def own(page: Page, site: Site) -> Page:
    """The page for a script of one's own, which is written."""
    page.goto(site.url("play/"))
    write(only_cell(page), "print('mine')")
    return page


def follow(page: Page, address: str) -> None:
    """Go to an address from this page, as by a click on a link."""
    page.evaluate("address => { location.href = address; }", address)
    expect(page.get_by_text("This code came from a link")).to_be_visible()


def press(page: Page, keys: str, times: int = 1) -> str:
    box = only_cell(page).get_by_role("textbox", name="Code")
    for _ in range(times):
        box.press(keys)
    return code_of(only_cell(page))


def open_file(page: Page, folder: Path, name: str, code: str) -> None:
    file = folder / name
    file.write_text(code)
    page.get_by_label("Open a file").set_input_files(file)
    expect(only_cell(page).locator(".cm-content")).to_have_text(code)


def button(page: Page, name: str) -> Locator:
    return only_cell(page).get_by_role("button", name=name)


def test_undo_stays_within_each_script(own: Page, site: Site) -> None:
    follow(own, link(site, "print('theirs')"))
    assert press(own, "ControlOrMeta+z", 5) == "print('theirs')"
    write(only_cell(own), "print('theirs, changed')")
    own.get_by_role("link", name="Open my own script").click()
    expect(own.get_by_text("This code came from a link")).to_have_count(0)
    assert code_of(only_cell(own)) == "print('mine')"
    # Its own history is still there.
    assert press(own, "ControlOrMeta+z") == EMPTY
    assert press(own, "ControlOrMeta+z", 5) == EMPTY
    assert press(own, "ControlOrMeta+Shift+z", 9) == "print('mine')"
    own.go_back()
    expect(own.get_by_text("This code came from a link")).to_be_visible()
    assert code_of(only_cell(own)) == "print('theirs, changed')"
    own.go_forward()
    expect(own.get_by_text("This code came from a link")).to_have_count(0)
    own.reload()
    assert code_of(only_cell(own)) == "print('mine')"


def test_back_from_a_link_shows_ones_own_script(own: Page, site: Site) -> None:
    follow(own, link(site, "print('theirs')"))
    own.go_back()
    expect(own.get_by_text("This code came from a link")).to_have_count(0)
    assert code_of(only_cell(own)) == "print('mine')"
    write(only_cell(own), "print('mine too')")
    own.go_forward()
    expect(own.get_by_text("This code came from a link")).to_be_visible()
    assert code_of(only_cell(own)) == "print('theirs')"


def test_every_script_that_a_file_has_replaced_can_be_brought_back(
    own: Page, tmp_path: Path
) -> None:
    open_file(own, tmp_path, "one.py", "print('one')")
    assert press(own, "ControlOrMeta+z", 5) == "print('one')"
    write(only_cell(own), "print('one, changed')")
    open_file(own, tmp_path, "two.py", "print('two')")
    own.reload()
    button(own, "Undo open").click()
    assert code_of(only_cell(own)) == "print('one, changed')"
    button(own, "Undo open").click()
    assert code_of(only_cell(own)) == "print('mine')"
    assert press(own, "ControlOrMeta+z", 5) == "print('mine')"
    # What was gone back from is a version too.
    only_cell(own).get_by_text("Earlier versions").click()
    only_cell(own).get_by_role("button", name="print('two')").click()
    assert code_of(only_cell(own)) == "print('two')"


def test_a_file_leaves_the_link_that_was_shown_one_step_back(
    own: Page, site: Site, tmp_path: Path
) -> None:
    follow(own, link(site, "print('theirs')"))
    write(only_cell(own), "print('theirs, changed')")
    open_file(own, tmp_path, "one.py", "print('one')")
    expect(own.get_by_text("This code came from a link")).to_have_count(0)
    own.go_back()
    expect(own.get_by_text("This code came from a link")).to_be_visible()
    assert code_of(only_cell(own)) == "print('theirs, changed')"
    own.get_by_role("link", name="Open my own script").click()
    expect(own.get_by_text("This code came from a link")).to_have_count(0)
    assert code_of(only_cell(own)) == "print('one')"
    button(own, "Undo open").click()
    assert code_of(only_cell(own)) == "print('mine')"


def test_a_solution_keeps_the_attempt(page: Page, site: Site) -> None:
    page.goto(site.url(""))
    section = page.locator(".exercise").first
    target = page.locator(f"py-cell#{section.get_attribute('data-cell')}")
    write(target, "attempt = 1")
    section.get_by_text("Solution").click()
    section.get_by_role("button", name="Put it into the cell").click()
    assert code_of(target) != "attempt = 1"
    page.reload()
    target.get_by_role("button", name="Undo solution").click()
    assert code_of(target) == "attempt = 1"


def test_a_tab_without_changes_follows_the_other(own: Page, site: Site) -> None:
    other = own.context.new_page()
    other.goto(site.url("play/"))
    write(only_cell(own), "print('mine')\nprint('more')")
    expect(only_cell(other).locator(".cm-line")).to_have_count(2)
    assert code_of(only_cell(other)) == "print('mine')\nprint('more')"
    assert press(other, "ControlOrMeta+z", 3) == "print('mine')\nprint('more')"
    other.close()


def test_two_tabs_that_both_write_keep_both(own: Page, site: Site) -> None:
    other = own.context.new_page()
    other.goto(site.url("play/"))
    write(only_cell(other), "print('of the other')")
    expect(only_cell(own)).to_contain_text("Another tab has changed this code")
    write(only_cell(own), "print('of the one')")
    expect(only_cell(other)).to_contain_text("Another tab has changed this code")
    # Each shows its own, and a reload in either finds both.
    assert code_of(only_cell(other)) == "print('of the other')"
    own.close()
    other.reload()
    assert code_of(only_cell(other)) == "print('of the one')"
    button(other, "Undo change").click()
    assert code_of(only_cell(other)) == "print('of the other')"
    only_cell(other).get_by_text("Earlier versions").click()
    only_cell(other).get_by_role("button", name="print('of the one')").click()
    assert code_of(only_cell(other)) == "print('of the one')"
    other.close()


@pytest.mark.parametrize("storage", ["full", "forbidden"])
def test_what_cannot_be_stored_is_not_left_without_a_question(
    browser: Browser, site: Site, storage: str
) -> None:
    page = browser.new_page()
    withhold_python(page)
    if storage == "full":
        page.goto(site.url("404.html"))
        page.evaluate(
            """() => {
              for (let size = 2 ** 22; size >= 1; size /= 2) {
                try {
                  for (let n = 0; ; n++) localStorage.setItem(`${size} ${n}`, 'x'.repeat(size));
                } catch {}
              }
            }"""
        )
    else:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden'); }})"
        )
    page.goto(site.url("play/"))
    write(only_cell(page), "print('mine')")
    expect(only_cell(page)).to_contain_text("cannot be kept in this browser")

    # Within the page nothing gets lost.
    follow(page, link(site, "print('theirs')"))
    expect(only_cell(page)).not_to_contain_text("cannot be kept in this browser")
    page.go_back()
    expect(page.get_by_text("This code came from a link")).to_have_count(0)
    assert code_of(only_cell(page)) == "print('mine')"
    expect(only_cell(page)).to_contain_text("cannot be kept in this browser")

    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    with page.expect_event("dialog"):
        page.evaluate("address => { location.href = address; }", site.url(""))
    assert asked == ["beforeunload"]
    assert code_of(only_cell(page)) == "print('mine')"

    if storage == "full":
        # There is room again: nobody is asked, and all is there.
        page.evaluate("localStorage.clear()")
        write(only_cell(page), "print('mine, changed')")
        expect(only_cell(page)).not_to_contain_text("cannot be kept in this browser")
        page.reload()
        assert asked == ["beforeunload"]
        assert code_of(only_cell(page)) == "print('mine, changed')"
    page.close()


def test_a_place_on_the_page_and_back_leaves_all_as_it_is(own: Page) -> None:
    only_cell(own).get_by_role("button", name="Share").click()
    expect(only_cell(own)).to_contain_text("on the clipboard")
    own.get_by_role("link", name="Skip to the text").focus()
    own.keyboard.press("Enter")
    own.go_back()
    expect(only_cell(own)).to_contain_text("on the clipboard")
    assert code_of(only_cell(own)) == "print('mine')"


def test_a_lessons_cell_has_its_versions_too(page: Page, site: Site) -> None:
    page.goto(site.url(""))
    first = cell(page, "The first gradient")
    write(first, "print('mine')")
    first.get_by_role("button", name="Reset", exact=True).click()
    write(first, "print('another')")
    first.get_by_role("button", name="Reset", exact=True).click()
    first.get_by_role("button", name="Undo reset").click()
    assert code_of(first) == "print('another')"
    first.get_by_role("button", name="Undo reset").click()
    assert code_of(first) == "print('mine')"
