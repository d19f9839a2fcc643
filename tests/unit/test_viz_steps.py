"""The format of steps, and what a file needs to play by itself."""

from __future__ import annotations

import re

import backprop as torch
import pytest
from backprop import viz
from backprop.viz.kit.diagram import style_sheet
from backprop.viz.kit.steps import Step, add_captions, explain, node_id, playing, seen
from backprop.viz.kit.svg import Element
from backprop.viz.kit.text import text_width, wrapped
from backprop.viz.memory.operations import Place
from hypothesis import given
from hypothesis import strategies as st

from tests.drawings import CHARACTERS, SVG, parse


def test_a_file_plays_its_steps_once_unless_motion_is_unwanted() -> None:
    body = Element("g")
    for first, last in ((1, 2), (3, None), (3, None)):
        seen(body.add("path"), first, last)
    rules = playing(body, 4)
    assert '[data-from="1"] { --bp-from: 1; }' in rules
    assert '[data-until="2"] { --bp-until: 2; }' in rules
    assert rules.count('[data-from="3"]') == 1
    assert "@keyframes bp-play-4 { from { --bp-now: 0; } to { --bp-now: 4; } }" in rules
    motion = rules[rules.index("@media (prefers-reduced-motion: no-preference)") :]
    assert "animation: bp-play-4 5.5s steps(5, jump-none) both" in motion
    assert "infinite" not in rules


def test_a_long_play_is_not_longer_than_a_minute() -> None:
    assert " 60.0s steps(201" in playing(Element("g"), 200)


def test_the_rules_survive_in_html_where_style_in_svg_is_markup() -> None:
    w = torch.tensor(3.0, requires_grad=True)
    style = parse(viz.graph(lambda: w * w)).findtext(f"{SVG}style")
    text = viz.graph(lambda: w * w)._repr_svg_()
    assert style is not None
    assert 'syntax: "<integer>"' in style
    assert "<integer>" not in text


def test_only_drawings_with_steps_bring_rules_for_them() -> None:
    diagram = viz.network(torch.nn.Linear(2, 1))
    assert parse(diagram).findtext(f"{SVG}style") == style_sheet()


def test_the_last_caption_stays() -> None:
    body = Element("g")
    steps = [Step("one", "forward"), Step("two " * 40, "loss"), Step("three", "update")]
    bottom = add_captions(body, steps, 10, 20, 200)
    captions = [each for each in body.walk() if "data-caption" in each.attributes]
    assert [each.attributes.get("data-until") for each in captions] == ["1", "2", None]
    assert captions[1].attributes["data-caption"] == "two " * 40
    lines = [each for each in captions[1].children if isinstance(each, Element)]
    assert bottom >= float(lines[-1].attributes["y"])
    assert len(lines) > 1


def test_facts_and_places_are_attributes() -> None:
    element = explain(
        Element("g"),
        "v1",
        "v1 = 2 × 3",
        place=Place("cell.py", 3, 4, 0, 7),
        previous=["w", "x", "w"],
    )
    assert element.attributes == {
        "data-node": "v1",
        "data-facts": "v1 = 2 × 3",
        "tabindex": "-1",
        "data-previous": "w x",
        "data-cell": "cell.py",
        "data-line": "3",
        "data-end-line": "4",
        "data-column": "0",
        "data-end-column": "7",
    }


def test_ids_have_no_spaces() -> None:
    assert node_id("my  weight\n1") == "my_weight_1"
    assert node_id("   ") == "_"


def test_motion_is_only_transition_of_what_the_step_changes() -> None:
    sheet = style_sheet()
    assert "@keyframes" not in sheet
    reduced = sheet[sheet.rindex("@media (prefers-reduced-motion: reduce)") :]
    assert "transition: none" in reduced
    assert set(re.findall(r"transition: (\S+?)[ ;]", sheet)) == {
        "opacity",
        "stroke-dashoffset",
        "none",
    }


@pytest.mark.parametrize(
    ("text", "bold", "width"),
    # As Chromium measures them in DejaVu Sans at 16 px.
    [
        ("0.weight", True, 78.8),
        ("target", True, 56.3),
        ("× −6.89", False, 67.5),
        ("blame flows up: the size of the gradient", False, 318.8),
    ],
)
def test_widths_of_text_are_upper_bounds_and_not_far_off(
    text: str, bold: bool, width: float
) -> None:
    assert width <= text_width(text, 16, bold) <= 1.16 * width


@given(st.text(CHARACTERS), st.floats(40, 400))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line) <= width for line in lines)
