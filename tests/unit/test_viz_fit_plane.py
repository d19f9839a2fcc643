"""The picture of a model with two inputs that answers with a number: shades of the plane."""

from __future__ import annotations

import json
import re
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import viz
from backprop.host.contract import PATCH

from tests.drawings import SVG, check_geometry, check_golden, check_standalone, parse, shown

nn = torch.nn

#: Where the plane lies on the paper.
LEFT, TOP, SIDE = 72.0, 20.0, 352.0


def first_input(slope: float = 1.0) -> Any:
    """Answers with the first input times `slope`."""
    model = nn.Linear(2, 1)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[slope, 0.0]]))
        model.bias.zero_()
    return model


def data() -> tuple[Any, Any]:
    """Targets from −1 to 1; a model that answers with the first input misses the last of them by 0.5."""
    inputs = [[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [0.5, 1.0]]
    return torch.tensor(inputs), torch.tensor([[-1.0], [-1.0], [1.0], [0.0]])


def paths(diagram: viz.Diagram, class_: str, group: str = "") -> list[Any]:
    root = parse(diagram)
    scope = root.find(f".//{SVG}g[@class='{group}']") if group else root
    assert scope is not None
    return [each for each in scope.iter(f"{SVG}path") if each.get("class") == class_]


def across(x: float) -> float:
    """Where a first input lies; the data reach from −1 to 1, and 12% of that further."""
    return LEFT + SIDE * (x + 1.24) / 2.48


def place(diagram: viz.Diagram, point: int) -> tuple[Any, float, float]:
    """The mark of a point, and the middle of its shape."""
    mark = parse(diagram).find(f".//*[@data-node='point-{point}']")
    assert mark is not None
    x, y = (float(each) for each in re.findall(r"[\d.]+", mark.attrib["d"])[:2])
    return mark, x, y


def test_the_words_and_the_facts_are_those_of_the_data() -> None:
    diagram = viz.fit(first_input(), *data())
    assert diagram.title == "How a model fits 4 points"
    assert diagram.description == "The model is off by 0.125 on average, most at (0.5, 1), by 0.5."
    assert diagram.table.columns == ("input 1", "input 2", "target", "prediction", "error")
    assert diagram.table.rows[3] == ("0.5000", "1.0000", "0.0000", "0.5000", "0.5000")
    assert place(diagram, 3)[0].attrib["data-facts"] == (
        "(0.5, 1), target 0.0000\nthe model says 0.5000\nerror = prediction − target = 0.5000"
    )


def test_shades_begin_at_round_numbers_where_the_model_answers_them() -> None:
    diagram = viz.fit(first_input(), *data())
    shades = paths(diagram, "bp-shade", "bp-shades")
    levels = [-0.8, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6, 0.8]
    edges = [
        min(float(each) for each in re.findall(r"[ML]([\d.]+)", shade.attrib["d"]))
        for shade in shades
    ]
    np.testing.assert_allclose(edges, [across(level) for level in levels], atol=0.1)
    assert shades[5].attrib["data-facts"].startswith("the answer is 0.2 or more in 42% of")
    (zero,) = paths(diagram, "bp-decision", "bp-shades")
    xs = [float(each) for each in re.findall(r"[ML]([\d.]+)", zero.attrib["d"])]
    assert xs == pytest.approx([across(0.0)] * len(xs), abs=0.1)
    (dashed,) = paths(diagram, "bp-level is-negative", "bp-shades")
    assert max(float(each) for each in re.findall(r"[ML]([\d.]+)", dashed.attrib["d"])) < across(0)


def test_a_point_has_the_shade_of_its_target_and_the_shape_of_its_sign() -> None:
    diagram = viz.fit(first_input(), *data())
    strength = float(paths(diagram, "bp-shade")[0].attrib["fill-opacity"])
    # No level is below −1, five are not above 0, and all nine are below 1.
    for point, (layers, shape) in enumerate([(0, "hvhZ"), (0, "hvhZ"), (9, "aaZ"), (5, "aaZ")]):
        mark = place(diagram, point)[0]
        expected = 1 - (1 - strength) ** layers
        assert float(mark.attrib["fill-opacity"]) == pytest.approx(expected, abs=0.006)
        assert re.sub("[^a-zA-Z]", "", mark.attrib["d"]) == f"M{shape}"


def test_an_error_is_a_line_up_where_the_answer_is_too_high() -> None:
    def ends(model: Any) -> list[tuple[float, float]]:
        (errors,) = paths(viz.fit(model, *data()), "bp-error", "")[:1]
        found = re.findall(r"M[\d.]+ ([\d.]+)V([\d.]+)", errors.attrib["d"])
        return [(float(start), float(end)) for start, end in found]

    def height(y: float) -> float:
        return TOP + SIDE * (1.24 - y) / 2.48

    # 100 px for all that the targets span: 25 for an error of 0.5.
    assert ends(first_input())[:3] == [
        (pytest.approx(y, abs=0.01),) * 2 for y in map(height, (-1, 1, -1))
    ]
    half = ends(lambda x: 0.5 * x[:, 0])
    assert half[0] == pytest.approx((height(-1), height(-1) - 25), abs=0.02)
    assert half[2] == pytest.approx((height(-1), height(-1) + 25), abs=0.02)


def test_a_line_ends_at_its_greatest_length_and_at_the_edge_which_is_said() -> None:
    diagram = viz.fit(first_input(100.0), *data())
    assert diagram.description.endswith("by 99. 4 errors are larger than their lines.")
    (errors,) = paths(diagram, "bp-error")[:1]
    ends = re.findall(r"M[\d.]+ ([\d.]+)V([\d.]+)", errors.attrib["d"])
    lengths = [float(start) - float(end) for start, end in ends]
    assert lengths[1] == pytest.approx(-60, abs=0.02)
    assert [float(ends[each][1]) for each in (0, 3)] == [TOP + SIDE, TOP]


def test_answers_that_are_no_numbers_are_crossed_out() -> None:
    inputs, targets = data()
    diagram = viz.fit(lambda x: x[:, 0].log(), inputs, targets)
    assert diagram.description.startswith(
        "2 of 4 answers are not finite: their points are crossed out. The model is off by"
    )
    assert "Crosses on the plane: answers that are not finite." in diagram.description
    assert diagram.table.rows[0][3:] == ("NaN", "NaN")
    (odd,) = paths(diagram, "bp-odd")
    assert odd.attrib["d"].count("l16.0 16.0") == 2
    (plane,) = paths(diagram, "bp-odd-answers")
    crosses = [float(each) for each in re.findall(r"M([\d.]+) [\d.]+l6.0 6.0", plane.attrib["d"])]
    assert crosses
    assert max(crosses) < across(0.0)
    check_geometry(diagram)
    nothing = viz.fit(lambda x: x[:, 0] / 0, inputs, targets)
    assert nothing.description.startswith("No answer to a point is finite.")
    assert paths(nothing, "bp-error")[0].attrib["d"] == "M0 0"
    assert paths(viz.fit(first_input(), *data()), "bp-odd-answers")[0].attrib["d"] == "M0 0"


@pytest.mark.parametrize("kind", ["lists", "arrays", "rows"])
def test_lists_arrays_and_tensors_are_the_same_data(kind: str) -> None:
    inputs, targets = data()
    given = {
        "lists": (inputs.tolist(), targets.ravel().tolist()),
        "arrays": (inputs.numpy(), targets.numpy()),
        "rows": (list(inputs), list(targets)),
    }[kind]
    expected = viz.fit(first_input(), inputs, targets)
    assert viz.fit(first_input(), *given)._repr_svg_() == expected._repr_svg_()
    assert viz.fit(first_input().double(), *given).table == expected.table


@pytest.mark.parametrize(
    ("X", "y"),
    [
        ([[1.0, 2.0]], [0.0]),
        ([[12345.0, -1e-7]] * 3, [1e-7, 2e-7, 4e-7]),
        ([[-1e30, 0.0], [1e30, 1.0]], [1e-30, -1e-30]),
        ([[0.0, 1e17], [1.0, 1e17]], [1e17, 1e17]),
        ([[0.0, 0.0], [1.0, 1.0]], [1e16, 1e16 + 2]),
        ([[0.0, 0.0], [1.0, 1.0]], [-12345.678, -12345.679]),
        ([[0.0, 0.0], [1.0, 1.0]], [-12345678.0, 12345678.0]),
        ([[0.0, 0.0], [1.0, 1.0]], [-3, -1]),
        (np.arange(600.0).reshape(300, 2), np.arange(300)),
        (np.linspace(0, 1, 100_000).reshape(-1, 2), np.linspace(-1, 1, 50_000)),
    ],
)
def test_nothing_sticks_out_and_the_page_can_draw_it(X: Any, y: Any) -> None:  # noqa: N803
    diagram = viz.fit(first_input(), X, y)
    check_geometry(diagram)
    check_standalone(diagram)
    assert not re.search(
        "nan|inf", "".join(each.get("d") for each in parse(diagram).iter(f"{SVG}path"))
    )
    if len(X) > 1000:
        assert diagram.description.endswith("2,000 of 50,000 points are drawn.")


def test_while_training_the_answers_and_errors_move_and_nothing_else() -> None:
    model = first_input(0.1)
    with shown() as bundles, viz.live(lambda: viz.fit(model, *data())) as view:
        for slope in (0.6, 50.0, float("nan"), float("inf"), 1.0):
            with torch.no_grad():
                model.weight.fill_(slope)
            view.finish()
    assert [PATCH in each for each in bundles] == [False] + [True] * (len(bundles) - 1)
    assert len(bundles) > 5
    names = {name for each in bundles[1:] for _, name, _ in json.loads(each[PATCH])["changes"]}
    assert names == {"d", "text", "data-facts"}


def test_golden(update_golden: bool) -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 6), nn.Tanh(), nn.Linear(6, 1))
    x = torch.tensor([[a, b] for a in (-2.0, -0.7, 0.7, 2.0) for b in (-1.0, 0.0, 1.0)])
    diagram = viz.fit(model, x, x[:, 0] * x[:, 1])
    check_geometry(diagram)
    check_standalone(diagram)
    check_golden(diagram, "fit-plane", update_golden)


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    inputs, targets = data()
    with pytest.raises(ValueError, match="4 points and y 3 targets"):
        viz.fit(first_input(), inputs, targets[:3])
    with pytest.raises(ValueError, match="no points"):
        viz.fit(first_input(), torch.ones(0, 2), torch.ones(0))
    with pytest.raises(ValueError, match=r"point 1 is \(0, ∞, 1\), which is not finite"):
        viz.fit(first_input(), [[0.0, 0.0], [0.0, float("inf")]], [0.0, 1.0])
    with pytest.raises(ValueError, match="one number to each row"):
        viz.fit(nn.Linear(2, 2), inputs, targets)
    with pytest.raises(TypeError, match=r"tensor of shape \(n, 2\)"):
        viz.fit(lambda x: x.tolist(), inputs, targets)
