"""Every page as axe-core sees it, after a person has used it, narrow and wide, light and dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.cells import READY, Site, only_cell, run, write_and_run
from tests.browser.exercises import check, exercise, verdict


def run_a_cell_and_open_an_exercise(page: Page) -> None:
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    run(page.locator("py-cell").first)
    for words in ("Hint 1", "Hint 2", "Solution"):
        exercise(page).get_by_text(words, exact=True).click()
    check(page)
    expect(verdict(page)).to_contain_text("Not yet.", timeout=30_000)


def run_into_an_error(page: Page) -> None:
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    write_and_run(only_cell(page), "print(1)\n1 / 0", state="error")


def run_it(page: Page) -> None:
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    run(only_cell(page))


def search_for_a_word(page: Page) -> None:
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("loss")
    expect(page.get_by_role("option").first).to_be_visible()


def read(page: Page) -> None:
    expect(page.get_by_role("main")).to_be_visible()


@pytest.mark.parametrize(
    ("address", "use"),
    [
        ("", run_a_cell_and_open_an_exercise),
        ("play/", run_into_an_error),
        ("examples/xor/", run_it),
        pytest.param("examples/", read, marks=pytest.mark.python_withheld),
        pytest.param("examples/", search_for_a_word, marks=pytest.mark.python_withheld),
        pytest.param("404.html", read, marks=pytest.mark.python_withheld),
    ],
)
def test_axe_finds_nothing(
    page: Page, site: Site, address: str, use: Callable[[Page], None]
) -> None:
    page.goto(site.url(address))
    use(page)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
