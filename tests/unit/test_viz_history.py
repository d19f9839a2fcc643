"""Recording a training run, and the picture of it."""

from __future__ import annotations

from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import host, viz
from backprop.teaching import TeachingWarning
from backprop.viz.history import recording

from tests.drawings import (
    SVG,
    check_geometry,
    check_golden,
    check_standalone,
    check_steps,
    parse,
    sequential,
)

nn = torch.nn


def train(model: Any, lr: float, steps: int) -> tuple[Any, list[float]]:
    torch.manual_seed(1)
    x = torch.randn(32, 2)
    y = (x[:, :1] * x[:, 1:] > 0).float()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses: list[float] = []
    with viz.record(model) as run:
        for _ in range(steps):
            loss = nn.MSELoss()(model(x), y)
            losses.append(loss.item())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return run, losses


def test_it_records_the_loss_and_every_gradient() -> None:
    model = sequential(nn.Tanh, 2, 4, 1)
    run, losses = train(model, 0.1, 20)
    assert run.names == ["0.weight", "0.bias", "2.weight", "2.bias"]
    assert [each.loss for each in run.moments] == pytest.approx(losses)
    assert [each.step for each in run.moments] == list(range(1, 21))
    last = run.moments[-1]
    for place, parameter in enumerate(model.parameters()):
        expected = np.sqrt((parameter.grad.numpy() ** 2).mean())
        assert last.gradients[place] == pytest.approx(expected, rel=1e-5)


def test_it_changes_neither_the_training_nor_the_model() -> None:
    recorded, plain = sequential(nn.Tanh, 2, 4, 1), sequential(nn.Tanh, 2, 4, 1)
    train(recorded, 0.1, 10)
    x = torch.ones(1, 2)
    torch.manual_seed(1)
    data = torch.randn(32, 2)
    target = (data[:, :1] * data[:, 1:] > 0).float()
    optimizer = torch.optim.SGD(plain.parameters(), lr=0.1)
    for _ in range(10):
        optimizer.zero_grad()
        nn.MSELoss()(plain(data), target).backward()
        optimizer.step()
    assert torch.equal(recorded(x), plain(x))
    assert not any(each.hooks for each in recorded.parameters())


def test_memory_is_bounded_and_both_ends_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MOST_POINTS", 16)
    run, losses = train(sequential(nn.Tanh, 2, 2, 1), 0.1, 203)
    steps = [each.step for each in run.moments]
    assert len(steps) <= 16
    assert (steps[0], steps[-1], run.steps) == (1, 203, 203)
    assert set(np.diff(steps[:-1])) == {16}
    assert [each.loss for each in run.moments] == pytest.approx(
        [losses[each - 1] for each in steps]
    )


def test_losses_of_different_parts_are_different_steps() -> None:
    model = sequential(nn.Tanh, 2, 4, 1)
    x, hidden = torch.ones(1, 2), torch.ones(1, 4)
    with viz.record(model) as run:
        model[0](x).sum().backward()
        model[2](hidden).mean().backward()
        loss = model[2](hidden).mean()
        loss.backward(retain_graph=True)
        loss.backward()
    assert run.steps == 4
    assert run.moments[0].gradients[2] == recording.MISSING
    assert run.moments[1].gradients[0] == recording.MISSING


