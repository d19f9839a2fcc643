"""`backprop.check`: a right model passes, a gradient that is wrong by 0.1% does not."""

from __future__ import annotations

from typing import Any

import backprop as torch
import pytest

nn = torch.nn


class Scale(torch.autograd.Function):
    """A product whose gradient by the factor is wrong by a factor of its own."""

    @staticmethod
    def forward(ctx: Any, x: Any, factor: Any, error: float) -> Any:
        ctx.save_for_backward(x, factor)
        ctx.error = error
        return x * factor

    @staticmethod
    def backward(ctx: Any, gradient: Any) -> Any:
        x, factor = ctx.saved_tensors
        return gradient * factor, (gradient * x).sum(0) * ctx.error, None


class Model(nn.Module):
    def __init__(self, error: float = 1.0) -> None:
        super().__init__()
        self.hidden = nn.Linear(2, 5)
        self.factor = nn.Parameter(torch.ones(5))
        self.out = nn.Linear(5, 3)
        self.error = error

    def forward(self, x: Any) -> Any:
        return self.out(Scale.apply(torch.relu(self.hidden(x)), self.factor, self.error))


def data() -> tuple[Any, Any]:
    torch.manual_seed(4)
    return torch.randn(6, 2), torch.randn(6, 3)


@pytest.mark.parametrize("error", [1.001, 0.999, -1.0, 0.0])
def test_a_gradient_wrong_by_a_tenth_of_a_percent_is_found_and_named(error: float) -> None:
    x, y = data()
    table = torch.check(Model(error), x, y)
    assert not table
    assert [row.name for row in table.rows if row.wrong] == ["factor"]
    assert "The gradient is wrong in factor" in repr(table)
    assert "<caption>The gradient is wrong in factor" in table._repr_html_()


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_float32_models_raise_no_false_alarm(scale: float) -> None:
    for seed in range(5):
        torch.manual_seed(seed)
        x, y = torch.randn(20, 2) * scale, torch.randn(20, 3)
        assert torch.check(Model(), x, y), seed


def test_whole_numbers_are_classes() -> None:
    x, _ = data()
    table = torch.check(Model(), x, torch.tensor([0, 1, 2, 2, 1, 0]))
    assert table
    assert table.loss > 0.5


def test_a_loss_of_ones_own_and_none_at_all() -> None:
    x, y = data()
    assert torch.check(Model(), x, y, nn.MSELoss(reduction="sum"))
    assert torch.check(Model(), x, loss=lambda output: output.exp().mean())
    assert torch.check(Model(), x)


def test_a_bend_under_the_nudge_is_no_error() -> None:
    model = nn.Sequential(nn.Linear(1, 1), nn.ReLU())
    with torch.no_grad():
        model[0].weight.fill_(1.0)
        model[0].bias.fill_(0.0)
    assert torch.check(model, torch.zeros(1, 1), torch.ones(1, 1))


def test_the_model_stays_as_it_is() -> None:
    x, y = data()
    model = Model()
    before = {name: each.clone() for name, each in model.state_dict().items()}
    state = torch.get_rng_state()
    torch.check(model, x, y)
    assert all(torch.equal(before[name], each) for name, each in model.state_dict().items())
    assert all(each.grad is None and each.dtype is torch.float32 for each in model.parameters())
    assert torch.equal(torch.get_rng_state(), state)


def test_chance_is_the_same_in_every_pass() -> None:
    class Noisy(Model):
        def forward(self, x: Any) -> Any:
            return super().forward(x) * torch.rand(3, dtype=torch.float64)

    x, y = data()
    assert torch.check(Noisy(), x, y)


def test_the_table_is_readable() -> None:
    x, y = data()
    lines = repr(torch.check(Model(), x, y)).splitlines()
    assert lines[0].split() == ["parameter", "shape", "backward", "finite", "difference", "verdict"]
    assert [line.split()[0] for line in lines[1:-1]] == [
        "factor", "hidden.weight", "hidden.bias", "out.weight", "out.bias",
    ]  # fmt: skip
    assert lines[-1].startswith("All gradients agree with finite differences")
