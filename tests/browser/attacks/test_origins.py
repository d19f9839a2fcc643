"""Code of one origin leaves nothing behind for code of another one that is run in the same tab."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.cells import READY, Site, code_of, only_cell, output, write, write_and_run
from tests.browser.forged import open_forged
from tests.browser.test_page import link

#: Says how many programs have run in this worker.
COUNT = """
globalThis.runs = (globalThis.runs ?? 0) + 1;
send({ type: 'stdout', text: `${runs} of ${code}` });
"""


def count(page: Page) -> int:
    """Run what is there; return how many have run in the same Python."""
    only = only_cell(page)
    code = code_of(only)
    expect(page.get_by_role("status")).to_have_text(READY)
    only.get_by_role("button", name="Run").click()
    expect(output(only)).to_contain_text(f" of {code}")
    expect(only).to_have_attribute("data-state", "done")
    return int((output(only).text_content() or "").partition(" of ")[0])


def follow(page: Page, fragment: str) -> None:
    page.evaluate("fragment => { location.hash = fragment; }", fragment)


def test_each_origin_has_a_python_of_its_own(page: Page, site: Site, tmp_path: Path) -> None:
    open_forged(page, site, COUNT)
    only = only_cell(page)
    write(only, "mine")
    assert count(page) == 1
    # The reader's own changes are no other origin.
    write(only, "mine, changed")
    assert count(page) == 2
    only.get_by_role("button", name="Reset").click()
    only.get_by_role("button", name="Undo reset").click()
    assert count(page) == 3

    follow(page, link(site, "theirs").partition("#")[2])
    expect(only.locator(".cm-content")).to_have_text("theirs")
    assert count(page) == 1
    page.go_back()
    expect(only.locator(".cm-content")).to_have_text("mine, changed")
    assert count(page) == 1

    page.get_by_text("Start from an example").click()
    page.get_by_role("link", name="Two moons").click()
    expect(only.locator(".cm-content")).to_contain_text("import torch")
    page.get_by_role("link", name="Open my own script").click()
    expect(only.locator(".cm-content")).to_have_text("mine, changed")
    assert count(page) == 1

    file = tmp_path / "one.py"
    file.write_text("of a file")
    page.get_by_label("Open a file").set_input_files(file)
    expect(only.locator(".cm-content")).to_have_text("of a file")
    assert count(page) == 1
    assert count(page) == 2
    only.get_by_role("button", name="Undo open").click()
    assert code_of(only) == "mine, changed"
    assert count(page) == 1


def test_a_link_cannot_change_what_runs_ones_own_script(play: Page, site: Site) -> None:
    """It wraps the session that runs every program, and says what it is given."""
    spy = """
from playground.session.session import Session
start = Session.start
def wrapped(self, *given, **named):
    print('spied:', given)
    return start(self, *given, **named)
Session.start = wrapped
"""
    follow(play, link(site, spy).partition("#")[2])
    expect(only_cell(play).locator(".cm-content")).to_contain_text("spied")
    only_cell(play).get_by_role("button", name="Run").click()
    expect(only_cell(play)).to_have_attribute("data-state", "done")
    play.get_by_role("link", name="Open my own script").click()
    expect(play.get_by_role("status")).not_to_have_text(READY)
    expect(play.get_by_role("status")).to_have_text(READY, timeout=60_000)
    assert write_and_run(only_cell(play), "print('mine')") == "mine\n"
