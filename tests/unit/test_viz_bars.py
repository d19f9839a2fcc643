"""Numbers as bars."""

from __future__ import annotations

import json
import math
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import viz
from backprop.host.contract import PATCH

from tests.drawings import SVG, check_geometry, check_golden, check_standalone, labels, parse, shown


def bar(diagram: viz.Diagram, place: int, kind: int = 0) -> tuple[float, float]:
    """From where to where a bar goes."""
    rect = parse(diagram).find(f".//{SVG}g[@data-node='bar-{place}-{kind}']/{SVG}rect")
    assert rect is not None
    return float(rect.attrib["x"]), float(rect.attrib["x"]) + float(rect.attrib["width"])


def test_bars_are_as_long_as_their_numbers() -> None:
    diagram = viz.bars(["cat", "dog", "fish"], [0.6, 0.3, 0.15])
    assert diagram.title == "3 numbers as bars"
    assert diagram.description == "The largest is cat: 0.6. The smallest is fish: 0.15."
    assert diagram.table.rows == (("cat", "0.6000"), ("dog", "0.3000"), ("fish", "0.1500"))
    lengths = [end - start for start, end in (bar(diagram, each) for each in range(3))]
    assert lengths[0] > 250
    assert [each / lengths[0] for each in lengths] == pytest.approx([1, 0.5, 0.25], abs=1e-3)
    assert len({bar(diagram, each)[0] for each in range(3)}) == 1
    written = {each.text: each.left for each in labels(parse(diagram))}
    assert written["0.3"] > bar(diagram, 1)[1]


def test_several_series_stand_below_each_other_with_a_key() -> None:
    took = {"one by one": [2.0, 8.0], "all at once": [1.0, 0.5]}
    diagram = viz.bars(["5 weights", "9 weights"], took, name="how long it took", unit="ms")
    assert diagram.title == "how long it took: 2 × 2 numbers as bars"
    assert diagram.description == (
        "The largest is 9 weights, one by one: 8 ms. The smallest is 9 weights, all at once: 0.5 ms."
    )
    assert diagram.table.columns == ("", "one by one (ms)", "all at once (ms)")
    written = [each.text for each in labels(parse(diagram))]
    assert written[:3] == ["how long it took", "5 weights", "2 ms"]
    assert {"one by one", "all at once"} <= set(written)
    group = parse(diagram).find(f".//{SVG}g[@data-node='bar-1-1']")
    assert group is not None
    assert group.attrib["data-facts"] == "9 weights, all at once\n0.5000 ms"
    start, end = bar(diagram, 1, 1)
    assert (end - start) * 16 == pytest.approx(np.subtract(*bar(diagram, 1, 0)[::-1]), abs=0.3)


def test_a_long_unit_leaves_room_for_the_bars() -> None:
    start, end = bar(
        viz.bars(["a"], [1.0], unit="a unit that is longer than the picture is wide"), 0
    )
    assert end - start > 200


def test_negative_numbers_go_to_the_left_of_zero() -> None:
    diagram = viz.bars(["up", "down"], [2.0, -1.0])
    (zero, up), (down, also_zero) = bar(diagram, 0), bar(diagram, 1)
    assert zero == pytest.approx(also_zero, abs=0.02)
    assert up - zero == pytest.approx(2 * (zero - down), abs=0.05)
    written = {each.text: each.right for each in labels(parse(diagram))}
    assert written["−1"] < down
    check_geometry(diagram)


def test_what_is_no_number_is_written_and_has_no_bar() -> None:
    diagram = viz.bars(["a", "b", "c", "d"], [math.nan, math.inf, -math.inf, 1.0])
    assert diagram.description == "d is 1. 3 numbers are not finite: a (NaN), b (∞), c (−∞)."
    assert np.subtract(*bar(diagram, 0)) == 0
    assert bar(diagram, 1) == bar(diagram, 3)
    assert bar(diagram, 2)[1] == pytest.approx(bar(diagram, 1)[0], abs=0.02)
    dotted = [
        each
        for each in parse(diagram).iter(f"{SVG}rect")
        if "is-not-finite" in each.attrib["class"]
    ]
    assert len(dotted) == 3
    check_geometry(diagram)


