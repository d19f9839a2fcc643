"""A large graph in the page: its groups open and close, by mouse and by keys, and a link carries them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.cells import READY, Site, only_cell, open_elsewhere, output, run, write

PROGRAM = """\
import torch
import torch.nn as nn
from backprop import viz

torch.manual_seed(0)
encoder = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 2))
x = encoder(torch.tensor([[1.0, 2.0]]))
w = torch.tensor(0.9, requires_grad=True)
for step in range(30):
    x = torch.tanh(x * w)
    x = x + 0.1
loss = (x**2).sum()
viz.graph(loss, most=8)
"""
ROUNDS = "[data-group=rounds_2_to_29]"


@pytest.fixture
def play(kept_play: Page) -> Page:
    return kept_play


def drawn(play: Page, code: str = PROGRAM) -> Locator:
    only = only_cell(play)
    write(only, code)
    run(only)
    return output(only)


def news(shown: Locator) -> Locator:
    return shown.locator(".diagram-news")


def group(shown: Locator, name: str, state: str = "open") -> Locator:
    return shown.locator(f"[data-group='{name}'][data-state={state}]")


def test_a_click_opens_a_group_and_another_closes_it(play: Page) -> None:
    shown = drawn(play)
    folded = shown.locator(ROUNDS)
    expect(folded).to_have_attribute("role", "button")
    expect(folded).to_have_attribute("aria-expanded", "false")
    shown.get_by_text("Numbers as a table").click()
    rows = shown.locator(".diagram-table-rows tbody tr")
    expect(rows.first).to_be_visible()
    before = rows.count()
    folded.click()
    opened = group(shown, "rounds_2_to_29")
    expect(opened).to_have_attribute("aria-expanded", "true")
    expect(opened).to_be_focused()
    expect(news(shown)).to_have_text("rounds 2 to 29 is open: 84 operations")
    expect(group(shown, "rounds_2_to_9", "folded")).to_be_visible()
    expect(rows).not_to_have_count(before)
    opened.click()
    expect(news(shown)).to_have_text("Closed: rounds 2 to 29: 84 operations")
    expect(group(shown, "rounds_2_to_29", "folded")).to_be_focused()
    expect(rows).to_have_count(before)


def test_by_keys_alone(play: Page) -> None:
    shown = drawn(play)
    shown.locator("[data-node][tabindex='0']").focus()
    play.keyboard.press("End")
    for _ in range(40):
        if shown.locator(f"{ROUNDS}:focus").count():
            break
        play.keyboard.press("ArrowLeft")
    expect(shown.locator(ROUNDS)).to_be_focused()
    play.keyboard.press("Enter")
    expect(group(shown, "rounds_2_to_29")).to_be_focused()
    play.keyboard.press("ArrowRight")
    expect(group(shown, "rounds_2_to_9", "folded")).to_be_focused()
    play.keyboard.press("Enter")
    expect(group(shown, "rounds_2_to_9")).to_be_focused()
    expect(group(shown, "rounds_2_to_29")).to_be_visible()
    # From anywhere in it, Backspace closes the innermost frame.
    play.keyboard.press("ArrowRight")
    expect(shown.locator("[data-in=rounds_2_to_9]:focus")).to_have_count(1)
    play.keyboard.press("Backspace")
    expect(group(shown, "rounds_2_to_9", "folded")).to_be_focused()
    play.keyboard.press("Backspace")
    expect(group(shown, "rounds_2_to_29", "folded")).to_be_focused()
    expect(shown.locator("[data-state=open]")).to_have_count(0)


def test_the_facts_have_a_button_for_what_is_selected(play: Page) -> None:
    shown = drawn(play)
    shown.locator(ROUNDS).hover()
    facts = shown.locator(".diagram-facts")
    expect(facts).to_contain_text("rounds 2 to 29: 84 operations")
    expect(facts).to_contain_text("Open it")
    shown.locator(ROUNDS).focus()
    play.keyboard.press("Space")
    expect(group(shown, "rounds_2_to_29")).to_be_focused()
    facts.get_by_role("button", name="Close").click()
    expect(group(shown, "rounds_2_to_29", "folded")).to_be_focused()
    facts.get_by_role("button", name="Open").click()
    expect(group(shown, "rounds_2_to_29")).to_be_focused()


def test_the_step_that_is_seen_stays_the_same_moment(play: Page) -> None:
    shown = drawn(play)
    slider = shown.get_by_role("slider", name="Step")
    first = int(slider.get_attribute("max") or 0)
    # The first step backward: the loss itself.
    slider.fill(str(first // 2 + 1))
    expect(slider).to_have_attribute(
        "aria-valuetext", r := slider.get_attribute("aria-valuetext") or ""
    )
    caption = r.partition(": ")[2]
    assert caption.startswith("Backward: dL/dL = 1.")
    shown.locator(ROUNDS).click()
    expect(group(shown, "rounds_2_to_29")).to_be_visible()
    assert int(slider.get_attribute("max") or 0) > first
    assert (slider.get_attribute("aria-valuetext") or "").endswith(caption)


def test_another_diagram_of_the_cell_stays_as_it_is(play: Page) -> None:
    code = PROGRAM.replace("viz.graph(loss", "picture = viz.graph(loss")
    shown = drawn(play, code + "display(picture, picture)\n")
    shown.locator(ROUNDS).nth(1).click()
    expect(shown.locator(f"{ROUNDS}[data-state=open]")).to_have_count(1)
    expect(shown.locator(f"{ROUNDS}[data-state=folded]")).to_have_count(1)
    expect(shown.locator(".py-rich").first.locator("[data-state=open]")).to_have_count(0)


SHOWN_AT_ONCE = PROGRAM.replace("viz.graph(loss", "picture = viz.graph(loss") + "display(picture)\n"


def start(only: Locator) -> Locator:
    """Press Run, and wait until the output is that of this run."""
    only.get_by_role("button", name="Run").click()
    expect(only).to_have_attribute("data-state", "running")
    shown = output(only)
    expect(shown).not_to_have_class(re.compile("is-stale"))
    return shown


@pytest.mark.parametrize(
    "busy",
    [
        "while True: pass",
        "import time\ntime.sleep(60)",
        "input('Go on?')",
        "import asyncio\nawait asyncio.sleep(60)",
    ],
    ids=["loop", "sleep", "input", "await"],
)
def test_it_opens_while_a_program_runs_which_goes_on(play: Page, busy: str) -> None:
    only = only_cell(play)
    write(only, SHOWN_AT_ONCE + busy)
    shown = start(only)
    shown.locator(ROUNDS).click()
    expect(group(shown, "rounds_2_to_29")).to_be_focused()
    expect(only).to_have_attribute("data-state", "running")
    group(shown, "rounds_2_to_9", "folded").click()
    expect(group(shown, "rounds_2_to_9")).to_be_focused()
    only.get_by_role("button", name="Stop").click()
    expect(only).to_have_attribute("data-state", "stopped")
    expect(shown).not_to_contain_text("afresh")


def test_a_question_can_be_answered_after_a_graph_was_opened(play: Page) -> None:
    only = only_cell(play)
    write(only, SHOWN_AT_ONCE + "print('Hello', input('Who?'))\n")
    shown = start(only)
    field = shown.get_by_label("Who?")
    field.fill("Ada")
    shown.locator(ROUNDS).click()
    expect(group(shown, "rounds_2_to_29")).to_be_visible()
    field.press("Enter")
    expect(only).to_have_attribute("data-state", "done")
    expect(shown).to_contain_text("Hello Ada")


def test_without_stack_switching_it_waits_for_the_program_and_says_so(old_engine: Page) -> None:
    only = only_cell(old_engine)
    write(only, SHOWN_AT_ONCE + "import time\ntime.sleep(3)\n")
    shown = start(only)
    shown.locator(ROUNDS).click()
    expect(shown.locator(".diagram-facts")).to_contain_text("when the program has ended")
    expect(only).to_have_attribute("data-state", "done")
    expect(group(shown, "rounds_2_to_29")).to_be_visible()


def test_after_a_restart_the_cell_runs_first(play: Page) -> None:
    only, shown = only_cell(play), drawn(play)
    play.get_by_role("button", name="Restart").click()
    expect(play.get_by_role("status")).not_to_have_text(READY)
    shown.locator(ROUNDS).click()
    expect(group(shown, "rounds_2_to_29")).to_be_focused(timeout=60_000)
    expect(only).to_have_attribute("data-state", "done")
    expect(news(shown)).to_have_text("rounds 2 to 29 is open: 84 operations")


def test_what_is_too_large_to_be_kept_says_so(play: Page) -> None:
    code = """\
