"""Warnings of what is legal but usually wrong: that they come, whom they name, and that they stay away."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import backprop as torch
import pytest
from backprop import TeachingWarning, nn
from backprop.autograd import watching

PYSRC = Path(__file__).resolve().parent.parent.parent / "pysrc"


@contextmanager
def caught() -> Iterator[list[warnings.WarningMessage]]:
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        yield found


def model_and_optimizer(**options: Any) -> tuple[Any, Any]:
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(2, 4), torch.nn.ReLU(), torch.nn.Linear(4, 1))
    return model, torch.optim.SGD(model.parameters(), lr=0.001, **options)


def loss_of(model: Any) -> Any:
    return model(torch.ones(3, 2)).square().mean()


def test_a_forgotten_zero_grad_is_named_in_the_second_step() -> None:
    model, optimizer = model_and_optimizer()
    with caught() as found:
        for _ in range(2):
            loss_of(model).backward()
            optimizer.step()
    assert [each.category for each in found] == [TeachingWarning]
    assert "zero_grad() forgotten" in str(found[0].message)
    assert found[0].filename == __file__
    lines = Path(__file__).read_text().splitlines()
    assert lines[found[0].lineno - 1].strip() == "optimizer.step()"


def test_by_hand_a_forgotten_zero_is_named_too() -> None:
    w = torch.ones(2, requires_grad=True)
    with caught() as found:
        for _ in range(3):
            (w * w).sum().backward()
            with torch.no_grad():
                w -= 0.1 * w.grad
    assert len(found) == 1
    assert "w.grad = None" in str(found[0].message)
    assert found[0].filename == __file__


def zero_by_none(model: Any, optimizer: Any) -> None:
    optimizer.zero_grad()


def zero_by_number(model: Any, optimizer: Any) -> None:
    optimizer.zero_grad(set_to_none=False)


def zero_by_module(model: Any, optimizer: Any) -> None:
    model.zero_grad()


def zero_by_hand(model: Any, optimizer: Any) -> None:
    for each in model.parameters():
        if each.grad is not None:
            each.grad.zero_()


def zero_by_data(model: Any, optimizer: Any) -> None:
    for each in model.parameters():
        if each.grad is not None:
            each.grad.data.fill_(0)


@pytest.mark.parametrize(
    "zero", [zero_by_none, zero_by_number, zero_by_module, zero_by_hand, zero_by_data]
)
@pytest.mark.parametrize("parts", [1, 3])
def test_steps_that_forget_raise_no_alarm(zero: Any, parts: int) -> None:
    # With three parts, gradients are added up on purpose.
    model, optimizer = model_and_optimizer()
    with caught() as found:
        for _ in range(4):
            zero(model, optimizer)
            for _ in range(parts):
                (loss_of(model) / parts).backward()
            optimizer.step()
    assert not found


@pytest.mark.parametrize("set_to_none", [True, False])
def test_two_networks_that_play_against_each_other_raise_no_alarm(set_to_none: bool) -> None:
    maker, maker_optimizer = model_and_optimizer()
    judge = torch.nn.Linear(1, 1)
    judge_optimizer = torch.optim.SGD(judge.parameters(), lr=0.001)
    with caught() as found:
        for _ in range(4):
            judge_optimizer.zero_grad()
            judge(maker(torch.ones(3, 2))).mean().backward()  # leaves gradients in the maker too
            judge_optimizer.step()
            maker_optimizer.zero_grad(set_to_none)
            judge(maker(torch.ones(3, 2))).mean().backward()
            maker_optimizer.step()
    assert not found


def test_the_first_nan_says_where_it_may_come_from() -> None:
    x = torch.tensor([-1.0], requires_grad=True)
    with caught() as found:
        x.log().sum().backward()
    assert "the loss is NaN" in str(found[0].message)
    assert "an operation made it" in str(found[0].message)
    assert found[0].filename == __file__
    w = torch.tensor([float("nan")], requires_grad=True)
    with caught() as found:
        (w * 2).sum().backward()
    assert "A parameter is NaN already" in str(found[0].message)


def train_with_unit(bias: float, steps: int, batch: int = 8) -> list[warnings.WarningMessage]:
    """Train with one hidden unit whose bias is given, and all weights that come to it 1."""
    model, optimizer = model_and_optimizer()
    with torch.no_grad():
        model[0].weight.fill_(0.5)
        model[0].bias.fill_(0.5)
        model[0].bias[2] = bias
        model[2].weight.fill_(0.5)
    x = torch.rand(400, 2)
    with caught() as found:
        for step in range(steps):
            rows = x[torch.arange(batch) + step * batch % (400 - batch)]
            optimizer.zero_grad()
            (model(rows) - 7.0).square().mean().backward()
            optimizer.step()
    return found


def test_a_dead_unit_is_named_once() -> None:
    found = train_with_unit(bias=-5.0, steps=600)
    assert len(found) == 1
    assert "unit 2 of a layer of 4 has received no gradient in 200 steps" in str(found[0].message)
    assert found[0].filename == __file__


def test_a_unit_that_is_seldom_active_is_no_dead_unit() -> None:
    # Active for the few largest inputs only, and trained on one example at a time.
    assert not train_with_unit(bias=-0.85, steps=600, batch=1)


def test_a_gradient_that_underflows_is_no_dead_unit() -> None:
    # A sigmoid of 200 is 1 in float32, and its slope 0: no blame comes to the unit, yet it is not 0.
    model = nn.Sequential(nn.Linear(2, 4), nn.Sigmoid(), nn.Linear(4, 1))
    with torch.no_grad():
        model[0].bias[2] = 200.0
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    with caught() as found:
        for _ in range(400):
            optimizer.zero_grad()
            model(torch.rand(8, 2)).square().mean().backward()
            assert model[0].bias.grad is not None
            optimizer.step()
    assert model[0].bias.grad[2] == 0
    assert not found


def test_the_units_that_are_looked_at_are_let_go_with_the_optimizer() -> None:
    before = len(watching.of_operations)
    model, optimizer = model_and_optimizer()
    with torch.no_grad():
        model[0].bias[2] = -100.0
    for _ in range(60):
        optimizer.zero_grad()
        model(torch.rand(8, 2)).square().mean().backward()
        optimizer.step()
    assert len(watching.of_operations) == before + 1
    del optimizer
    assert len(watching.of_operations) == before


def test_the_usual_filter_switches_it_off_and_a_line_warns_once() -> None:
    code = f"""
    import sys; sys.path.insert(0, {str(PYSRC)!r})
    import warnings
    import backprop as torch
    w = torch.ones(1, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1)
    def steps(n):
        for _ in range(n):
            (w * w).sum().backward()
            optimizer.step()
    steps(5)
    warnings.simplefilter("ignore", torch.TeachingWarning)
    steps(5)
    """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True
    )
    assert result.stderr.count("TeachingWarning") == 1
    assert "<string>:10: TeachingWarning" in result.stderr
