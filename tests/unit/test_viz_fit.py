"""The picture of a model with one input among the data."""

from __future__ import annotations

import json
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import viz
from backprop.host.contract import PATCH

from tests.drawings import SVG, check_geometry, check_golden, check_standalone, parse, shown

nn = torch.nn

#: Where the axes of the picture are.
LEFT, RIGHT, TOP, BOTTOM = 72.0, 424.0, 44.0, 308.0


def line(slope: float = 1.0) -> Any:
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(slope)
        model.bias.zero_()
    return model


def data() -> tuple[Any, Any]:
    return torch.tensor([[0.0], [1.0], [2.0]]), torch.tensor([[0.0], [1.5], [1.0]])


def path(diagram: viz.Diagram, class_: str) -> str:
    found = parse(diagram).find(f".//{SVG}path[@class='{class_}']")
    assert found is not None
    return found.attrib["d"]


def corners(d: str) -> list[tuple[float, float]]:
    """The points of a path of straight lines."""
    pairs = (each.split() for each in d.replace("M", "L").split("L")[1:])
    return [(float(x), float(y)) for x, y in pairs]


def test_the_words_and_the_facts_are_those_of_the_data() -> None:
    diagram = viz.fit(line(), *data())
    assert diagram.title == "How a model fits 3 points"
    assert diagram.description == (
        "The model is off by 0.5 on average, most at x = 2, by 1. "
        "Where it is dotted, the curve lies above the picture."
    )
    assert diagram.table.columns == ("x", "target", "prediction", "error")
    assert diagram.table.rows[1] == ("1.0000", "1.5000", "1.0000", "−0.5000")
    point = parse(diagram).find(".//*[@data-node='point-1']")
    assert point is not None
    assert point.attrib["data-facts"] == (
        "x = 1.0000, target 1.5000\nthe model says 1.0000\nerror = prediction − target = −0.5000"
    )


def test_the_curve_and_the_errors_are_where_the_model_says() -> None:
    # Targets from 0 to 1.5 and a quarter of that above and below; inputs from −0.1 to 2.1.
    def place(x: float, y: float) -> tuple[float, float]:
        return (
            LEFT + (RIGHT - LEFT) * (x + 0.1) / 2.2,
            BOTTOM - (BOTTOM - TOP) * (y + 0.375) / 2.25,
        )

    diagram = viz.fit(line(0.5), *data())
    points = np.array(corners(path(diagram, "bp-answer")))
    np.testing.assert_allclose(points[0], place(-0.1, -0.05), atol=0.02)
    np.testing.assert_allclose(points[-1], place(2.1, 1.05), atol=0.02)
    errors = path(diagram, "bp-error").split("M")[1:]
    (x, start), end = errors[1].split("V")[0].split(), errors[1].split("V")[1]
    np.testing.assert_allclose((float(x), float(start)), place(1.0, 1.5), atol=0.02)
    assert float(end) == pytest.approx(place(1.0, 0.5)[1], abs=0.02)


def test_beyond_the_picture_the_curve_runs_along_its_edge() -> None:
    diagram = viz.fit(line(3.0), *data())
    inside, beyond = (corners(path(diagram, f"bp-answer{each}")) for each in ("", " is-beyond"))
    assert {y for _, y in beyond} == {TOP}
    assert inside[-1] == beyond[0]
    assert min(y for _, y in inside) == TOP
    assert viz.fit(line(), [1.0, 2.0], [50.0, 60.0]).description.endswith(
        "All of the curve lies below the picture."
    )


@pytest.mark.parametrize(
    "given",
    [
        ([0.0, 1.0, 2.0], [0.0, 1.5, 1.0]),
        (np.array([[0.0], [1.0], [2.0]]), np.array([0.0, 1.5, 1.0])),
        (torch.tensor([0.0, 1.0, 2.0]), torch.tensor([0.0, 1.5, 1.0], requires_grad=True)),
        ([torch.tensor(0.0), torch.tensor(1.0), torch.tensor(2.0)], (0, 1.5, 1)),
    ],
)
def test_lists_arrays_and_tensors_are_the_same_data(given: tuple[Any, Any]) -> None:
    expected = viz.fit(line(), *data())
    assert viz.fit(line(), *given)._repr_svg_() == expected._repr_svg_()
    assert viz.fit(lambda x: 1.0 * x, *given).table == expected.table


