"""One way to look on: a watcher is told of what it has a method for, and of nothing once it has ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import backprop as torch
import pytest
from backprop import nn
from backprop.autograd import watching
from backprop.autograd.watching import Watcher

LISTS = [value for name, value in vars(watching).items() if name.startswith("of_")]


class Everything(Watcher):
    def __init__(self) -> None:
        self.seen: list[str] = []

    def computed(self, result: torch.Tensor, operation: str, inputs: Sequence[Any]) -> None:
        self.seen.append(operation)

    def entered(self, module: Any) -> None:
        self.seen.append(f"into {type(module).__name__}")

    def left(self, module: Any) -> None:
        self.seen.append(f"out of {type(module).__name__}")

    def started(self, loss: torch.Tensor) -> None:
        self.seen.append("started")

    def returned(self, node: Any, gradients: Any) -> None:
        self.seen.append(f"blame of {node.name()}")

    def arrived(self, leaf: torch.Tensor) -> None:
        self.seen.append("arrived")

    def accumulating(self, leaf: torch.Tensor, gradient: Any) -> None:
        self.seen.append(f"accumulating {gradient.tolist()}")

    def adding(self, leaf: torch.Tensor, held: torch.Tensor) -> None:
        self.seen.append(f"adding to {held.item()}")


def test_a_step_is_told_in_the_order_in_which_it_happens() -> None:
    class Twice(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.w = nn.Parameter(torch.tensor(3.0))

        def forward(self) -> torch.Tensor:
            return self.w * 2

    model, watcher = Twice(), Everything()
    model.w.register_hook(lambda gradient: gradient + 1)
    watcher.begin()
    model().backward()
    watcher.end()
    model().backward()
    told = watcher.seen
    assert told[:3] == ["into Twice", "MulBackward0", "out of Twice"]
    assert told[3:6] == ["started", "blame of MulBackward0", "arrived"]
    assert told[-1] == "accumulating 3.0"  # as the hook has left it
    watcher.begin()
    model().backward()
    watcher.end()
    assert told[-2:] == ["accumulating 3.0", "adding to 6.0"]


def test_a_watcher_is_among_those_alone_that_have_a_method_for_it() -> None:
    class OfArrivals(Watcher):
        def arrived(self, leaf: torch.Tensor) -> None:
            pass

    before = [list(each) for each in LISTS]
    watcher = OfArrivals()
    watcher.begin()
    assert [watcher in each for each in LISTS] == [each is watching.of_arrivals for each in LISTS]
    watcher.end()
    assert [list(each) for each in LISTS] == before


def test_without_a_watcher_only_the_warnings_look_on() -> None:
    watched = [
        each for each in LISTS if any(type(one).__module__ != "backprop.teaching" for one in each)
    ]
    assert not watched


def test_autograd_grad_adds_to_nothing_and_so_tells_of_no_accumulation() -> None:
    w, watcher = torch.tensor(1.0, requires_grad=True), Everything()
    watcher.begin()
    torch.autograd.grad(w * 5, w)
    watcher.end()
    assert watcher.seen == ["MulBackward0", "started", "blame of MulBackward0", "arrived"]


def test_an_error_within_a_module_ends_its_call() -> None:
    class Broken(nn.Module):
        def forward(self) -> None:
            raise ZeroDivisionError

    watcher = Everything()
    watcher.begin()
    with pytest.raises(ZeroDivisionError):
        Broken()()
    watcher.end()
    assert watcher.seen == ["into Broken", "out of Broken"]
