"""Whatever does not start, or is gone, is told in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.cells import READY, Site, only_cell, output
from tests.browser.forged import open_forged, run_forged

NOT_STARTED = "nothing can be run or edited yet"


def run_only(page: Page) -> None:
    only_cell(page).get_by_role("button", name="Run").click()


def seconds_later(page: Page) -> None:
    """Let what the style sheet does after some seconds be done."""
    page.evaluate("for (const each of document.getAnimations()) each.finish()")


@pytest.mark.console_errors
@pytest.mark.parametrize("address", ["", "play/"])
@pytest.mark.parametrize("script", [None, "throw new Error('early')", "let old = 1 1", ""])
def test_a_page_whose_script_does_not_start_says_so(
    page: Page, site: Site, script: str | None, address: str
) -> None:
    def answer(route: Route) -> None:
        if script is None:
            route.abort()
        else:
            route.fulfill(body=script, content_type="text/javascript")

    page.route("**/assets/main-*.js", answer)
    page.goto(site.url(address))
    words = page.get_by_text(NOT_STARTED)
    # It may be on its way.
    expect(words).to_be_hidden()
    seconds_later(page)
    expect(words).to_be_visible()


@pytest.mark.console_errors
def test_a_page_that_is_opened_as_a_file_says_so(page: Page, repository: Path) -> None:
    page.goto((repository / "dist" / "play" / "index.html").as_uri())
    seconds_later(page)
    expect(
        page.get_by_text("browsers start scripts only where a web server sends them")
    ).to_be_visible()


@pytest.mark.console_errors
def test_it_says_so_too_where_nothing_is_to_move(page: Page, site: Site) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.route("**/assets/main-*.js", lambda route: route.abort())
    page.goto(site.url("play/"))
    seconds_later(page)
    expect(page.get_by_text(NOT_STARTED)).to_be_visible()


@pytest.mark.python_withheld
def test_a_page_whose_script_starts_says_nothing_of_it(page: Page, site: Site) -> None:
    page.goto(site.url("play/"))
    expect(only_cell(page).get_by_role("button", name="Run")).to_be_visible()
    assert page.get_by_text(NOT_STARTED).count() == 0


def test_a_worker_that_died_while_idle_is_replaced(page: Page, site: Site) -> None:
    page.clock.install()
    program = "if (code === 'die') setTimeout(close); else send({ type: 'stdout', text: code });"
    open_forged(page, site, program)
    only = run_forged(page, "die")
    run_only(page)
    expect(only).to_have_attribute("data-state", "running")
    page.clock.fast_forward(10_000)
    expect(only).to_have_attribute("data-state", "error")
    expect(output(only)).to_contain_text("Python itself ended: it no longer answered")
    expect(page.get_by_role("status")).to_have_text(READY)
    run_forged(page, "alive")
    expect(output(only)).to_have_text("alive")


def test_a_long_run_is_left_alone(page: Page, site: Site) -> None:
    page.clock.install()
    open_forged(page, site, "await answer(); send({ type: 'stdout', text: code });")
    run_only(page)
    expect(only_cell(page)).to_have_attribute("data-state", "running")
    page.clock.fast_forward(3_600_000)
    expect(only_cell(page)).to_have_attribute("data-state", "running")
