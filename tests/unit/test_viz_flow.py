"""The picture of one step of learning: its numbers, its steps, and that nothing else changes."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import viz
from backprop.viz.kit.diagram import Diagram

from tests.drawings import (
    SVG,
    check_geometry,
    check_golden,
    check_standalone,
    check_steps,
    first_program,
    parse,
    sequential,
)

nn = torch.nn


def build(*sizes: int, batch: int = 4) -> tuple[Any, Any, Any]:
    model = sequential(nn.Tanh, *sizes)
    return model, torch.randn(batch, sizes[0]), torch.randn(batch, sizes[-1])


class Noise(nn.Module):  # type: ignore[misc]
    def forward(self, x: Any) -> Any:
        return x * torch.rand(x.shape)


def draw(model: Any, x: Any, y: Any, lr: float = 0.05) -> Diagram:
    return viz.flow(model, x, y, nn.MSELoss(), lr)


def number(text: str) -> float:
    return float(text.replace("−", "-"))


def test_it_shows_the_step_that_the_optimizer_then_takes() -> None:
    model, x, y = first_program()
    rows = {row[0]: row for row in draw(model, x, y).table.rows}
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    before = model[2].weight.detach().clone()
    loss = nn.MSELoss()(model(x), y)
    loss.backward()
    optimizer.step()
    assert len(rows) == 13
    for column in range(3):
        row = [number(each) for each in rows[f"hidden {column + 1} to output 1"][1:]]
        after = model[2].weight[0, column].item()
        gradient = model[2].weight.grad[0, column].item()
        expected = [before[0, column].item(), gradient, after - before[0, column].item(), after]
        assert row == pytest.approx(expected, abs=6e-5)


def test_the_words_say_who_is_to_blame_and_what_becomes_of_the_loss() -> None:
    diagram = draw(*first_program())
    assert (
        diagram.description
        == "Hidden 1 takes 57% of the blame. The loss falls from 11.86 to 7.714."
    )
    diagram = draw(*first_program(), lr=1.0)
    assert "The loss rises from 11.86 to" in diagram.description
    assert "first of 4 examples" in draw(*build(2, 3, 1)).description


def test_nothing_of_the_learners_changes() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 3), Noise(), nn.Linear(3, 1))
    x, y = torch.randn(4, 2), torch.randn(4, 1)
    before = [each.detach().clone() for each in model.parameters()]
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    draw(model, x, y)
    assert torch.equal(torch.rand(3), expected)
    for each, kept in zip(model.parameters(), before, strict=True):
        assert each.grad is None
        assert torch.equal(each, kept)
    assert not any(each._forward_hooks for each in model.modules())


def test_the_steps_follow_the_four_phases() -> None:
    diagram = draw(*first_program())
    captions = check_steps(diagram)
    assert captions == [
        "Forward: the input is 1, 2.",
        "Forward: hidden 1 = ReLU(−0.005294 × 1 + 0.3793 × 2 + −0.01401) = 0.7393.",
        "Forward: output 1 = 0.1528 × 0.7393 + −0.1745 × 0 + −0.1135 × 0.04414 + −0.5516 = −0.4436.",
        "Loss: the answer is −0.4436, the target 3. MSELoss = 11.86.",
        "Backward: if output 1 grew by a little, the loss would change by −6.887 times that.",
        "Backward: the weight from hidden 1 to output 1 gets dL/dw = −5.092 = −6.887 × 0.7393.",
        "Backward: hidden 1 takes −1.052 = (−6.887 × 0.1528) × 1, the slope of ReLU.",
        "Backward: the weight from input 2 to hidden 1 gets dL/dw = −2.104 = −1.052 × 2.",
        "Update: the weight from hidden 1 to output 1 becomes 0.4074 = 0.1528 − 0.05 × −5.092.",
        "Update: the loss was 11.86. Now it is 7.714.",
    ]
    captions_group = parse(diagram).find(f".//{SVG}g[@class='bp-captions']")
    assert captions_group is not None
    phases = [each.attrib["data-phase"] for each in captions_group]
    assert [phase for phase, _ in itertools.groupby(phases)] == [
        "forward", "loss", "backward", "update",
    ]  # fmt: skip


def connections(diagram: Diagram) -> dict[str, ET.Element]:
    wide = parse(diagram).find(f".//{SVG}g[@class='bp-wide']")
    assert wide is not None
    return {
        each.attrib["data-node"]: each
        for each in wide.iter(f"{SVG}g")
        if each.get("class") == "bp-connection"
    }


def test_the_error_splits_in_proportion() -> None:
    model, x, y = build(2, 3, 2, batch=1)
    found = connections(draw(model, x, y))
    nn.MSELoss()(model(x), y).backward()
    blame = model[2].bias.grad.numpy()  # with one example, that is the gradient of the sums
    shares = {
        f"w2.{row}.{column}": abs(blame[row] * model[2].weight[row, column].item())
        for row in range(2)
        for column in range(3)
    }
    largest = max(shares.values())
    for name, share in shares.items():
        pulse = found[name].find(f"{SVG}path[@class='bp-pulse is-blame']")
        assert pulse is not None
        width = float(pulse.attrib["stroke-width"])
        assert width == pytest.approx(2 + 12 * share / largest, abs=0.02)


@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 3, 2), (5, 5, 5)])
def test_no_value_stands_there_before_the_pulses_that_bring_it(sizes: tuple[int, ...]) -> None:
    root = parse(draw(*build(*sizes)))
    pulses = [each for each in root.iter() if "bp-pulse" in each.get("class", "").split()]
    entered = {each.attrib["data-from"] for each in pulses}
    arriving = [each for each in root.iter() if "bp-arrives" in each.get("class", "").split()]
    assert len(arriving) > 10
    for each in arriving:
        assert each.attrib["data-from"] in entered
    units = [each for each in root.iter(f"{SVG}g") if each.get("class", "").startswith("bp-unit")]
    for unit in units:
        if unit.attrib["data-node"].startswith("n0."):
            continue
        told = [each for each in unit if "data-from" in each.attrib]
        assert told
        assert all(each in arriving for each in told)
    # They run 500 px a second, and what they bring comes after 0.75 s: see diagram.css.
    for pulse in pulses:
        start, end = (
            tuple(map(float, point.split())) for point in pulse.attrib["d"][1:].split("L")
        )
        assert np.hypot(end[0] - start[0], end[1] - start[1]) - 25 < 0.75 * 500


def test_a_weight_says_its_numbers_and_where_it_leads() -> None:
    weight = connections(draw(*first_program()))["w2.0.0"].attrib
    assert weight["data-facts"].splitlines() == [
        "weight from hidden 1 to output 1",
        "before 0.1528, change 0.2546, after 0.4074",
        "dL/dw = −5.092 = −6.887 × 0.7393",
        "w becomes 0.4074 = 0.1528 − 0.05 × −5.092",
    ]
    assert (weight["data-previous"], weight["data-next"]) == ("n1.0", "n2.0")


def test_the_box_of_the_loss_has_room_for_its_name_and_a_class() -> None:
    model, x, _ = build(2, 3, 4, batch=1)
    diagram = viz.flow(model, x, torch.tensor([2]), nn.CrossEntropyLoss(), lr=0.1)
    texts = [text.text for text in parse(diagram).iter(f"{SVG}text")]
    # Once in the wide and once in the narrow drawing.
    assert (texts.count("CrossEntropyLoss"), texts.count("target 2")) == (2, 2)
    check_geometry(diagram)


@pytest.mark.parametrize(
    "sizes", [(1, 1), (2, 3, 1), (4, 5, 8, 2), (3, 40, 2), (5, 5, 5, 5, 5), (9, 9, 9, 9, 9)]
)
def test_nothing_overlaps_and_the_page_can_draw_it(sizes: tuple[int, ...]) -> None:
    diagram = draw(*build(*sizes))
    check_geometry(diagram)
    check_standalone(diagram)
    check_steps(diagram)


@pytest.mark.parametrize("name", ["first-program", "folded"])
def test_golden(name: str, update_golden: bool) -> None:
    diagram = draw(*{"first-program": first_program, "folded": lambda: build(3, 9, 2)}[name]())
    check_golden(diagram, f"flow-{name}", update_golden)
    assert diagram._repr_svg_().count("bp-narrow") > 1


def test_it_is_wide_and_eight_hundred_pixels_by_default() -> None:
    root = parse(draw(*first_program()))
    assert root.attrib["data-wide"].split()[2] == "800"
    assert root.attrib["data-narrow"].split()[2] == "440"


def test_infinite_numbers_are_shown_as_such() -> None:
    model, x, y = first_program()
    model[2].weight.detach().numpy()[0, 0] = np.inf
    diagram = draw(model, x, y)
    assert "not finite" in diagram.description
    assert "is-not-finite" in diagram._repr_svg_()
    check_geometry(diagram)


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    model, x, y = first_program()
    with pytest.raises(TypeError, match="x must be a tensor"):
        viz.flow(model, [1.0], y, nn.MSELoss(), 0.1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="loss of one number"):
        viz.flow(model, x, torch.ones(1, 2), lambda a, b: a - b, 0.1)
    with pytest.raises(ValueError, match="at most 4 linear layers"):
        draw(*build(2, 2, 2, 2, 2, 2))