import torch
from backprop import viz
x = torch.ones(1_000_000, requires_grad=True)
y = x
for step in range(30):
    y = y * 1.01
viz.graph(y.sum(), most=8)
"""
    shown = drawn(play, code)
    shown.locator(ROUNDS).click()
    expect(shown.locator(".diagram-facts")).to_contain_text("too large to be kept", timeout=60_000)


def test_a_link_carries_what_is_open(play: Page, browser: Browser) -> None:
    play.context.grant_permissions(["clipboard-read", "clipboard-write"])
    only, shown = only_cell(play), drawn(play)
    shown.locator(ROUNDS).click()
    group(shown, "rounds_2_to_9", "folded").click()
    expect(group(shown, "rounds_2_to_9")).to_be_focused()
    shown.get_by_role("slider", name="Step").fill("3")
    only.get_by_role("button", name="Share").click()
    expect(only.get_by_text("“rounds_2_to_29” and “rounds_2_to_9” open")).to_be_visible()
    link = play.evaluate("() => navigator.clipboard.readText()")
    friend = open_elsewhere(browser, link)
    theirs = output(only_cell(friend))
    run(only_cell(friend))
    expect(group(theirs, "rounds_2_to_9")).to_be_visible()
    expect(group(theirs, "rounds_2_to_29")).to_be_visible()
    expect(theirs.get_by_role("slider", name="Step")).to_have_value("3")
    friend.context.close()


def test_a_forged_drawing_asks_for_nothing(play: Page) -> None:
    code = """\
class Forged:
    def _repr_svg_(self):
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" class="backprop-diagram" viewBox="0 0 90 90" '
            'width="90" height="90" data-graph="../../x" data-open="a b"><g data-node="a" tabindex="-1" '
            'data-facts="a" data-group="a" data-state="folded"><rect width="80" height="80"/></g></svg>'
        )
Forged()
"""
    shown = drawn(play, code)
    part = shown.locator("[data-node=a]")
    expect(part).to_have_attribute("role", "img")
    part.click()
    expect(part).to_have_attribute("aria-current", "true")
    expect(only_cell(play)).to_have_attribute("data-state", "done")


def test_a_picture_of_the_build_runs_its_cell_and_then_opens(page: Page, site: Site) -> None:
    page.goto(site.url("examples/unrolled/"))
    only = page.locator("py-cell")
    shown = output(only)
    # At once, while Python still starts.
    name = shown.locator("[data-state=folded]").first.get_attribute("data-group") or ""
    shown.locator("[data-state=folded]").first.click()
    expect(group(shown, name)).to_be_focused(timeout=60_000)
    expect(only).to_have_attribute("data-state", "done")
