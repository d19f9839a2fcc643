"""Drawing a model never changes what a program computes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import backprop as torch
import pytest
from backprop import viz

nn = torch.nn


class Restless(nn.Module):
    """Leaves every trace that a model can: it drops units in each mode, and takes note of its batches."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(2, 4)
        self.norm = nn.BatchNorm1d(4)
        self.drop = nn.Dropout(0.5)
        self.last = nn.Linear(4, 1)
        self.register_buffer("calls", torch.zeros(1))

    def forward(self, x: Any) -> Any:
        self.calls += 1
        x = self.drop(self.norm(self.first(x.reshape(-1, 2))))
        return self.last(nn.functional.dropout(x)) * self.calls


torch.manual_seed(7)
X = torch.randn(6, 2)
Y = torch.tensor([[0.0], [1.0], [0.0], [1.0], [0.0], [1.0]])
IMAGE = torch.randn(1, 1, 1, 2)

DRAWINGS: dict[str, Callable[[Any], viz.Diagram]] = {
    "boundary": lambda model: viz.boundary(model, X, Y, test=(X[:2], Y[:2])),
    "check": lambda model: viz.check(model, X, Y),
    "fit": lambda model: viz.fit(model, X, Y),
    "flow": lambda model: viz.flow(model, X, Y, nn.MSELoss(), 0.1),
    "graph": lambda model: viz.graph(lambda: nn.functional.mse_loss(model(X), Y)),
    "network": lambda model: viz.network(model, X, maps=True),
    "saliency": lambda model: viz.saliency(model, IMAGE),
}


def trained(draw: Callable[[Any], object]) -> tuple[list[float], Any]:
    """The losses of a few steps, between forward and backward of which something is drawn."""
    torch.manual_seed(0)
    model = Restless()
    model.drop.eval()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    losses = []
    for _ in range(3):
        loss = nn.functional.mse_loss(model(X), Y)
        draw(model)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return [*losses, torch.rand(1).item()], model


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_training_that_is_watched_is_the_same(name: str) -> None:
    expected, unwatched = trained(lambda model: None)
    losses, model = trained(DRAWINGS[name])
    assert losses == expected
    for key, value in model.state_dict().items():
        assert torch.equal(value, unwatched.state_dict()[key]), key
    assert [each.training for each in model.modules()] == [True, True, True, False, True]


def test_what_fails_leaves_no_trace_either() -> None:
    model = Restless()
    calls = model.calls.clone()
    state = torch.get_rng_state()
    with pytest.raises(ValueError, match="needs one output for each"):
        viz.boundary(model, X, torch.tensor([0, 1, 2, 0, 1, 2]))
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.equal(model.calls, calls)
    assert model.training


def test_the_plane_and_the_pixels_are_those_of_a_model_in_use() -> None:
    model = nn.Sequential(nn.Flatten(), nn.Linear(2, 4), nn.BatchNorm1d(4), nn.Dropout(0.5))
    model.append(nn.Linear(4, 1))
    pictures = [
        [
            draw(model.train(mode))
            for draw in (DRAWINGS["boundary"], DRAWINGS["fit"], DRAWINGS["saliency"])
        ]
        for mode in (True, False)
    ]
    assert [repr(each) for each in pictures[0]] == [repr(each) for each in pictures[1]]


def test_a_graph_shows_the_step_as_it_is_trained() -> None:
    drop = nn.Dropout(1.0)
    w = torch.ones(1, requires_grad=True)
    assert viz.graph(lambda: drop(w).sum()).table.rows[-1][3] == "0.0000"
