"""The picture of a network: its facts, its geometry, and that it is always valid XML."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import viz
from backprop.viz.kit.numbers import short
from backprop.viz.kit.svg import Element
from hypothesis import given
from hypothesis import strategies as st

from tests.drawings import (
    CHARACTERS,
    SVG,
    check_geometry,
    check_golden,
    check_standalone,
    parse,
    sequential,
    without_style,
)


def build(*sizes: int, backward: bool = True, activation: type = torch.nn.Tanh) -> tuple[Any, Any]:
    model = sequential(activation, *sizes)
    x = torch.randn(4, sizes[0])
    if backward:
        (model(x) - 1).pow(2).mean().backward()
    return model, x


def first_program() -> tuple[Any, Any]:
    torch.manual_seed(0)
    nn = torch.nn
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    x = torch.tensor([[1.0, 2.0]])
    nn.MSELoss()(model(x), torch.tensor([[3.0]])).backward()
    return model, x


def floats(element: ET.Element, *names: str) -> list[float]:
    return [float(element.attrib[name]) for name in names]


def test_the_words_say_what_the_gradients_say() -> None:
    model, x = first_program()
    diagram = viz.network(model, x)
    blame = np.abs(model[0].weight.grad.numpy()).sum(1) + np.abs(model[0].bias.grad.numpy())
    assert f"Hidden 1 takes {blame[0] / blame.sum():.0%} of the blame" in diagram.description
    assert "1 of 3 takes none" in diagram.description
    assert "from hidden 1 to output 1: its gradient is −5.0920" in diagram.description
    assert ("hidden 1 to output 1", "0.1528", "−5.0920") in diagram.table.rows
    assert len(diagram.table.rows) == 13
    assert repr(diagram).startswith("A network of 2, 3 and 1 neurons. Hidden 1 takes")


def test_the_table_has_the_numbers_that_are_drawn() -> None:
    diagram = viz.network(
        torch.nn.Sequential(torch.nn.Linear(784, 1024), torch.nn.ReLU(), torch.nn.Linear(1024, 1))
    )
    drawn = [each for each in parse(diagram).iter() if "data-facts" in each.attrib]
    weights = [each for each in drawn if each.attrib["data-node"].startswith("w")]
    named = {row[0] for row in diagram.table.rows if " to " in row[0]}
    assert named == {
        each.attrib["data-facts"].split("\n")[0].removeprefix("from ") for each in weights
    }


def test_widths_are_proportional_to_blame_and_negative_weights_dashed() -> None:
    model, x = first_program()
    root = parse(viz.network(model, x))
    bands = {
        each.attrib["data-node"]: float(each.attrib["stroke-width"])
        for each in root.iter(f"{SVG}path")
        if each.attrib["class"] == "bp-blame-band" and "data-node" in each.attrib
    }
    lines = {
        each.attrib["data-node"]: each
        for each in root.iter(f"{SVG}path")
        if each.attrib["class"].startswith("bp-weight") and "data-node" in each.attrib
    }
    assert bands.keys() == lines.keys()
    for layer, module in ((1, model[0]), (2, model[2])):
        for (row, column), gradient in np.ndenumerate(module.weight.grad.numpy()):
            name = f"w{layer}.{row}.{column}"
            line = lines[name]
            extra = bands[name] - float(line.attrib["stroke-width"]) - 1
            expected = 16 * abs(gradient) / 5.0920
            assert (extra if gradient else bands[name]) == pytest.approx(expected, abs=0.02)
            negative = module.weight[row, column].item() < 0
            assert ("is-negative" in line.attrib["class"]) == negative


def test_weights_and_neurons_say_their_numbers_and_neighbours() -> None:
    root = parse(viz.network(*first_program()))
    weight = root.find(".//*[@data-node='w2.0.0'][@data-facts]")
    assert weight is not None
    assert weight.attrib["data-facts"] == (
        "from hidden 1 to output 1\nweight 0.1528, gradient −5.0920"
    )
    assert (weight.attrib["data-previous"], weight.attrib["data-next"]) == ("n1.0", "n2.0")
    neuron = root.find(".//*[@data-node='n1.0']")
    assert neuron is not None
    assert neuron.attrib["data-facts"].startswith("hidden 1: says 0.7393\nbias")


def test_neurons_show_what_they_say() -> None:
    model, x = first_program()
    texts = [each.text for each in parse(viz.network(model, x)).iter(f"{SVG}text")]
    assert {"1.00", "2.00", "0.74", "0.00", "0.04", "−0.44"} <= set(texts)


def test_without_gradients_it_says_how_to_get_them() -> None:
    model, _ = build(2, 3, 1, backward=False)
    diagram = viz.network(model)
    assert "call loss.backward()" in diagram.description
    assert "bp-blame-band" not in without_style(diagram)


def test_a_large_layer_is_folded_to_those_most_to_blame() -> None:
    model, x = build(3, 40, 1)
    root = parse(viz.network(model, x))
    texts = [each.text for each in root.iter(f"{SVG}text")]
    assert "+32" in texts
    names = " ".join(each.text or "" for each in root.iter(f"{SVG}title"))
    blame = np.abs(model[0].weight.grad.numpy()).sum(1) + np.abs(model[0].bias.grad.numpy())
    for worst in np.argsort(-blame)[:8]:
        assert f"hidden {worst + 1}:" in names


@pytest.mark.parametrize(
    "sizes", [(1, 1), (2, 3, 1), (2, 8, 8, 1), (4, 16, 3), (3, 40, 2), (2, 4, 4, 4, 4, 1)]
)
@pytest.mark.parametrize("values", [True, False])
def test_nothing_overlaps_and_nothing_sticks_out(sizes: tuple[int, ...], values: bool) -> None:
    model, x = build(*sizes)
    root = parse(viz.network(model, x if values else None))
    _, _, width, height = (float(each) for each in root.attrib["viewBox"].split())
    boxes = []
    for text in root.iter(f"{SVG}text"):
        x0, y0 = floats(text, "x", "y")
        size = 9.3 * len(text.text or "")  # wider than any of the fonts at 16 px
        left = x0 if text.attrib.get("class") == "bp-note-left" else x0 - size / 2
        boxes.append((left, y0 - 13, left + size * (0.88 if left == x0 else 1), y0 + 4, text.text))
    for neuron in root.iter(f"{SVG}circle"):
        cx, cy, r = floats(neuron, "cx", "cy", "r")
        assert r <= cx <= width - r
        assert r <= cy <= height - r
    for place, a in enumerate(boxes):
        assert a[0] >= 0, a
        assert a[2] <= width, a
        assert a[3] <= height, a
        for b in boxes[place + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (a, b)


@pytest.mark.parametrize("activation", [torch.nn.Tanh, torch.nn.LeakyReLU])
def test_three_and_four_columns_are_legible_on_a_phone(activation: type) -> None:
    # In a cell on a phone of 360 px a drawing is 324 px wide, and its letters are to be 11 px high.
    widest = 16 * 324 / 11
    for sizes in ((2, 8, 1), (2, 8, 8, 1), (4, 40, 16, 3)):
        diagram = viz.network(*build(*sizes, activation=activation))
        root = parse(diagram)
        assert float(root.attrib["width"]) <= widest
        assert "is-wide" not in root.attrib["class"].split()
        check_geometry(diagram)


def test_what_follows_a_layer_is_cut_where_its_neighbour_begins() -> None:
    layers: list[Any] = []
    for inputs, outputs in ((2, 4), (4, 4), (4, 1)):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.LeakyReLU(), torch.nn.Dropout()]
    model = torch.nn.Sequential(*layers[:-2])
    diagram = viz.network(model, torch.ones(1, 2))
    check_geometry(diagram)
    texts = [each.text or "" for each in parse(diagram).iter(f"{SVG}text")]
    assert sum(each.startswith("…") and each.endswith("Dropout") for each in texts) == 2


def test_infinite_and_missing_numbers_are_shown_as_such() -> None:
    model, x = first_program()
    model[0].weight.grad.numpy()[0, 0] = np.nan
    model[2].weight.detach().numpy()[0, 1] = np.inf
    diagram = viz.network(model, x)
    assert "NaN" in diagram._repr_svg_()
    assert "is-not-finite" in diagram._repr_svg_()
    assert "not finite" in diagram.description
    assert "nan" not in diagram._repr_svg_().replace("is-not-finite", "")


@pytest.mark.parametrize("sizes", [(16, 16, 16, 16, 1), (8,) * 9, (64,) * 20])
def test_a_page_can_draw_it_however_large_it_is(sizes: tuple[int, ...]) -> None:
    check_standalone(viz.network(*build(*sizes)))


def test_it_is_standalone_and_harmless() -> None:
    diagram = viz.network(*first_program())
    check_standalone(diagram)
    assert diagram._repr_svg_().count("<style>") == 1


def test_the_same_model_gives_the_same_bytes_and_another_another_id() -> None:
    first = viz.network(*first_program())._repr_svg_()
    assert first == viz.network(*first_program())._repr_svg_()
    other = viz.network(first_program()[0])._repr_svg_()
    ids = [set(re.findall(r' id="([^"]+)"', each)) for each in (first, other)]
    assert ids[0].isdisjoint(ids[1])


def test_what_comes_into_the_first_layer_is_shown() -> None:
    class Squares(torch.nn.Module):
        def forward(self, x: Any) -> Any:
            return torch.cat([x, x**2], dim=1)

    model = torch.nn.Sequential(Squares(), torch.nn.Linear(4, 1))
    texts = [each.text for each in parse(viz.network(model, torch.tensor([[2.0, 3.0]]))).iter()]
    assert {"2.00", "3.00", "4.00", "9.00"} <= set(texts)


def test_drawing_a_network_in_training_does_not_disturb_it() -> None:
    nn = torch.nn
    model = nn.Sequential(nn.Linear(2, 8), nn.BatchNorm1d(8), nn.Dropout(0.5), nn.Linear(8, 1))
    model[2].eval()
    model[3].train()
    torch.manual_seed(1)
    expected = torch.rand(3)
    torch.manual_seed(1)
    viz.network(model, torch.ones(1, 2))
    assert torch.equal(torch.rand(3), expected)
    assert model[1].num_batches_tracked == 0
    assert [each.training for each in model] == [True, True, False, True]


def test_drawing_changes_nothing() -> None:
    model, x = first_program()
    before = model[0].weight.grad.clone()
    viz.network(model, x)
    assert torch.equal(model[0].weight.grad, before)
    assert not model[0]._forward_hooks


@pytest.mark.parametrize("name", ["first-program", "deep", "folded", "no-gradients"])
def test_golden(name: str, update_golden: bool) -> None:
    model, x = {
        "first-program": first_program,
        "deep": lambda: build(2, 8, 8, 1),
        "folded": lambda: build(3, 40, 2),
        "no-gradients": lambda: build(2, 3, 1, backward=False),
    }[name]()
    check_golden(viz.network(model, x), f"network-{name}", update_golden)


@pytest.mark.parametrize(
    ("model", "error", "words"),
    [
        (torch.nn.ReLU(), ValueError, "no linear layers to draw"),
        (torch.ones(2), TypeError, "draws an nn.Module, not Tensor"),
        (
            torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Linear(4, 1)),
            ValueError,
            "3 outputs",
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(
    model: Any, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        viz.network(model)


def test_saving(tmp_path: Path) -> None:
    diagram = viz.network(first_program()[0])
    diagram.save(tmp_path / "net.svg")
    assert (tmp_path / "net.svg").read_text(encoding="utf-8") == diagram._repr_svg_()
    with pytest.raises(ValueError, match=r"End it in \.svg"):
        diagram.save(tmp_path / "net.png")


@given(st.text(CHARACTERS), st.text(CHARACTERS))
def test_any_label_is_valid_xml(text: str, attribute: str) -> None:
    element = Element("text", {"x": 1.0, "aria-label": attribute}, [text])
    parsed = ET.fromstring(str(element))
    assert len(parsed.text or "") <= len(text)


@given(st.floats())
def test_a_number_in_a_neuron_is_short(value: float) -> None:
    assert 1 <= len(short(value)) <= 6


def test_the_only_bias_with_a_gradient_stands_out_where_no_weight_has_one() -> None:
    model = torch.nn.Linear(2, 2)
    # An input of zeros blames no weight, and this loss only one of the two biases.
    model(torch.zeros(1, 2))[0, 0].backward()
    rings = parse(viz.network(model)).findall(f".//{SVG}circle[@class='bp-bias-ring']")
    assert [float(each.attrib["stroke-width"]) > 5 for each in rings] == [True, False]
