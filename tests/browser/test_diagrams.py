"""A diagram in the page: stepped through, explored by mouse and keys, tied to the code, shared and saved."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.cells import Site, only_cell, open_elsewhere, output, run, withhold_python, write

#: A diagram by hand, in the format of `backprop/viz/kit/steps.py`, so that this tests the page alone.
PROGRAM = """\
a = 2.1
b = 0.2
c = a * b

class Picture:
    def _repr_svg_(self):
        node = '<g data-node="{id}" data-facts="{facts}" data-cell="play.py" data-line="{line}" ' \\
               'data-column="0" data-end-line="{line}" data-end-column="1" {links} ' \\
               'tabindex="-1"><circle cx="{x}" cy="60" r="20" fill="#888"/></g>'
        body = (
            node.format(id="a", facts="a&#10;2.1", line=1, links='data-next="c"', x=60)
            + node.format(id="b", facts="b&#10;0.2", line=2, links='data-next="c"', x=160)
            + node.format(id="c", facts="c&#10;0.42 = 2.1 x 0.2", line=3,
                          links='data-previous="a b"', x=260)
        )
        captions = "".join(
            f'<text data-from="{k}" data-caption="Step {k} of the story." data-phase="forward" '
            f'x="20" y="120">{k}</text>' for k in (1, 2, 3)
        )
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" class="backprop-diagram" data-steps="3" '
            'viewBox="0 0 320 140" width="320" height="140" role="img" aria-labelledby="t">'
            f'<title id="t">A picture by hand</title>{body}{captions}</svg>'
        )

