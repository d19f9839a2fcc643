"""Sliders, boxes and choices of `backprop.ui`, moved as a reader does it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.cells import only_cell, output, output_of, write, write_and_run


@pytest.fixture
def play(kept_play: Page) -> Page:
    """Without the controls of the test before, which end with a run that asks for none."""
    write_and_run(only_cell(kept_play), "")
    return kept_play


def set_range(slider: Locator, value: float) -> None:
    slider.fill(str(value))


def test_moving_a_slider_runs_the_cell_again(play: Page) -> None:
    only = only_cell(play)
    text = write_and_run(only, "from backprop import ui\nui.slider('rate', 0.01, 1, value=0.25)")
    assert text == "0.25\n"
    slider = only.get_by_role("slider", name="rate")
    expect(slider).to_have_value("0.25")
    set_range(slider, 0.5)
    expect(output(only)).to_have_text("0.5\n")
    slider.press("ArrowRight")
    expect(output(only)).to_have_text("0.51\n")
    expect(slider).to_be_focused()


def test_a_running_loop_gets_the_new_value(play: Page) -> None:
    only = only_cell(play)
    code = """\
import time
from backprop import ui
runs = globals().get("runs", 0) + 1
while (goal := ui.slider("goal", 0, 10, value=0)) < 7:
    time.sleep(0.02)
print(runs, goal)
"""
    write(only, code)
    only.get_by_role("button", name="Run").click()
    slider = only.get_by_role("slider", name="goal")
    set_range(slider, 3)
    expect(only.locator(".py-value")).to_have_text("3")
    expect(only).to_have_attribute("data-state", "running")
    set_range(slider, 8)
    expect(only).to_have_attribute("data-state", "done")
    # One run has seen it all.
    assert output_of(only) == "1 8\n"


def test_the_other_controls(play: Page) -> None:
    only = only_cell(play)
    code = """\
from backprop import nn, ui
layer = ui.choice("activation", [nn.ReLU, nn.Tanh])
seed = ui.number("seed", 3, minimum=0)
bias = ui.switch("bias", True)
print(layer.__name__, seed, bias)
"""
    assert write_and_run(only, code) == "ReLU 3 True\n"
    only.get_by_label("activation").select_option("Tanh")
    expect(output(only)).to_have_text("Tanh 3 True\n")
    only.get_by_label("bias").uncheck()
    expect(output(only)).to_have_text("Tanh 3 False\n")
    box = only.get_by_label("seed")
    box.fill("12")
    box.press("Enter")
    expect(output(only)).to_have_text("Tanh 12 False\n")
    # What is no number of the box is not run.
    box.fill("-1")
    box.press("Enter")
    expect(output(only)).to_have_text("Tanh 12 False\n")
    expect(box).to_have_css("outline-style", "solid")
    only.get_by_role("button", name="Reset").click()
    only.get_by_role("button", name="Undo reset").click()
    expect(box).to_have_value("3")


def test_a_control_that_is_gone_from_the_code_is_gone(play: Page) -> None:
    only = only_cell(play)
    write_and_run(only, "from backprop import ui\nui.slider('rate', 0, 1.0)")
    expect(only.get_by_role("slider")).to_have_count(1)
    write_and_run(only, "print('none')")
    expect(only.get_by_role("slider")).to_have_count(0)


def test_without_stack_switching_the_cell_runs_again_at_its_end(old_engine: Page) -> None:
    only = only_cell(old_engine)
    code = """\
import time
from backprop import ui
goal = ui.slider("goal", 0, 10, value=1)
end = time.monotonic() + 1
while time.monotonic() < end:
    pass
print(goal)
"""
    write(only, code)
    only.get_by_role("button", name="Run").click()
    set_range(only.get_by_role("slider", name="goal"), 5)
    expect(only).to_have_attribute("data-state", "running")
    expect(output(only)).to_have_text("5\n")
