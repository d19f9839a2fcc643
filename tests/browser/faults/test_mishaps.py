"""What people do by mistake, and what must not get lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cells import (
    READY,
    Site,
    cell,
    code_of,
    only_cell,
    output,
    output_of,
    run,
    write,
    write_and_run,
)

SLOW = "import time\nfor i in range(200):\n    print('old', i)\n    time.sleep(0.05)"


@pytest.fixture
def early_play(page: Page, site: Site) -> Page:
    """The page for a script of one's own, before Python is there: for tests that are marked so."""
    page.goto(site.url("play/"))
    return page


def share(play: Page, code: str) -> str:
    """The address of a link to some code, as Share makes it."""
    play.context.grant_permissions(["clipboard-read", "clipboard-write"])
    write(only_cell(play), code)
    only_cell(play).get_by_role("button", name="Share").click()
    expect(only_cell(play)).to_contain_text("The link is on the clipboard")
    address: str = play.evaluate("() => navigator.clipboard.readText()")
    return address


def test_a_double_click_on_run_runs(kept_play: Page) -> None:
    write(only_cell(kept_play), "import time\ntime.sleep(0.5)\nprint('slept')")
    only_cell(kept_play).get_by_role("button", name="Run").dblclick()
    expect(only_cell(kept_play)).to_have_attribute("data-state", "done")
    assert output_of(only_cell(kept_play)) == "slept\n"


def test_run_and_stop_by_the_same_key(kept_play: Page) -> None:
    write(only_cell(kept_play), "while True: pass")
    only_cell(kept_play).get_by_role("button", name="Run").focus()
    kept_play.keyboard.press("Enter")
    expect(only_cell(kept_play).get_by_role("button", name="Stop")).to_be_focused()
    expect(only_cell(kept_play)).to_have_attribute("data-state", "running")
    kept_play.keyboard.press("Enter")
    expect(only_cell(kept_play)).to_have_attribute("data-state", "stopped")
    expect(only_cell(kept_play).get_by_role("button", name="Run")).to_be_focused()


@pytest.mark.python_withheld
def test_the_skip_link_leaves_shared_code_alone(early_play: Page) -> None:
    early_play.goto(share(early_play, "print('shared')"))
    expect(early_play.get_by_text("This code came from a link")).to_be_visible()
    early_play.get_by_role("link", name="Skip to the text").focus()
    early_play.keyboard.press("Enter")
    expect(early_play.get_by_text("This code came from a link")).to_be_visible()
    assert code_of(only_cell(early_play)) == "print('shared')"


@pytest.mark.python_withheld
def test_a_link_that_lost_its_beginning_says_so(early_play: Page, site: Site) -> None:
    write(only_cell(early_play), "print('mine')")
    early_play.goto(site.url("play/#q1bKT0lVslIqKMrMK9EwNtRU0lGqBQA"))
    expect(early_play.get_by_role("alert")).to_contain_text("This link is damaged")
    assert code_of(only_cell(early_play)) == "print('mine')"


def test_another_link_ends_the_run_that_it_replaces(play: Page, site: Site) -> None:
    address = share(play, "print('new')")
    play.goto(site.url("play/#"))
    write(only_cell(play), SLOW)
    only_cell(play).get_by_role("button", name="Run").click()
    expect(output(only_cell(play))).to_contain_text("old 2")
    play.evaluate("address => { location.href = address; }", address)
    expect(play.get_by_text("This code came from a link")).to_be_visible()
    expect(output(only_cell(play))).to_be_empty()
    assert run(only_cell(play)) == "new\n"


@pytest.mark.python_withheld
def test_a_reset_can_be_undone_after_a_reload(page: Page, site: Site) -> None:
    page.goto(site.url(""))
    first = cell(page, "The first gradient")
    write(first, "print('mine')")
    first.get_by_role("button", name="Reset").click()
    page.reload()
    first = cell(page, "The first gradient")
    assert "nn.Sequential" in code_of(first)
    first.get_by_role("button", name="Undo reset").click()
    assert code_of(first) == "print('mine')"


@pytest.mark.python_withheld
def test_an_opened_file_can_be_undone(early_play: Page, tmp_path: Path) -> None:
    write(only_cell(early_play), "print('mine')")
    file = tmp_path / "other.py"
    file.write_text("print('from a file')\n")
    early_play.get_by_label("Open a file").set_input_files(file)
    expect(only_cell(early_play).locator(".cm-line").first).to_have_text("print('from a file')")
    early_play.reload()
    only_cell(early_play).get_by_role("button", name="Undo open").click()
    assert code_of(only_cell(early_play)) == "print('mine')"