Picture()
"""


@pytest.fixture
def play(kept_play: Page) -> Page:
    return kept_play


def drawn(play: Page) -> Locator:
    """The picture, after its program has run."""
    only = only_cell(play)
    write(only, PROGRAM)
    run(only)
    return output(only)


def facts(shown: Locator) -> Locator:
    return shown.locator(".diagram-facts")


def now(shown: Locator) -> str:
    found: str = shown.locator("svg").evaluate("svg => svg.style.getPropertyValue('--bp-now')")
    return found


def test_it_is_stepped_through(play: Page) -> None:
    shown = drawn(play)
    slider = shown.get_by_role("slider", name="Step")
    expect(slider).to_have_value("3")
    expect(shown.get_by_role("button", name="Next step")).to_be_disabled()
    shown.get_by_role("button", name="Previous step").click()
    expect(slider).to_have_value("2")
    assert now(shown) == "2"
    expect(shown.locator("[aria-live]")).to_have_text("Step 2 of the story.")
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "1 of 3: Step 1 of the story.")
    slider.fill("0")
    expect(shown.get_by_role("button", name="Previous step")).to_be_disabled()
    assert now(shown) == "0"


def test_it_plays_from_the_beginning_to_the_end(play: Page) -> None:
    shown = drawn(play)
    shown.get_by_role("button", name="Play").click()
    expect(shown.get_by_role("slider", name="Step")).to_have_value("1")
    shown.get_by_role("button", name="Pause").click()
    expect(shown.get_by_role("button", name="Play")).to_be_visible()
    shown.get_by_role("button", name="Play").click()
    expect(shown.get_by_role("slider", name="Step")).to_have_value("3")
    expect(shown.get_by_role("button", name="Play")).to_be_visible()


def test_pointing_shows_numbers_and_the_code_that_made_them(play: Page) -> None:
    only, shown = only_cell(play), drawn(play)
    expect(facts(shown)).to_contain_text("Point at a part")
    shown.locator("[data-node=c]").hover()
    expect(facts(shown)).to_contain_text("0.42 = 2.1 x 0.2")
    expect(only.locator(".cm-pointedLine")).to_have_text("c = a * b")
    expect(only.locator(".cm-pointedSpot")).to_have_text("c")
    play.get_by_role("heading", level=1).hover()
    expect(facts(shown)).to_contain_text("Point at a part")
    expect(only.locator(".cm-pointedLine")).to_have_count(0)


def test_a_click_keeps_what_is_shown_and_a_finger_need_not_hit(play: Page) -> None:
    shown = drawn(play)
    picture = shown.locator("svg")
    box = picture.bounding_box()
    assert box is not None
    # Eight pixels beside the first circle, whose radius is 20.
    picture.click(position={"x": 60 + 28, "y": 60})
    expect(facts(shown)).to_contain_text("2.1")
    expect(shown.locator("[data-node=a]")).to_have_attribute("aria-current", "true")
    play.get_by_role("heading", level=1).hover()
    expect(facts(shown)).to_contain_text("2.1")
    shown.locator("[data-node=a]").click()
    expect(shown.locator("[data-node=a]")).not_to_have_attribute("aria-current", "true")


def test_what_is_tapped_is_told_in_sight_of_the_picture(play: Page) -> None:
    play.set_viewport_size({"width": 360, "height": 320})
    shown = drawn(play)
    shown.locator("[data-node=c]").click()
    expect(shown.locator(".diagram-facts-room")).not_to_be_in_viewport(ratio=0.6)
    expect(facts(shown)).to_be_in_viewport(ratio=0.9)
    expect(facts(shown)).to_contain_text("0.42 = 2.1 x 0.2")
    expect(facts(shown).locator("code")).to_have_text("c = a * b")
    # In its room again when that can be seen.
    shown.get_by_role("button", name="Save as SVG").scroll_into_view_if_needed()
    expect(facts(shown)).not_to_have_attribute("popover", "manual")


def test_the_cursor_in_a_line_points_out_what_it_made(play: Page) -> None:
    only, shown = only_cell(play), drawn(play)
    only.locator(".cm-line", has_text="b = 0.2").click()
    expect(shown.locator(".is-of-line")).to_have_attribute("data-node", "b")
    play.keyboard.press("ArrowUp")
    expect(shown.locator(".is-of-line")).to_have_attribute("data-node", "a")
    # Changed code has not made the picture.
    play.keyboard.press("End")
    play.keyboard.type("5")
    expect(shown.locator(".is-of-line")).to_have_count(0)
    shown.locator("[data-node=c]").hover()
    expect(only.locator(".cm-pointedLine")).to_have_count(0)


def test_by_keys_alone(play: Page) -> None:
    shown = drawn(play)
    first = shown.locator("[data-node=a]")
    only_cell(play).get_by_role("button", name="Share").focus()
    play.keyboard.press("Tab")
    expect(first).to_be_focused()
    # Down goes through all parts in their order, right along a connection.
    play.keyboard.press("ArrowDown")
    expect(shown.locator("[data-node=b]")).to_be_focused()
    play.keyboard.press("ArrowUp")
    play.keyboard.press("ArrowRight")
    expect(shown.locator("[data-node=c]")).to_be_focused()
    expect(facts(shown)).to_contain_text("0.42")
    play.keyboard.press("Enter")
    expect(shown.locator("[data-node=c]")).to_have_attribute("aria-current", "true")
    play.keyboard.press("Home")
    expect(first).to_be_focused()
    play.keyboard.press("Escape")
    expect(shown.locator("[data-node=c]")).not_to_have_attribute("aria-current", "true")
    play.keyboard.press("Tab")
    expect(shown.get_by_role("button", name="Previous step")).to_be_focused()


def test_a_link_leads_to_a_moment(play: Page, browser: Browser) -> None:
    play.context.grant_permissions(["clipboard-read", "clipboard-write"])
    only, shown = only_cell(play), drawn(play)
    shown.get_by_role("slider", name="Step").fill("1")
    shown.locator("[data-node=b]").click()
    only.get_by_role("button", name="Share").click()
    expect(only.get_by_text("step 1, “b” selected")).to_be_visible()
    link = play.evaluate("() => navigator.clipboard.readText()")
    friend = open_elsewhere(browser, link)
    theirs = output(only_cell(friend))
    run(only_cell(friend))
    expect(theirs.get_by_role("slider", name="Step")).to_have_value("1")
    expect(facts(theirs)).to_contain_text("0.2")
    friend.context.close()
    only.get_by_role("button", name="Leave that out").click()
    expect(only.get_by_text("selected")).to_have_count(0)
    assert len(play.evaluate("() => navigator.clipboard.readText()")) < len(link)


def test_it_is_saved_as_a_file(play: Page) -> None:
    shown = drawn(play)
    with play.expect_download() as download:
        shown.get_by_role("button", name="Save as SVG").click()
    assert download.value.suggested_filename == "a-picture-by-hand.svg"
    with play.expect_download() as download:
        shown.get_by_role("button", name="Save as PNG").click()
    assert download.value.suggested_filename == "a-picture-by-hand.png"
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


TRAINING = """\
import torch
import torch.nn as nn
from backprop import viz

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1))
x, target = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0]])
loss_fn = nn.MSELoss()
"""


def test_a_live_diagram_changes_in_place(play: Page) -> None:
    loop = """\
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
view = viz.live(lambda: viz.network(model, x))
for step in range(60):
    optimizer.zero_grad()
    loss_fn(model(x), target).backward()
    optimizer.step()
    view.update()
