"""The maps in the neurons of a network: what is filled where, and what is said of it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import host, viz

from tests.drawings import (
    SVG,
    check_geometry,
    check_golden,
    check_standalone,
    labels,
    parse,
    sequential,
)

nn = torch.nn
SQUARE = torch.tensor([[-1.0, -1.0], [1.0, 1.0]])


def single(weight: list[float], bias: float, activation: Any = None) -> Any:
    """One neuron whose weights are given."""
    linear = nn.Linear(2, 1)
    with torch.no_grad():
        linear.weight.copy_(torch.tensor([weight]))
        linear.bias.fill_(bias)
    return nn.Sequential(linear, activation or nn.Identity())


def unit(root: ET.Element, name: str) -> ET.Element:
    found = root.find(f".//*[@data-node='{name}']")
    assert found is not None
    return found


def boxes(root: ET.Element, name: str, kind: str) -> list[tuple[float, float, float, float]]:
    """For each path of a kind its extent in parts of the map: left, right, bottom, top."""
    neuron = unit(root, name)
    ground = neuron.findall(f"{SVG}rect")[-1]
    x, y, side = (float(ground.attrib[each]) for each in ("x", "y", "width"))
    found = []
    for path in neuron.findall(f"{SVG}path[@class='bp-map {kind}']"):
        pairs = re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.attrib["d"])
        across, down = np.array(pairs, dtype=float).T
        found.append(
            (
                (across.min() - x) / side,
                (across.max() - x) / side,
                1 - (down.max() - y) / side,
                1 - (down.min() - y) / side,
            )
        )
    return found


def facts(root: ET.Element, name: str) -> list[str]:
    return unit(root, name).attrib["data-facts"].split("\n")


def test_a_neuron_is_filled_where_it_is_above_zero() -> None:
    root = parse(viz.network(single([1.0, 0.0], 0.0), SQUARE, maps=True))
    positive, strong = boxes(root, "n1.0", "is-more")
    (weak,) = boxes(root, "n1.0", "is-less")
    # To the right of the middle, and strongly so in the last quarter; at all heights.
    assert positive == pytest.approx((0.51, 1, 0, 1), abs=0.005)
    assert strong == pytest.approx((0.75, 1, 0, 1), abs=0.005)
    assert weak == pytest.approx((0, 0.25, 0, 1), abs=0.005)


def test_up_is_up() -> None:
    root = parse(viz.network(single([0.0, 1.0], 0.0), SQUARE, maps=True))
    assert boxes(root, "n1.0", "is-more")[0] == pytest.approx((0, 1, 0.51, 1), abs=0.005)
    assert boxes(root, "n0.1", "is-more")[0] == pytest.approx((0, 1, 0.51, 1), abs=0.005)
    assert boxes(root, "n0.0", "is-more")[0] == pytest.approx((0.51, 1, 0, 1), abs=0.005)


def test_where_it_is_exactly_zero_a_neuron_is_not_filled() -> None:
    root = parse(viz.network(single([1.0, 0.0], 0.0, nn.ReLU()), SQUARE, maps=True))
    left, right, _, _ = boxes(root, "n1.0", "is-more")[0]
    assert left == pytest.approx(0.5, abs=0.02)
    assert right == 1
    assert facts(root, "n1.0")[1:3] == [
        "reaches from 0.00 to 1.24",
        "above 0 in 50% of the plane, mostly on the right",
    ]


class Bump(nn.Module):  # type: ignore[misc]
    """1 in the middle, and less the farther from it; or the other way round."""

    def __init__(self, sign: float) -> None:
        super().__init__()
        self.sign = sign
        self.linear = nn.Linear(1, 1)
        with torch.no_grad():
            self.linear.weight.fill_(sign)
            self.linear.bias.fill_(-0.5 * sign)

    def forward(self, x: Any) -> Any:
        return self.linear((x**2).sum(dim=1, keepdim=True).neg().exp())


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (single([1.0, 0.9], 0.0), "above 0 in 50% of the plane, mostly at the upper right"),
        (single([-1.0, 0.9], 0.0), "above 0 in 50% of the plane, mostly at the upper left"),
        (single([1.0, -0.9], 0.0), "above 0 in 50% of the plane, mostly at the lower right"),
        (single([0.0, -1.0], 0.0), "above 0 in 50% of the plane, mostly in the lower half"),
        (single([-1.0, 0.0], 0.0), "above 0 in 50% of the plane, mostly on the left"),
        (single([1.0, 0.0], 9.0), "above 0 everywhere"),
        (single([1.0, 0.0], -9.0), "nowhere above 0"),
        (
            single([1.0, 1.0], -2.4),
            "above 0 in less than 1% of the plane, mostly at the upper right",
        ),
        (single([1.0, 1.0], 2.4), "above 0 in more than 99% of the plane"),
        (Bump(1.0), "above 0 in 31% of the plane, mostly in the middle"),
        (Bump(-1.0), "above 0 in 69% of the plane, mostly at the edges"),
    ],
)
def test_the_facts_say_where_a_neuron_is_active(model: Any, words: str) -> None:
    assert words in facts(parse(viz.network(model, SQUARE, maps=True)), "n1.0")


def test_a_constant_neuron_says_so_and_a_silent_one_is_counted() -> None:
    model = sequential(nn.ReLU, 2, 4, 1)
    with torch.no_grad():
        model[0].bias[1:3] = -99.0
        model[2].weight.zero_()
        model[2].bias.fill_(0.25)
    diagram = viz.network(model, SQUARE, maps=True)
    assert "2 of 4 neurons of hidden say 0 everywhere." in diagram.description
    root = parse(diagram)
    assert "says 0.0000 everywhere" in facts(root, "n1.1")
    assert "says 0.2500 everywhere" in facts(root, "n2.0")
    assert boxes(root, "n1.1", "is-more") == [(0, 0, 1, 1)] * 2  # a point in the corner
    assert "is-silent" in unit(root, "n1.1").attrib["class"]
    assert "is-silent" not in unit(root, "n1.0").attrib["class"]


def test_a_layer_that_is_silent_altogether_is_not_filled() -> None:
    root = parse(viz.network(single([0.0, 0.0], 0.0), SQUARE, maps=True))
    assert boxes(root, "n1.0", "is-more") == [(0, 0, 1, 1)] * 2


def test_the_words_say_what_the_plane_is() -> None:
    x = torch.tensor([[0.0, 10.0], [100.0, 30.0]])
    description = viz.network(sequential(nn.Tanh, 2, 3, 1), x, maps=True).description
    assert (
        "the first from −12.0 on the left to 112 on the right, "
        "the second from 7.60 at the bottom to 32.4 at the top." in description
    )
    assert "examples" not in description


def test_a_single_point_has_room_around_it() -> None:
    description = viz.network(
        sequential(nn.Tanh, 2, 3, 1), torch.tensor([[1.0, 2.0]]), maps=True
    ).description
    assert "from 0.00 on the left to 2.00 on the right" in description


def test_the_table_has_a_row_for_each_neuron() -> None:
    table = viz.network(single([1.0, 0.0], 0.0), SQUARE, maps=True).table
    assert table.columns == (
        "weight or neuron", "value", "gradient", "says from", "to", "above 0 in"
    )  # fmt: skip
    assert ("output 1", "", "", "−1.24", "1.24", "50%") in table.rows
    assert len(table.rows) == 3 + 3
    assert (
        len(viz.network(single([1.0, 0.0], 0.0), SQUARE, maps=True, show="change").table.columns)
        == 7
    )


def test_what_the_network_is_shown_of_the_points_has_maps_too() -> None:
    class Squares(nn.Module):  # type: ignore[misc]
        def forward(self, x: Any) -> Any:
            return torch.cat([x, x**2], dim=1)

    model = nn.Sequential(Squares(), nn.Linear(4, 1))
    root = parse(viz.network(model, SQUARE, maps=True))
    assert facts(root, "n0.2")[1:] == ["reaches from 0.01 to 1.54", "above 0 everywhere"]


def test_what_is_not_finite_is_shown_as_such() -> None:
    class Root(nn.Module):  # type: ignore[misc]
        def forward(self, x: Any) -> Any:
            return x.sqrt()

    model = nn.Sequential(nn.Linear(2, 3), Root(), nn.Linear(3, 1))
    diagram = viz.network(model, SQUARE, maps=True)
    assert "Some answers of hidden are not finite." in diagram.description
    root = parse(diagram)
    assert re.fullmatch(r"not finite in \d+% of the plane", facts(root, "n1.0")[1])
    ground = unit(root, "n1.0").find(f"{SVG}rect")
    assert ground is not None
    assert ground.attrib["class"] == "bp-neuron is-not-finite"
    assert not [each for each in root.iter(f"{SVG}path") if "nan" in each.attrib["d"]]
    assert ("hidden 1", "", "", "NaN", "NaN", "54%")[:5] in [row[:5] for row in diagram.table.rows]
    check_standalone(diagram)


def test_nothing_is_filled_of_what_is_nowhere_finite() -> None:
    diagram = viz.network(single([float("nan"), 0.0], 0.0), SQUARE, maps=True)
    assert "not finite in 100% of the plane" in facts(parse(diagram), "n1.0")
    check_standalone(diagram)


def test_a_layer_that_the_model_does_not_use_has_empty_maps() -> None:
    class Partly(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.used, self.unused = nn.Linear(2, 2), nn.Linear(2, 2)

        def forward(self, x: Any) -> Any:
            return self.used(x)

    root = parse(viz.network(Partly(), SQUARE, maps=True))
    assert len(unit(root, "n1.0").findall(f"{SVG}path")) == 3
    assert facts(root, "n2.0") == ["output 1", facts(root, "n2.0")[1]]


def test_a_layer_that_sees_other_rows_than_points_has_no_maps() -> None:
    class OneByOne(nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.linear = nn.Linear(1, 1)

        def forward(self, x: Any) -> Any:
            return self.linear(x.reshape(-1, 1))

    root = parse(viz.network(OneByOne(), SQUARE, maps=True))
    assert not [each for each in facts(root, "n1.0") if "plane" in each or "reaches" in each]


@pytest.mark.parametrize(
    "sizes", [(2, 1), (2, 3, 1), (2, 8, 8, 1), (2, 16, 3), (2, 40, 2), (2, *(4,) * 6, 1)]
)
@pytest.mark.parametrize("show", ["blame", "weights"])
def test_nothing_overlaps_and_nothing_sticks_out(sizes: tuple[int, ...], show: str) -> None:
    model, x = sequential(nn.Tanh, *sizes), torch.randn(4, 2)
    model(x).pow(2).sum().backward()
    diagram = viz.network(model, x, show=show, maps=True)
    check_geometry(diagram)
    check_standalone(diagram)
    root = parse(diagram)
    grounds = [each.attrib for each in root.iter(f"{SVG}rect") if each.get("class") == "bp-neuron"]
    for label in labels(root):
        for ground in grounds:
            left, top, side = (float(ground[each]) for each in ("x", "y", "width"))
            across = label.right > left and label.left < left + side
            assert not (across and label.bottom > top and label.top < top + side), label


@pytest.mark.parametrize("sizes", [(2, *(5,) * 20), (2, *(16,) * 5), (2, *(64,) * 20)])
def test_a_page_can_draw_it_however_large_it_is(sizes: tuple[int, ...]) -> None:
    model, x = sequential(nn.Tanh, *sizes), torch.randn(4, 2)
    model(x).pow(2).sum().backward()
    check_standalone(viz.network(model, x, maps=True))


def test_a_live_drawing_keeps_its_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    bundles: list[dict[str, str]] = []
    monkeypatch.setattr(host, "display", bundles.append)
    model, x = sequential(nn.ReLU, 2, 4, 1), torch.randn(20, 2)
    model(x).pow(2).mean().backward()
    view = viz.live(lambda: viz.network(model, x, maps=True))
    for bias in (0.5, -99.0, 0.1, float("nan")):
        with torch.no_grad():
            model[0].weight.copy_(torch.randn(4, 2))
            model[0].bias.fill_(bias)
        view.finish()
    kinds = ["svg" if "image/svg+xml" in each else "patch" for each in bundles]
    assert kinds == ["svg", *["patch"] * 4]
    assert '"d", "M' in bundles[1]["application/vnd.backprop.patch+json"]


def test_drawing_a_network_in_training_does_not_disturb_it() -> None:
    model = nn.Sequential(nn.Linear(2, 8), nn.BatchNorm1d(8), nn.Dropout(0.5), nn.Linear(8, 1))
    torch.manual_seed(1)
    expected = torch.rand(3)
    torch.manual_seed(1)
    viz.network(model, torch.ones(1, 2), maps=True)
    assert torch.equal(torch.rand(3), expected)
    assert model[1].num_batches_tracked == 0


@pytest.mark.parametrize(
    ("x", "words"),
    [
        (None, "there is none\nPass it as well"),
        (torch.ones(4, 3), r"x has shape \(4, 3\)"),
        (torch.ones(2), r"x has shape \(2,\)"),
        (torch.ones(0, 2), "no example at all"),
        (torch.tensor([[1.0, float("nan")]]), "not finite"),
    ],
)
def test_what_has_no_plane_is_refused_in_words(x: Any, words: str) -> None:
    size = 2 if x is None else x.shape[-1]
    with pytest.raises(ValueError, match=words):
        viz.network(sequential(nn.Tanh, size, 3, 1), x, maps=True)


def test_golden(update_golden: bool) -> None:
    model = sequential(nn.Tanh, 2, 4, 1)
    torch.manual_seed(3)
    x = torch.randn(6, 2)
    (model(x) - 1).pow(2).mean().backward()
    check_golden(viz.network(model, x, maps=True), "network-maps", update_golden)
