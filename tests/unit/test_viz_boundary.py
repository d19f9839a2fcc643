"""Outlines by marching squares, and the picture of what a model decides."""

from __future__ import annotations

from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import viz
from backprop.viz.layouts.contour import outlines
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.drawings import SVG, check_geometry, check_golden, check_standalone, parse

nn = torch.nn


def area(loops: list[list[tuple[float, float]]]) -> float:
    """Of outlines whose direction says whether they are holes."""
    total = 0.0
    for loop in loops:
        x, y = np.array(loop).T
        total += float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    return abs(total)


def test_a_circle_has_its_area_and_its_hole() -> None:
    rows, columns = np.mgrid[-1:1:81j, -1:1:81j]
    radius = np.hypot(rows, columns)
    scale = (2 / 80) ** 2
    disc = outlines(0.8 - radius, 0.0)
    assert len(disc) == 1
    assert area(disc) * scale == pytest.approx(np.pi * 0.64, rel=0.005)
    ring = outlines(0.2 - np.abs(radius - 0.6), 0.0)
    assert len(ring) == 2
    assert area(ring) * scale == pytest.approx(np.pi * (0.64 - 0.16), rel=0.005)


def test_a_region_at_the_edge_follows_the_edge() -> None:
    everywhere = outlines(np.ones((4, 5)), 0.0)
    assert len(everywhere) == 1
    assert area(everywhere) == 3 * 4
    assert outlines(np.zeros((4, 5)), 1.0) == []
    half = outlines(np.tile(np.arange(5.0), (4, 1)), 1.5)
    assert area(half) == pytest.approx(2.5 * 3)


@given(
    arrays.arrays(float, (6, 7), elements=st.integers(-3, 3).map(float)),
    st.sampled_from([-0.6, 0.4, 1.3]),
)
def test_every_outline_is_closed_and_a_region_and_its_rest_fill_the_plane(
    values: np.ndarray[Any, Any], level: float
) -> None:
    inside, rest = outlines(values, level), outlines(-values, -level)
    assert area(inside) + area(rest) == pytest.approx(5 * 6, abs=1e-6)
    for loop in [*inside, *rest]:
        assert len(loop) >= 3
        for (x0, y0), (x1, y1) in zip(loop, [*loop[1:], loop[0]], strict=True):
            assert abs(x1 - x0) <= 1 + 1e-9
            assert abs(y1 - y0) <= 1 + 1e-9


def halves() -> tuple[Any, Any, Any]:
    """A model that decides by the sign of the first input, and four points, one on the wrong side."""
    model = nn.Linear(2, 1)
    with torch.no_grad():
        model.weight.copy_(torch.tensor([[1.0, 0.0]]))
        model.bias.fill_(0.5)
    x = torch.tensor([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [0.5, 1.0]])
    return model, x, torch.tensor([[0.0], [0.0], [1.0], [0.0]])


def thirds() -> tuple[Any, Any, Any]:
    torch.manual_seed(0)
    return nn.Linear(2, 3), torch.randn(30, 2), torch.randint(0, 3, (30,))


def test_regions_points_and_words_agree_with_the_model() -> None:
    diagram = viz.boundary(*halves())
    assert diagram.description == "3 of 4 points are on the right side. The 1 with a ring is not."
    assert [row[:3] for row in diagram.table.rows] == [("0", "3", "2"), ("1", "1", "1")]
    line = parse(diagram).find(f".//{SVG}path[@class='bp-decision']")
    assert line is not None
    xs = [float(each.split()[0]) for each in line.attrib["d"].replace("M", "L").split("L")[1:]]
    left, right = 72.0, 424.0
    middle = left + (right - left) * (0 - -1.24) / 2.48
    assert xs == pytest.approx([middle] * len(xs), abs=0.1)
    point = parse(diagram).find(".//*[@data-node='point-3']")
    assert point is not None
    assert point.attrib["data-facts"] == "(0.5, 1) is class 0\nthe model says 1"


def test_a_threshold_moves_the_boundary() -> None:
    model, x, y = halves()
    assert "All of 4 points" in viz.boundary(model, x, y, threshold=1.2).description


def test_classes_differ_in_shape() -> None:
    root = parse(viz.boundary(*thirds()))
    shapes = {
        kind: {
            "".join(each for each in path.attrib["d"] if each.isalpha())
            for path in root.iter(f"{SVG}path")
            if path.get("class") == f"bp-point is-class-{kind}"
        }
        for kind in range(3)
    }
    assert all(len(each) == 1 for each in shapes.values())
    assert len(set.union(*shapes.values())) == 3


