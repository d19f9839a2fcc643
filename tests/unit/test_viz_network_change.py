"""The three views of a network, and what is known of the last step of its parameters."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import viz
from backprop.autograd import watching
from backprop.viz.memory.last_step import before_last_step

from tests.drawings import (
    SVG,
    check_geometry,
    check_golden,
    check_standalone,
    first_program,
    parse,
    without_style,
)

nn = torch.nn
LOSS = nn.MSELoss()


@pytest.fixture(autouse=True)
def remembering() -> Iterator[None]:
    with viz.remember():
        yield


def train(model: Any, x: Any, y: Any, optimizer: Any, steps: int = 1) -> None:
    for _ in range(steps):
        optimizer.zero_grad()
        LOSS(model(x), y).backward()
        optimizer.step()


def trained(steps: int = 1) -> tuple[Any, Any]:
    model, x, y = first_program()
    train(model, x, y, torch.optim.SGD(model.parameters(), lr=0.05), steps)
    return model, x


def changes(model: Any) -> list[float]:
    """The last column of the table, as numbers; a parameter after the other, weight before bias."""
    table = viz.network(model, show="change").table
    assert table.columns == ("weight", "value", "gradient", "change")
    return [float(row[3].replace("−", "-")) for row in table.rows]


def numbers(model: Any) -> np.ndarray:
    return np.concatenate([each.detach().numpy().ravel() for each in model.parameters()])


@pytest.mark.parametrize("kind", ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad"])
def test_the_change_is_what_the_last_step_of_any_optimizer_did(kind: str) -> None:
    model, x, y = first_program()
    optimizer = getattr(torch.optim, kind)(model.parameters(), lr=0.05)
    train(model, x, y, optimizer, 3)
    before = numbers(model).copy()
    train(model, x, y, optimizer)
    np.testing.assert_allclose(changes(model), numbers(model) - before, atol=6e-5)
    # It stays the last one until another step is made.
    optimizer.zero_grad()
    LOSS(model(x), y).backward()
    LOSS(model(x), y).backward()
    np.testing.assert_allclose(changes(model), numbers(model) - before, atol=6e-5)


def in_place(parameter: Any) -> None:
    parameter -= 0.05 * parameter.grad


def by_data(parameter: Any) -> None:
    parameter.data -= 0.05 * parameter.grad


def in_two_moves(parameter: Any) -> None:
    parameter *= 0.9
    parameter -= 0.05 * parameter.grad


@pytest.mark.parametrize("change", [in_place, by_data, in_two_moves])
def test_a_step_by_hand_is_seen_as_well(change: Callable[[Any], None]) -> None:
    model, x, y = first_program()
    for _ in range(2):
        before = numbers(model).copy()
        for parameter in model.parameters():
            parameter.grad = None
        LOSS(model(x), y).backward()
        with torch.no_grad():
            for parameter in model.parameters():
                change(parameter)
        np.testing.assert_allclose(changes(model), numbers(model) - before, atol=6e-5)


def test_a_step_with_a_gradient_that_is_not_stored_is_seen_as_well() -> None:
    w = nn.Linear(2, 1)
    (gradient,) = torch.autograd.grad(w(torch.ones(1, 2)).sum(), [w.weight])
    with torch.no_grad():
        w.weight -= 0.5 * gradient
    rows = viz.network(w, show="change").table.rows
    assert [row[3] for row in rows] == ["−0.5000", "−0.5000", ""]


def test_the_words_say_what_changed_most_and_what_did_not() -> None:
    diagram = viz.network(trained()[0], show="change")
    assert diagram.description == (
        "In the last step the weight from hidden 1 to output 1 changed most, by 0.2546. "
        "1 of 3 neurons of hidden did not change."
    )
    assert ("hidden 1 to output 1", "0.4074", "−5.0920", "0.2546") in diagram.table.rows


def test_a_step_that_changes_nothing_says_so() -> None:
    model, x, y = first_program()
    train(model, x, y, torch.optim.SGD(model.parameters(), lr=0.0))
    described = viz.network(model, show="change").description
    assert described == "Nothing of hidden changed. Nothing of output changed."


def test_weights_and_neurons_say_before_change_and_after() -> None:
    root = parse(viz.network(*trained(), show="change"))
    weight = root.find(".//*[@data-node='w2.0.0'][@data-facts]")
    neuron = root.find(".//*[@data-node='n2.0']")
    assert weight is not None
    assert neuron is not None
    assert weight.attrib["data-facts"] == (
        "from hidden 1 to output 1\nbefore 0.1528, change 0.2546, after 0.4074, gradient −5.0920"
    )
    assert neuron.attrib["data-facts"].split("\n")[1:] == [
        "bias before −0.5516, change 0.3444, after −0.2072",
        "gradient of the bias −6.8873",
    ]


def test_bands_are_as_wide_as_the_change_and_dashed_where_it_went_down() -> None:
    model, x = trained()
    before = first_program()[0]
    root = parse(viz.network(model, x, show="change"))
    found = {}
    for each in root.iter(f"{SVG}path"):
        if "data-node" in each.attrib:
            found.setdefault(each.attrib["data-node"], []).append(each.attrib)
    changed = 0
    for layer, place in ((1, 0), (2, 2)):
        after = model[place].weight.detach().numpy() - before[place].weight.detach().numpy()
        for (row, column), change in np.ndenumerate(after):
            band, line = found[f"w{layer}.{row}.{column}"]
            extra = float(band["stroke-width"]) - float(line["stroke-width"]) - 1
            assert (extra if change else float(band["stroke-width"])) == pytest.approx(
                16 * abs(change) / 0.2546, abs=0.02
            )
            assert ("is-negative" in band["class"]) == (change < 0)
            changed += change < 0
    assert changed
    assert "bp-blame-band" not in without_style(viz.network(model, x, show="change"))
    assert "bp-bias-ring is-change" in without_style(viz.network(model, x, show="change"))


def test_the_weights_alone() -> None:
    model, x = trained()
    diagram = viz.network(model, x, show="weights")
    assert re.findall("bp-(?:blame|change)-band|bp-bias-ring", without_style(diagram)) == []
    assert diagram.description.startswith("The largest of 9 weights leads from")
    for parameter in model.parameters():
        parameter.detach().zero_()
    assert viz.network(model, show="weights").description == "All of the 9 weights are 0."


def test_a_large_layer_is_folded_to_what_changed_most() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 40), nn.Tanh(), nn.Linear(40, 1))
    model(torch.ones(1, 2)).sum().backward()
    least = int((model[0].weight.grad.abs().sum(dim=1) + model[0].bias.grad.abs()).argmin())
    with torch.no_grad():
        model[0].weight[least] += 9.0
    for show, there in (("change", True), ("blame", False), ("weights", False)):
        root = parse(viz.network(model, show=show))
        assert (root.find(f".//*[@data-node='n1.{least}']") is not None) == there


def test_before_any_step_it_says_how_to_make_one() -> None:
    model, x, y = first_program()
    for _ in range(2):
        diagram = viz.network(model, x, show="change")
        assert "call optimizer.step()" in diagram.description
        assert "bp-change-band" not in without_style(diagram)
        assert {row[3] for row in diagram.table.rows} == {""}
        LOSS(model(x), y).backward()


def test_what_was_not_kept_is_not_guessed() -> None:
    model, x, y = first_program()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    viz.forget()
    assert not watching.of_arrivals
    train(model, x, y, optimizer)
    assert "call viz.remember()" in viz.network(model, show="change").description
    assert model[0].weight.past is None
    viz.remember()
    train(model, x, y, optimizer)
    last = changes(model)
    viz.forget()
    assert changes(model) == last  # it is still the last step
    train(model, x, y, optimizer)
    assert "call viz.remember()" in viz.network(model, show="change").description
    viz.remember()
    LOSS(model(x), y).backward()
    assert "call optimizer.step()" in viz.network(model, show="change").description


def test_a_step_by_hand_just_before_the_end_is_kept() -> None:
    model, x, y = first_program()
    LOSS(model(x), y).backward()
    before = numbers(model).copy()
    torch.optim.SGD(model.parameters(), lr=0.05).step()
    viz.forget()
    np.testing.assert_allclose(changes(model), numbers(model) - before, atol=6e-5)


def test_what_is_remembered_keeps_no_parameter_alive() -> None:
    w = torch.ones(3, requires_grad=True)
    w.sum().backward()
    past = w.past
    del w
    gc.collect()
    assert past.parameter() is None
    viz.forget()


def test_changes_that_are_not_finite_are_shown_as_such() -> None:
    model, x = trained()
    model[2].weight.detach().numpy()[0, 1] = np.inf
    model[0].weight.detach().numpy()[0, 0] = np.nan
    diagram = viz.network(model, x, show="change")
    assert "Some changes of hidden are not finite. Some changes of output" in diagram.description
    assert "bp-change-band is-not-finite" in diagram._repr_svg_()
    assert "change ∞" in diagram._repr_svg_()
    assert "change NaN" in diagram._repr_svg_()
    check_standalone(diagram)


def test_nan_that_stays_is_no_step() -> None:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    for change in (float("nan"), None):
        (w * 2).backward(torch.ones(2))
        if change is not None:
            with torch.no_grad():
                w[0] += change
    before = before_last_step(w)
    assert before is not None
    assert before.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("show", ["weights", "change"])
@pytest.mark.parametrize("sizes", [(1, 1), (2, 8, 8, 1), (3, 40, 2), (16, 16, 16, 16, 1)])
def test_nothing_overlaps_and_a_page_can_draw_it(show: str, sizes: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    layers: list[Any] = []
    for place in range(len(sizes) - 1):
        layers += [nn.Linear(sizes[place], sizes[place + 1]), nn.Tanh()]
    model, x = nn.Sequential(*layers), torch.randn(4, sizes[0])
    train(model, x, torch.zeros(4, sizes[-1]), torch.optim.Adam(model.parameters()), 2)
    diagram = viz.network(model, x, show=show)
    check_geometry(diagram)
    check_standalone(diagram)


def test_another_word_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot show 'gradients'\nshow is \"blame\""):
        viz.network(first_program()[0], show="gradients")


@pytest.mark.parametrize("show", ["weights", "change"])
def test_golden(show: str, update_golden: bool) -> None:
    check_golden(viz.network(*trained(2), show=show), f"network-{show}", update_golden)