view.finish()
with torch.no_grad():
    model[2].bias.fill_(7.25)
    model[2].weight.zero_()
    model[2].bias += 1
view.finish()
print(f"{model(x).item():.2f}", view.frame > 1)
view
"""
    only = only_cell(play)
    write(only, TRAINING + loop)
    assert run(only) == "8.25 True\n"
    pictures = output(only).locator("svg")
    expect(pictures).to_have_count(1)
    # The last state is drawn: the output neuron says what the model does.
    expect(pictures.locator("[data-node='n2.0'] text").first).to_have_text("8.25")
    with play.expect_download() as download:
        output(only).get_by_role("button", name="Save as SVG").click()
    assert ">8.25<" in download.value.path().read_text(encoding="utf-8")
    pictures.locator("[data-node='n2.0']").first.click()
    expect(facts(output(only))).to_contain_text("8.25")
    output(only).get_by_text("Numbers as a table").click()
    expect(output(only).get_by_role("row", name="bias of output 1 8.2500")).to_be_visible()


def test_the_numbers_of_a_diagram_are_a_table(play: Page) -> None:
    only = only_cell(play)
    write(only, TRAINING + "loss_fn(model(x), target).backward()\nviz.network(model, x)")
    run(only)
    output(only).get_by_text("Numbers as a table").click()
    table = output(only).get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["weight", "value", "gradient"])
    expect(table.locator("tbody tr")).to_have_count(13)


def test_a_graph_knows_the_code_behind_each_number(play: Page) -> None:
    only = only_cell(play)
    code = "import torch\nfrom backprop import viz\n\nw = torch.tensor(3.0, requires_grad=True)\n"
    write(only, code + "loss = (w * 2 - 1) ** 2\nloss.backward()\nviz.graph(loss)")
    run(only)
    product = output(only).locator("[data-facts*='multipl'], [data-facts*='× 2']").first
    product.hover()
    expect(only.locator(".cm-pointedSpot").first).to_have_text("w * 2")


def test_a_step_of_learning_fits_its_room(play: Page) -> None:
    only = only_cell(play)
    write(only, TRAINING + "viz.flow(model, x, target, loss_fn, 0.1)")
    run(only)
    picture = output(only).locator("svg")
    for width in (1600, 360):
        play.set_viewport_size({"width": width, "height": 900})
        expect(picture).to_have_attribute("class", re.compile("is-narrow"))
        assert picture.evaluate("svg => svg.parentNode.host.scrollWidth <= innerWidth")
    slider = output(only).get_by_role("slider", name="Step")
    slider.fill("2")
    expect(output(only).locator("[aria-live]")).to_contain_text("Forward:")


@pytest.mark.python_withheld
def test_a_value_waits_for_the_pulses_that_bring_it(page: Page, site: Site) -> None:
    page.goto(site.url(""))
    shown = page.get_by_role("region", name="Forward, loss, backward, update")
    value = shown.locator(".bp-wide [data-node='n1.0'] text.bp-arrives[data-from='2']")
    slider = shown.get_by_role("slider", name="Step")
    for step, delay in (("1", "0s"), ("2", "0.75s"), ("3", "0s")):
        slider.fill(step)
        expect(value).to_have_css("transition-delay", delay)


@pytest.mark.python_withheld
def test_a_touch_screen_is_told_to_tap(
    browser: Browser, browser_context_args: dict[str, Any], site: Site
) -> None:
    context = browser.new_context(**browser_context_args, has_touch=True, is_mobile=True)
    withhold_python(context)
    page = context.new_page()
    page.goto(site.url(""))
    shown = page.get_by_role("region", name="The first gradient")
    expect(facts(shown)).to_have_text("Tap a part to see its numbers.")
    context.close()
