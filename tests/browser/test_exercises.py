"""Exercises in the page: checked in words, helped step by step, and kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.cells import Site, cell, code_of, run, write
from tests.browser.exercises import TITLE, check, exercise, verdict


def test_the_code_to_start_from_is_not_right_and_the_solution_is(lesson: Page) -> None:
    check(lesson)
    expect(verdict(lesson)).to_contain_text("Not yet. Nudge the input", timeout=30_000)
    expect(verdict(lesson)).to_contain_text("at -3.0 your gradient is 1")
    exercise(lesson).get_by_text("Solution").click()
    exercise(lesson).get_by_role("button", name="Put it into the cell").click()
    assert "blame * (x > 0)" in code_of(cell(lesson, TITLE))
    check(lesson)
    expect(verdict(lesson)).to_have_text("Right. The check has passed.")
    expect(exercise(lesson)).to_contain_text("✓ Solved")
    # What was there before is one undo away.
    cell(lesson, TITLE).get_by_role("textbox", name="Code").press("ControlOrMeta+z")
    assert "blame * (x > 0)" not in code_of(cell(lesson, TITLE))


@pytest.mark.python_withheld
def test_progress_is_kept_and_can_be_cleared(page: Page, site: Site) -> None:
    page.goto(site.url(""))
    page.evaluate(
        "() => localStorage.setItem('backprop-playground:solved:index/relu-slope', 'yes')"
    )
    page.reload()
    expect(page.get_by_text("1 of 4 exercises solved")).to_be_visible()
    expect(exercise(page)).to_contain_text("✓ Solved")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_text("0 of 4 exercises solved")).to_be_visible()
    expect(exercise(page)).not_to_contain_text("✓ Solved")
    page.reload()
    expect(page.get_by_text("0 of 4 exercises solved")).to_be_visible()


@pytest.mark.python_withheld
def test_hints_come_one_at_a_time(page: Page, site: Site) -> None:
    page.goto(site.url(""))
    second = exercise(page).get_by_text("Hint 2", exact=True)
    expect(second).to_be_hidden()
    exercise(page).get_by_text("Hint 1", exact=True).press("Enter")
    expect(exercise(page)).to_contain_text("Draw the ReLU")
    second.press("Enter")
    expect(exercise(page).get_by_text("is true where the neuron spoke")).to_be_visible()


def test_code_that_fails_is_not_checked(lesson: Page) -> None:
    write(cell(lesson, TITLE), "1 / 0")
    check(lesson)
    expect(verdict(lesson)).to_contain_text("did not run to its end", timeout=30_000)
    expect(cell(lesson, TITLE)).to_have_attribute("data-state", "error")


def test_another_mistake_than_the_expected_one_is_named(lesson: Page) -> None:
    write(cell(lesson, TITLE), "import torch")
    check(lesson)
    expect(verdict(lesson)).to_contain_text(
        re.compile("Not yet. NameError: .*ReLU"), timeout=30_000
    )


def test_a_check_leaves_no_name_behind(lesson: Page) -> None:
    check(lesson)
    expect(verdict(lesson)).to_contain_text("Not yet.", timeout=30_000)
    first = cell(lesson, "The first gradient")
    write(first, "print(x.tolist(), 'wrong' in globals())")
    assert run(first) == "[-1.0, 2.0] False\n"


def test_hints_and_solution_can_be_read_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url(""))
    exercise(page).get_by_text("Hint 2", exact=True).click()
    expect(exercise(page).get_by_text("is true where the neuron spoke")).to_be_visible()
    context.close()