def test_a_model_is_asked_in_its_own_precision_and_left_alone() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(1, 4), nn.BatchNorm1d(4), nn.Dropout(0.5), nn.Linear(4, 1))
    model.double()
    model[2].eval()
    before = {name: each.clone() for name, each in model.state_dict().items()}
    torch.manual_seed(1)
    expected = torch.rand(1)
    torch.manual_seed(1)
    viz.fit(model, *data())
    assert torch.equal(torch.rand(1), expected)
    assert [each.training for each in model] == [True, True, False, True]
    assert all(torch.equal(each, before[name]) for name, each in model.state_dict().items())
    assert model[0].weight.grad is None


def test_answers_that_are_no_numbers_are_crossed_out() -> None:
    diagram = viz.fit(lambda x: x.log(), [-1.0, 1.0, 2.0], [0.0, 0.0, 1.0])
    assert diagram.description.startswith(
        "1 of 3 answers is not finite: its point is crossed out. The model is off by"
    )
    assert path(diagram, "bp-odd").count("l16.0 16.0") == 1
    assert diagram.table.rows[0] == ("−1.0000", "0.0000", "NaN", "NaN")
    check_geometry(diagram)
    nothing = viz.fit(lambda x: x / 0, [0.0], [1.0])
    assert (
        nothing.description
        == "No answer to a point is finite. " + (nothing.description.partition("finite. ")[2])
    )
    assert path(nothing, "bp-error") == "M0 0"


@pytest.mark.parametrize(
    ("X", "y"),
    [
        ([1.0], [0.0]),
        ([12345.0], [1e-7]),
        ([-1e30, 1e30], [1e-30, -1e30]),
        ([1e-5, 2e-5], [-12345.678, -12345.679]),
        (list(range(300)), list(range(300))),
        (np.linspace(0, 1, 100_000), np.zeros(100_000)),
    ],
)
def test_nothing_sticks_out_and_the_page_can_draw_it(X: Any, y: Any) -> None:  # noqa: N803
    diagram = viz.fit(line(), X, y)
    check_geometry(diagram)
    check_standalone(diagram)
    if len(X) > 1000:
        assert diagram.description.endswith("2,000 of 100,000 points are drawn.")


def test_a_model_that_is_right_is_said_to_be() -> None:
    assert viz.fit(line(), [1, 2], [1, 2]).description == "The model meets every point."


def test_while_training_only_the_curve_and_the_errors_are_sent() -> None:
    model = line(0.1)
    with shown() as bundles, viz.live(lambda: viz.fit(model, *data())) as view:
        for slope in (0.6, 5.0, float("nan")):
            with torch.no_grad():
                model.weight.fill_(slope)
            view.finish()
    assert [PATCH in each for each in bundles] == [False] + [True] * (len(bundles) - 1)
    names = {name for each in bundles[1:] for _, name, _ in json.loads(each[PATCH])["changes"]}
    assert names == {"d", "text", "data-facts"}


def test_golden(update_golden: bool) -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(1, 6), nn.Tanh(), nn.Linear(6, 1))
    x = torch.linspace(-2, 2, 9).reshape(-1, 1)
    diagram = viz.fit(model, x, x**2)
    check_geometry(diagram)
    check_standalone(diagram)
    check_golden(diagram, "fit", update_golden)


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    x, y = data()
    with pytest.raises(TypeError, match="what a model answers, not int"):
        viz.fit(3, x, y)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="X must be real numbers, not str"):
        viz.fit(line(), "abc", y)
    with pytest.raises(ValueError, match=r"one or two inputs, and X has shape \(3, 3\)"):
        viz.fit(line(), torch.ones(3, 3), y)
    with pytest.raises(ValueError, match="no points"):
        viz.fit(line(), [], [])
    with pytest.raises(ValueError, match="3 points and y 2 targets"):
        viz.fit(line(), x, y[:2])
    with pytest.raises(ValueError, match=r"point 1 is \(1, NaN\), which is not finite"):
        viz.fit(line(), [0.0, 1.0], [0.0, float("nan")])
    with pytest.raises(ValueError, match="one number to each row"):
        viz.fit(nn.Linear(1, 2), x, y)
    with pytest.raises(TypeError, match="answers with list"):
        viz.fit(lambda x: x.tolist(), x, y)
