"""Links to sections, and the contents that follow the reader."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cells import Site


@pytest.mark.python_withheld
def test_a_heading_has_a_link_that_copies_its_address(page: Page, site: Site) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site.url(""))
    link = page.get_by_role("link", name="Link to “The four steps”")
    expect(link).to_have_css("opacity", "0")
    page.get_by_role("heading", name="The four steps", exact=True).hover()
    expect(link).to_have_css("opacity", "1")
    link.click()
    expect(page.get_by_text("The link is on the clipboard.")).to_be_attached()
    assert page.evaluate("() => navigator.clipboard.readText()") == site.url("#four-steps")
    assert page.url == site.url("#four-steps")


@pytest.mark.python_withheld
def test_a_link_to_a_section_shows_when_tabbed_to(page: Page, site: Site) -> None:
    page.goto(site.url(""))
    link = page.get_by_role("link", name="Link to “The four steps”")
    page.get_by_role("region", name="The first gradient").get_by_role(
        "button", name="Share"
    ).focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if link.evaluate("(each) => document.activeElement === each"):
            break
    expect(link).to_be_focused()
    expect(link).to_have_css("opacity", "1")


@pytest.mark.python_withheld
def test_the_contents_follow_the_reader(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 1000, "height": 700})
    page.goto(site.url(""))
    menu = page.locator("#contents-menu")
    expect(menu.locator("[aria-current]")).to_have_count(0)
    page.get_by_role("heading", name="Why it matters", exact=True).evaluate(
        "(each) => each.scrollIntoView({block: 'start'})"
    )
    expect(menu.locator("summary")).to_contain_text("Why it matters")
    menu.locator("summary").press("Enter")
    current = menu.get_by_role("link", name="Why it matters")
    expect(current).to_have_attribute("aria-current", "location")
    menu.get_by_role("link", name="In action").press("Enter")
    expect(menu.get_by_role("link").first).to_be_hidden()
    expect(page.get_by_role("heading", name="In action")).to_be_in_viewport()
    expect(menu.locator("summary")).to_contain_text("In action")


@pytest.mark.python_withheld
def test_the_contents_fit_a_phone(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(site.url(""))
    menu = page.locator("#contents-menu")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="The four steps")).to_be_visible()
    for edge in ("left", "right"):
        place = menu.locator("ol").evaluate(f"(each) => each.getBoundingClientRect().{edge}")
        assert 0 <= place <= 360
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    page.keyboard.press("Escape")
    expect(menu.locator("summary")).to_be_focused()


def test_a_button_of_the_bar_takes_the_focus_without_moving_the_page(lesson: Page) -> None:
    lesson.get_by_role("heading", name="Is the gradient true?").evaluate(
        "(each) => each.scrollIntoView({block: 'start'})"
    )
    before = lesson.evaluate("() => scrollY")
    lesson.get_by_role("button", name="Run all").focus()
    assert lesson.evaluate("() => scrollY") == before
