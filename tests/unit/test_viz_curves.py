"""Several runs on one pair of axes."""

from __future__ import annotations

import json
import math
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import viz
from backprop.host.contract import PATCH
from backprop.viz.curves.trace import shown_range, trace_curves
from backprop.viz.kit.chart import Scale, parted, scale_for, thinned, ticks

from tests.drawings import SVG, check_geometry, check_golden, check_standalone, labels, parse, shown

nn = torch.nn


def halving(count: int = 10, start: float = 8.0) -> list[float]:
    return [start / 2**step for step in range(count)]


def texts(diagram: viz.Diagram) -> set[str]:
    return {each.text for each in labels(parse(diagram))}


def of_run(diagram: viz.Diagram, place: int, class_: str) -> Any:
    """The first path of a run that has a class."""
    run = parse(diagram).find(f".//{SVG}g[@data-node='run-{place}']")
    assert run is not None
    return next(each for each in run if class_ in each.attrib["class"].split())


def test_a_scale_of_powers_is_chosen_where_the_numbers_reach_far() -> None:
    assert not scale_for(np.array([1.0, 50.0]), 0, 1).logarithmic
    assert scale_for(np.array([1.0, 500.0]), 0, 1).logarithmic
    assert scale_for(np.array([0.0, 1.0, 500.0]), 0, 1) == Scale(1.0, 1000.0, 0, 1, True)
    assert not scale_for(np.array([-1.0, 1.0, 500.0]), 0, 1).logarithmic
    # Accuracy that is next to nothing once is no reason for one.
    assert not scale_for(np.array([0.001, *[0.5] * 30]), 0, 1).logarithmic
    assert scale_for(np.array([math.nan]), 0, 1) == Scale(0.0, 1.0, 0, 1)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
        (-3, 400, ["0", "100", "200", "300", "400"]),
        (12344.2, 12346.1, ["12344.5", "12345.0", "12345.5", "12346.0"]),
        (0, 5e-7, ["0", "1e−7", "2e−7", "3e−7", "4e−7", "5e−7"]),
    ],
)
def test_axes_have_round_numbers(low: float, high: float, expected: list[str]) -> None:
    assert [text for _, text in ticks(Scale(low, high, 0, 1))] == expected


def test_a_curve_is_parted_where_it_leaves_the_scale() -> None:
    x, y = Scale(0, 10, 0, 10), Scale(0, 10, 0, 10)
    assert parted([0, 1, 2], [5, 15, 5], x, y) == ("M0 5L0.5 10M1.5 10L2 5", "M0.5 10L1 10L1.5 10")
    assert parted([0, 2], [-10, 20], x, y)[0] == "M0.67 0L1.33 10"
    assert parted([0, 1, 2, 3], [1, 2, math.nan, 3], x, y) == ("M0 1L1 2", "M0 0")
    assert parted([0, 1], [1, 0], x, Scale(0.1, 10, 0, 10, True)) == ("M0 5L0 0", "M0 0L1 0")


def test_of_many_values_the_extremes_and_the_first_that_is_none_are_kept() -> None:
    values = np.random.default_rng(0).random(100_000)
    values[123], values[45_678], values[77_777] = 9.0, -9.0, math.nan
    kept = thinned(values)
    assert {0, 123, 45_678, 77_777, 99_999} <= set(kept.tolist())
    assert len(kept) <= 410
    assert (np.diff(kept) > 0).all()


def test_each_run_is_named_at_its_end_and_drawn_where_its_numbers_are() -> None:
    diagram = viz.curves({"slow": [4.0, 3.0, 2.0], "fast": [4.0, 2.0, 1.0]})
    assert diagram.title == "The loss of 2 runs"
    assert diagram.description == "fast ends lowest, at 1; slow ends highest, at 2."
    assert of_run(diagram, 1, "bp-curve").attrib["d"].startswith("M72 44L")
    height = 240.0
    ends = [of_run(diagram, each, "bp-curve").attrib["d"].split()[-1] for each in (0, 1)]
    assert [float(each) for each in ends] == [44 + height / 2, 44 + height * 3 / 4]
    named = {each.text: (each.top + each.bottom) / 2 for each in labels(parse(diagram))}
    assert named["slow"] == pytest.approx(float(ends[0]), abs=2)
    assert named["fast"] == pytest.approx(float(ends[1]), abs=2)
    run = parse(diagram).find(f".//{SVG}g[@data-node='run-1']")
    assert run is not None
    assert run.attrib["data-facts"] == (
        "fast\n3 steps\nfrom 4.0000 to 1.0000\nlowest 1.0000 at step 3"
    )
    assert diagram.table.rows[1] == ("fast", "3", "4.0000", "1.0000", "1.0000", "")


def test_no_two_runs_look_the_same_without_colour() -> None:
    diagram = viz.curves({str(each): halving() for each in range(8)})
    seen = set()
    for place in range(8):
        marks = of_run(diagram, place, "bp-mark")
        shape = "".join(each for each in marks.attrib["d"].split("M")[1] if each.isalpha())
        classes = of_run(diagram, place, "bp-mark").attrib["class"].split()
        (dash,) = [each for each in classes if each.startswith("is-dash")]
        seen.add((shape, dash, "is-hollow" in classes))
    assert len(seen) == 8