def test_what_was_recorded_before_stop_can_be_drawn() -> None:
    model = sequential(nn.Tanh, 2, 4, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    recording = viz.record(model)
    run = recording.run
    with pytest.raises(KeyboardInterrupt), recording:  # noqa: PT012
        for step in range(10):
            loss = model(torch.ones(1, 2)).pow(2).sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if step == 4:
                raise KeyboardInterrupt
    assert viz.history(run).title == "A run of 5 steps"
    assert not any(each.hooks for each in model.parameters())
    model(torch.ones(1, 2)).sum().backward()
    assert run.steps == 5


def test_dead_units_are_named() -> None:
    model = sequential(nn.ReLU, 2, 4, 1)
    with torch.no_grad():
        model[0].bias[1] = -100.0
    run, _ = train(model, 0.01, 12)
    diagram = viz.history(run)
    assert "0.weight has 1 of 4 units dead" in diagram.description
    texts = [each.text for each in parse(diagram).iter(f"{SVG}text")]
    assert "⚠ 1 of 4 units dead" in texts


def test_what_gets_no_gradient_without_a_relu_is_not_called_dead() -> None:
    # A sigmoid of 200 is 1 in float32, and its slope 0.
    saturated = sequential(nn.Sigmoid, 2, 4, 1)
    with torch.no_grad():
        saturated[0].bias[1] = 200.0
    run, _ = train(saturated, 0.01, 12)
    assert "units dead" not in viz.history(run).description
    # Words that did not occur.
    model = nn.Sequential(nn.Embedding(9, 3), nn.Linear(3, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    with viz.record(model) as run:
        for _ in range(12):
            optimizer.zero_grad()
            model(torch.tensor([1, 4, 5])).pow(2).mean().backward()
            optimizer.step()
    assert "units dead" not in viz.history(run).description


def test_a_dead_channel_of_an_image_is_named() -> None:
    model = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(inplace=True), nn.Flatten(), nn.Linear(36, 1))
    with torch.no_grad():
        model[0].bias[:] = torch.tensor([1.0, -100.0, 1.0, 1.0])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    with viz.record(model) as run:
        for _ in range(12):
            optimizer.zero_grad()
            model(torch.rand(5, 1, 5, 5)).pow(2).mean().backward()
            optimizer.step()
    assert "0.weight has 1 of 4 units dead" in viz.history(run).description


def test_vanishing_gradients_are_named() -> None:
    run, _ = train(sequential(nn.Sigmoid, 2, 4, 4, 4, 4, 4, 1), 0.1, 12)
    assert "0.weight is vanishing" in viz.history(run).description


@pytest.mark.parametrize("steps", [20, 200, pytest.param(1000, marks=pytest.mark.slow)])
def test_a_deep_network_vanishes_however_long_it_has_learned_nothing(steps: int) -> None:
    run, _ = train(sequential(nn.Sigmoid, 2, *[8] * 9, 1), 0.1, steps)
    description = viz.history(run).description
    assert "0.weight is vanishing" in description
    assert "exploding" not in description
    assert "nothing changes any more" in description
    assert "18.weight is" not in " ".join(
        f"{row[0]} is {row[5]}" for row in viz.history(run).table.rows if row[5]
    )


def recorded(gradients: list[list[float]], losses: list[float]) -> Any:
    """A run in which the gradients of each step had these sizes."""
    names = [f"layer {place}" for place in range(len(gradients[0]))]
    moments = [
        recording.Moment(step, loss, np.ones(len(names)), np.array(sizes), [None] * len(names))
        for step, (sizes, loss) in enumerate(zip(gradients, losses, strict=True), start=1)
    ]
    return recording.Run(names, [(1,)] * len(names), moments, len(moments))


def test_a_model_that_has_learned_all_is_not_called_vanishing_or_dead() -> None:
    model = nn.Linear(1, 1)
    x, target = torch.ones(1, 1), torch.full((1, 1), 4.0)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.25)
    with viz.record(model) as run:
        for _ in range(12):
            loss = (model(x) - target).pow(2).sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    assert viz.history(run).description == (
        "The loss falls from 16 to 0. "
        "From step 2 on every gradient is next to nothing: training has arrived."
    )


def test_gradients_that_end_together_have_not_vanished_one_by_one() -> None:
    arrived = [[1.0, 0.5], [0.1, 0.2], *[[0.0, 1e-5]] * 18]
    diagram = viz.history(recorded(arrived, [4.0, 1.0, *[0.1] * 18]))
    assert "From step 3 on every gradient" in diagram.description
    assert "vanishing" not in diagram.description
    early = [[1e-5, 0.5], [1e-5, 0.2], *[[0.0, 1e-5]] * 18]
    diagram = viz.history(recorded(early, [4.0, 1.0, *[0.1] * 18]))
    assert "layer 0 is vanishing. From step 3 on every gradient" in diagram.description


def test_vanishing_is_judged_while_there_is_blame_to_hand_on() -> None:
    plateau = [*[[1e-6, 0.5]] * 3, *[[2e-3, 4e-3]] * 17]
    assert "layer 0 is vanishing" in viz.history(recorded(plateau, [4.0] * 20)).description
    # Less and less is left to learn, but each layer has its part of it.
    healthy = viz.history(recorded([[0.5**step, 0.4**step] for step in range(9)], [1.0] * 9))
    assert healthy.description.endswith("No gradient vanishes or explodes, and no unit is dead.")


def test_a_layer_that_hands_on_more_than_it_gets_does_not_vanish() -> None:
    assert "is vanishing" not in viz.history(recorded([[1e4, 1.0]] * 9, [1.0] * 9)).description


def test_what_wakes_up_is_not_called_exploding() -> None:
    waking = recorded([[10.0 ** (step - 7), 1.0] for step in range(8)], [1.0] * 8)
    assert "exploding" not in viz.history(waking).description
    loud = recorded([[1.0, 10.0**step] for step in range(8)], [1.0] * 8)
    assert "layer 1 is exploding" in viz.history(loud).description


def test_gradients_that_end_while_the_loss_is_large_are_no_success() -> None:
    stuck = viz.history(recorded([[1.0, 0.5], *[[0.0, 1e-5]] * 19], [4.0] * 20))
    assert stuck.description.endswith(
        "From step 2 on every gradient is next to nothing: nothing changes any more, at a loss of 4."
    )


def test_one_small_gradient_is_no_arrival() -> None:
    chance = viz.history(recorded([*[[1.0, 0.5]] * 19, [0.0, 1e-5]], [4.0] * 20))
    assert "next to nothing" not in chance.description
    lost = viz.history(recorded([*[[1.0, 0.5]] * 4, *[[float("nan")] * 2] * 16], [4.0] * 20))
    assert "next to nothing" not in lost.description
    perfect = viz.history(recorded([[0.0, 0.0]] * 5, [0.0] * 5))
    assert "From step 1 on" in perfect.description
    assert "layer" not in perfect.description


def test_exploding_gradients_are_named_with_the_step_where_numbers_end() -> None:
    with pytest.warns(TeachingWarning, match="the loss is NaN"):
        run, losses = train(sequential(nn.ReLU, 2, 8, 1), 30.0, 40)
    first = next(step for step, loss in enumerate(losses, start=1) if not np.isfinite(loss))
    diagram = viz.history(run)
    assert f"no number any more from step {first} on" in diagram.description
    assert "0.weight is exploding" in diagram.description
    check_geometry(diagram)
    check_standalone(diagram)


def test_a_parameter_that_no_backward_reaches_is_named() -> None:
    model = sequential(nn.Tanh, 2, 4, 1)
    with viz.record(model) as run:
        for _ in range(3):
            model[2](model[0](torch.ones(1, 2)).detach()).sum().backward()
    diagram = viz.history(run)
    assert "0.weight has no gradient" in diagram.description
    assert ("0.weight", "", "", "", "", "no gradient") in diagram.table.rows
    check_geometry(diagram)


def test_the_page_is_given_what_was_recorded_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "KEEP_EVERY", 0.0)
    monkeypatch.setattr(recording, "KEEP_PART", 1e9)
    kept: list[dict[str, str]] = []
    host.connect(lambda control: control["value"], keep_bundle=kept.append)
    try:
        run, _ = train(sequential(nn.Tanh, 2, 4, 1), 0.1, 5)
    finally:
        host.disconnect()
    assert [each["text/plain"].partition(".")[0] for each in kept] == [
        "A run of 1 step",
        "A run of 2 steps",
        "A run of 3 steps",
        "A run of 4 steps",
    ]
    assert "<svg" in kept[-1]["image/svg+xml"]
    assert run.steps == 5