@pytest.mark.python_withheld
def test_two_tabs_do_not_overwrite_each_other_unseen(early_play: Page, site: Site) -> None:
    write(only_cell(early_play), "print('first tab')")
    other = early_play.context.new_page()
    other.goto(site.url("play/"))
    assert code_of(only_cell(other)) == "print('first tab')"
    write(only_cell(other), "print('second tab')")
    expect(only_cell(early_play)).to_contain_text("Another tab has changed this code")
    assert code_of(only_cell(early_play)) == "print('first tab')"
    only_cell(early_play).get_by_role("button", name="Use the other").click()
    assert code_of(only_cell(early_play)) == "print('second tab')"
    only_cell(early_play).get_by_role("button", name="Undo change").click()
    assert code_of(only_cell(early_play)) == "print('first tab')"
    other.close()


@pytest.mark.python_withheld
def test_too_much_for_a_link_is_said_and_offered_as_a_file(early_play: Page) -> None:
    write(only_cell(early_play), "#" * 1_000_001)
    only_cell(early_play).get_by_role("button", name="Share").click()
    expect(only_cell(early_play)).to_contain_text("too much for a link")
    with early_play.expect_download() as download:
        only_cell(early_play).get_by_role("button", name="Download as a file").click()
    assert download.value.path().stat().st_size >= 1_000_001


def test_stop_at_a_waiting_cell_leaves_the_running_one(lesson: Page) -> None:
    first, slow = cell(lesson, "The first gradient"), cell(lesson, "A training loop")
    write(slow, "import time\ntime.sleep(1.5)\nprint('to the end')")
    slow.get_by_role("button", name="Run").click()
    expect(slow).to_have_attribute("data-state", "running")
    first.get_by_role("button", name="Run").click()
    expect(first).to_contain_text("Waits its turn")
    first.get_by_role("button", name="Stop").click()
    expect(first).to_have_attribute("data-state", "stopped")
    expect(slow).to_have_attribute("data-state", "done")
    assert output_of(slow) == "to the end\n"


def test_a_cell_whose_need_fails_shows_no_old_numbers(lesson: Page) -> None:
    write(cell(lesson, "The first gradient"), "1 / 0")
    second = cell(lesson, "Forward, loss, backward, update")
    assert "new loss" in output_of(second)
    assert run(second, state="error") == ""
    expect(second).to_contain_text("did not run to its end")


@pytest.mark.console_errors
def test_retry_goes_past_a_damaged_file_in_the_browsers_cache(page: Page, site: Site) -> None:
    site.damaged.add("worker-")
    page.goto(site.url("play/"))
    expect(page.get_by_role("status")).to_contain_text("worker.js is damaged", timeout=30_000)
    site.damaged.clear()
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)


def test_a_bracket_typed_twice_is_there_once(kept_play: Page) -> None:
    box = only_cell(kept_play).get_by_role("textbox", name="Code")
    write(only_cell(kept_play), "")
    box.press_sequentially("numbers = list(\n[1, 2, 3]")
    box.press("Enter")
    box.press_sequentially(")\nprint(numbers)")
    assert run(only_cell(kept_play)) == "[1, 2, 3]\n"


def test_a_progress_line_is_written_over(kept_play: Page) -> None:
    code = "for i in range(4): print(f'\\r{i}/3', end='')\nprint()\nprint('done')"
    assert write_and_run(only_cell(kept_play), code) == "3/3\ndone\n"


def test_long_output_follows_what_is_printed(kept_play: Page) -> None:
    write_and_run(only_cell(kept_play), "for i in range(300): print(i)")
    expect(output(only_cell(kept_play)).get_by_text("299")).to_be_in_viewport()


def test_what_only_notebooks_understand_is_explained(kept_play: Page) -> None:
    text = write_and_run(only_cell(kept_play), "!pip install torch", state="error")
    assert "Nothing has to be installed here" in text


def test_out_of_memory_says_what_to_do(kept_play: Page) -> None:
    text = write_and_run(only_cell(kept_play), "raise MemoryError", state="error")
    assert "press restart" in text.lower()