def test_a_run_that_diverges_ends_in_a_cross_and_does_not_squeeze_the_others() -> None:
    wild = [8.0 * 2**step for step in range(40)] + [math.inf, math.nan, math.nan]
    runs = {"lr 0.1": halving(43), "lr 1": wild}
    diagram = viz.curves(runs)
    assert "lr 1 diverged at step 41: it is ∞." in diagram.description
    assert "What is dotted along the edge lies beyond the scale." in diagram.description
    assert "∞ at step 41" in texts(diagram)
    assert diagram.table.rows[1][-1] == "diverged at step 41"
    assert of_run(diagram, 1, "bp-odd").attrib["d"] != "M0 0"
    assert of_run(diagram, 0, "bp-odd").attrib["d"] == "M0 0"
    assert shown_range(trace_curves(runs, "loss")).max() <= 8_000
    check_geometry(diagram)


def test_a_run_that_grows_a_millionfold_is_said_to_diverge_while_it_is_finite() -> None:
    diagram = viz.curves({"lr 0.1": halving(30), "lr 1": [8.0 * 4**step for step in range(30)]})
    assert "lr 1 diverges: it ends at 2.306e18." in diagram.description
    assert "1e4" in texts(diagram)
    recovering = viz.curves([1e-9 * 10**step for step in range(10)])
    assert "diverges" not in recovering.description


def test_runs_without_numbers_are_named() -> None:
    assert viz.curves({"train": [], "test": []}).description == "Nothing is recorded yet."
    assert viz.curves({"train": [2.0, 1.0], "test": []}).description == (
        "train ends at 1. test has no numbers yet."
    )


def test_numbers_missing_in_between_are_counted_and_those_alone_still_seen() -> None:
    diagram = viz.curves({"validation": [1.0, math.nan, 0.5, math.nan, 0.3]})
    assert diagram.description == (
        "The loss goes from 1 to 0.3. 2 of 5 numbers of validation are not finite."
    )
    assert of_run(diagram, 0, "bp-mark").attrib["d"].count("M") >= 3


@pytest.mark.parametrize(
    "given",
    [
        [4.0, 2.0, 1.0],
        (4, 2, 1),
        np.array([4.0, 2.0, 1.0]),
        torch.tensor([4.0, 2.0, 1.0]),
        [torch.tensor(4.0), torch.tensor(2.0, requires_grad=True), torch.tensor(1.0)],
    ],
)
def test_lists_arrays_and_tensors_are_the_same_run(given: Any) -> None:
    expected = viz.curves({"loss": [4.0, 2.0, 1.0]})
    assert viz.curves(given)._repr_svg_() == expected._repr_svg_()
    assert expected.title == "The loss of a run"


def test_recorded_runs_are_drawn_with_their_own_steps() -> None:
    torch.manual_seed(0)
    model = nn.Linear(1, 1)
    losses = []
    with viz.record(model) as run:
        for _ in range(4):
            loss = (model(torch.ones(1, 1)) - 5).pow(2).sum()
            losses.append(loss)
            loss.backward()
    assert viz.curves(run)._repr_svg_() == viz.curves(losses)._repr_svg_()


def test_labels_of_equal_ends_move_apart_within_the_picture() -> None:
    same = {f"run {each}": [1.0, 0.0] for each in range(8)}
    check_geometry(viz.curves(same))
    check_geometry(viz.curves({name: [0.0, 1.0] for name in same}))
    check_geometry(viz.curves({name: [1.0, math.nan] for name in same}))


@pytest.mark.parametrize(
    "runs",
    [
        {"one": [3.0]},
        {"nothing": [], "nan": [math.nan], "inf": [math.inf, -math.inf]},
        {"zeros": [0.0] * 5, "ones": [1.0] * 5},
        {"below": [-1e30, -1e-30], "above": [1e30, 1e-30]},
        {'<a> & "b" 🎈 שלום and much more than fits': halving(), "": [1.0, 2.0]},
        {"long": np.random.default_rng(0).random(200_000)},
    ],
)
def test_nothing_sticks_out_and_the_page_can_draw_it(runs: dict[str, Any]) -> None:
    diagram = viz.curves(runs, name='loss of <"all"> 🎈')
    check_geometry(diagram)
    check_standalone(diagram)


def test_it_can_be_watched_from_its_first_number_on() -> None:
    runs: dict[str, list[float]] = {"train": [], "test": []}
    with shown() as bundles, viz.live(lambda: viz.curves(runs)) as view:
        for value in (8.0, 4.0, 0.001, math.nan):
            runs["train"].append(value)
            runs["test"].append(value * 2)
            view.finish()
    assert bundles[0]["text/plain"].endswith("Nothing is recorded yet.")
    assert [PATCH in each for each in bundles] == [False] + [True] * (len(bundles) - 1)
    assert all(json.loads(each[PATCH])["changes"] for each in bundles[1:-1])


def test_golden(update_golden: bool) -> None:
    runs = {
        "creeping": [4 * 0.98**step for step in range(31)],
        "at once": [4.0] + [0.0] * 30,
        "escaping": [4 * 1.5**step for step in range(12)] + [math.nan] * 19,
    }
    diagram = viz.curves(runs, name="distance")
    check_geometry(diagram)
    check_standalone(diagram)
    check_golden(diagram, "curves", update_golden)


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="no runs to draw"):
        viz.curves({})
    with pytest.raises(ValueError, match="up to 8 runs, not 9"):
        viz.curves({str(each): [1.0] for each in range(9)})
    with pytest.raises(ValueError, match=r"'a' has shape \(2, 2\)"):
        viz.curves({"a": torch.ones(2, 2)})
    with pytest.raises(ValueError, match="not equally long"):
        viz.curves([[1.0, 2.0], [1.0]])
    with pytest.raises(TypeError, match="'a' must be real numbers, not Linear"):
        viz.curves({"a": nn.Linear(1, 1)})
    with pytest.raises(TypeError, match="must be real numbers, not complex"):
        viz.curves([1j])