def test_test_data_are_hollow_and_counted_apart() -> None:
    model, x, y = halves()
    test = torch.tensor([[-3.0, 0.0], [2.0, 0.5], [2.0, -0.5]]), torch.tensor([0.0, 1.0, 0.0])
    diagram = viz.boundary(model, x, y, test=test)
    assert diagram.description == (
        "3 of 4 points are on the right side. 2 of 3 test points are on the right side. "
        "The 2 with a ring are not."
    )
    assert diagram.table.columns[-2:] == ("test points", "right")
    assert [row[-2:] for row in diagram.table.rows] == [("2", "1"), ("1", "1")]
    root = parse(diagram)
    hollow = [each for each in root.iter() if "is-test" in each.get("class", "")]
    assert [each.get("data-node") for each in hollow[:3]] == ["test-0", "test-2", "test-1"]
    facts = root.find(".//*[@data-node='test-2']")
    assert facts is not None
    assert facts.attrib["data-facts"] == "test data: (2, −0.5) is class 0\nthe model says 1"
    check_geometry(diagram)
    check_standalone(diagram)
    with pytest.raises(TypeError, match="a pair of inputs and classes"):
        viz.boundary(model, x, y, test=test[0])  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="X of test has 3 points and y of test 2 classes"):
        viz.boundary(model, x, y, test=(test[0], test[1][:2]))


def test_it_leaves_the_model_alone() -> None:
    model, x, y = halves()
    viz.boundary(model, x, y)
    assert model.weight.grad is None


@pytest.mark.parametrize("name", ["halves", "thirds"])
def test_geometry_and_golden(name: str, update_golden: bool) -> None:
    diagram = viz.boundary(*{"halves": halves, "thirds": thirds}[name]())
    check_geometry(diagram)
    check_standalone(diagram)
    check_golden(diagram, f"boundary-{name}", update_golden)


def test_a_thousand_points_can_be_drawn() -> None:
    torch.manual_seed(0)
    x = torch.randn(1000, 2)
    diagram = viz.boundary(nn.Linear(2, 1), x, (x[:, :1] > 0).float())
    check_standalone(diagram)


def test_where_the_answer_is_no_number_no_class_is_drawn() -> None:
    _, x, y = halves()

    class Partly(nn.Module):
        def forward(self, x: Any) -> Any:
            return torch.where(x[:, :1] > 0, x[:, :1], float("nan"))

    diagram = viz.boundary(Partly(), x, y, threshold=0.5)
    assert diagram.description == (
        "1 of 4 points is on the right side. The 3 with a ring are not. "
        "Some answers are not finite; where they are NaN, nothing is coloured."
    )
    # A fifth of the plane is class 0 and the right part of it class 1; the left half is neither.
    assert [row[3] for row in diagram.table.rows] == ["19%", "31%"]
    point = parse(diagram).find(".//*[@data-node='point-0']")
    assert point is not None
    assert point.attrib["data-facts"].endswith("the model says NaN")
    check_geometry(diagram)


def test_a_model_of_nan_alone_is_drawn_as_nothing() -> None:
    model, x, y = halves()
    with torch.no_grad():
        model.weight.fill_(float("nan"))
    diagram = viz.boundary(model, x, y)
    assert diagram.description.startswith(
        "No point is on the right side. The 4 with a ring are not."
    )
    assert [row[3] for row in diagram.table.rows] == ["0%", "0%"]
    check_geometry(diagram)


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    model, x, y = halves()
    with pytest.raises(ValueError, match="models with two inputs"):
        viz.boundary(nn.Linear(3, 1), torch.ones(4, 3), y)
    with pytest.raises(ValueError, match="no points"):
        viz.boundary(model, torch.ones(0, 2), torch.ones(0))
    with pytest.raises(ValueError, match="Each point needs one"):
        viz.boundary(model, x, y[:2])
    with pytest.raises(ValueError, match="needs one output for each"):
        viz.boundary(model, x, torch.tensor([0, 1, 2, 3]))
    with pytest.raises(ValueError, match="numbered from 0"):
        viz.boundary(nn.Linear(2, 3), x, torch.tensor([0, 1, 2, 3]))
    with pytest.raises(TypeError, match="X must be a tensor"):
        viz.boundary(model, [[1.0, 2.0]], y)  # type: ignore[arg-type]