def test_the_facts_of_a_parameter_are_those_of_the_whole_run_whichever_step_is_seen() -> None:
    run = recorded([[0.5, 0.2], [0.4, 0.1], [0.3, recording.MISSING]], [4.0, 3.0, 2.0])
    root = parse(viz.history(run))
    facts = {each.get("data-node"): each.get("data-facts") for each in root.iter()}
    assert facts["layer_0"] == (
        "layer 0\nsize from 1.0000 to 1.0000 in the whole run\n"
        "gradient from 0.5000 to 0.3000 in the whole run"
    )
    assert "gradient from 0.2000 to 0.1000 in the whole run" in str(facts["layer_1"])


def test_the_steps_lead_through_the_run() -> None:
    run, losses = train(sequential(nn.Tanh, 2, 4, 1), 0.1, 100)
    captions = check_steps(viz.history(run))
    assert len(captions) == 40
    assert captions[0].startswith(f"Step 1: the loss is {losses[0]:.4g}, the largest gradient")
    assert captions[-1].startswith("Step 100: ")


@pytest.mark.parametrize("sizes", [(2, 1), (2, 4, 4, 1), (2, *[3] * 12, 1)])
def test_nothing_overlaps_and_the_page_can_draw_it(sizes: tuple[int, ...]) -> None:
    run, _ = train(sequential(nn.Tanh, *sizes), 0.1, 60)
    diagram = viz.history(run)
    check_geometry(diagram)
    check_standalone(diagram)
    if len(sizes) > 9:
        assert "and 14 more parameters" in diagram._repr_svg_()


def test_golden(update_golden: bool) -> None:
    run, _ = train(sequential(nn.Tanh, 2, 2, 1), 0.1, 12)
    check_golden(viz.history(run), "history", update_golden)


def test_what_cannot_be_drawn_is_refused_in_words() -> None:
    model = sequential(nn.Tanh, 2, 4, 1)
    with viz.record(model) as run:
        pass
    with pytest.raises(ValueError, match="nothing was recorded"):
        viz.history(run)
    with pytest.raises(TypeError, match="draws a recorded run, not Sequential"):
        viz.history(model)
    with pytest.raises(TypeError, match=r"needs an nn\.Module"):
        viz.record(torch.ones(2))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no parameters that learn"):
        viz.record(nn.ReLU())