@pytest.mark.parametrize(
    "given",
    [
        (1, 2.5),
        np.array([1.0, 2.5]),
        torch.tensor([1.0, 2.5], requires_grad=True),
        [torch.tensor(1.0), torch.tensor(2.5)],
    ],
)
def test_lists_arrays_and_tensors_are_the_same_bars(given: Any) -> None:
    expected = viz.bars(["0", "1"], [1.0, 2.5])
    assert viz.bars(range(2), given)._repr_svg_() == expected._repr_svg_()


def test_equal_numbers_and_equal_labels_are_told() -> None:
    assert viz.bars(["a", "a"], [0, 0]).description == "All are 0."
    assert viz.bars(["a"], [3]).description == "a is 3."
    assert viz.bars(["a", "a"], [1, 2]).description.startswith("The largest is a: 2.")


@pytest.mark.parametrize(
    ("words", "values", "unit"),
    [
        (["a"], [0.0], ""),
        (["a", "b"], [math.nan, math.nan], ""),
        (["a", "b"], [3.0, -2.0], "a unit that is longer than all bars together"),
        (['<a> & "b" 🎈 שלום, which is a long label', "b"], [-1.2345e-7, -1e30], "kg"),
        (["x" * 200], [1.0], ""),
        ([str(each) for each in range(64)], list(range(64)), ""),
        (["one", "two"], {name * 30: [1, 2] for name in "abcd"}, "%"),
        (["a long label that stands above", "b"], {"c": [-1e9, 2], "d": [3, math.inf]}, ""),
    ],
)
def test_nothing_sticks_out_and_the_page_can_draw_it(words: Any, values: Any, unit: str) -> None:
    diagram = viz.bars(words, values, name='what <"they"> are 🎈' * 4, unit=unit)
    check_geometry(diagram)
    check_standalone(diagram)


def test_they_can_be_watched_while_they_change() -> None:
    shares = [0.5, 0.5]
    with shown() as bundles, viz.live(lambda: viz.bars(["cat", "dog"], shares)) as view:
        for now in ([0.9, 0.1], [-0.2, 0.3], [math.nan, 1.0]):
            shares[:] = now
            view.finish()
    assert [PATCH in each for each in bundles] == [False] + [True] * (len(bundles) - 1)
    assert all(json.loads(each[PATCH])["changes"] for each in bundles[1:-1])


def test_golden(update_golden: bool) -> None:
    values = {"before": [0.7, -0.2, math.nan], "after": [0.1, 0.4, 0.5]}
    diagram = viz.bars(["cat", "dog", "fish"], values, name="score", unit="points")
    check_geometry(diagram)
    check_standalone(diagram)
    check_golden(diagram, "bars", update_golden)


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="no bars to draw"):
        viz.bars([], [])
    with pytest.raises(ValueError, match="no bars to draw"):
        viz.bars(["a"], {})
    with pytest.raises(ValueError, match=r"2 labels and values of shape \(3,\)\n"):
        viz.bars(["a", "b"], [1, 2, 3])
    with pytest.raises(ValueError, match=r"2 labels and values of shape \(1,\) for 'after'"):
        viz.bars(["a", "b"], {"before": [1, 2], "after": [1]})
    with pytest.raises(ValueError, match="up to 4 series, not 5"):
        viz.bars(["a"], {str(each): [1] for each in range(5)})
    with pytest.raises(ValueError, match=r"65 bars; bars\(\) draws up to 64"):
        viz.bars(range(65), range(65))
    with pytest.raises(TypeError, match="the values must be real numbers, not list"):
        viz.bars(["a"], ["b"])
