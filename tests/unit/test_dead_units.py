"""Which units are 0 for everything they are shown."""

from __future__ import annotations

from collections.abc import Callable

import backprop as torch
import pytest
from backprop import Tensor, nn
from backprop.dead_units import UnitsAtZero

LAYERS: dict[str, Callable[[], nn.Module]] = {
    "linear": lambda: nn.Linear(2, 3),
    "convolution": lambda: nn.Conv2d(2, 3, 2),
    "batch norm": lambda: nn.BatchNorm1d(3),
}
SHOWN = {"linear": (5, 2), "convolution": (5, 2, 4, 4), "batch norm": (5, 3)}
ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "ReLU": nn.ReLU(),
    "in place": nn.ReLU(inplace=True),
    "clamp": lambda x: x.clamp(min=0),
    "maximum": lambda x: torch.maximum(x, torch.zeros(1)),
    "where": lambda x: torch.where(x > 0, x, 0.0),
    "behind a Dropout": lambda x: nn.functional.dropout(x, 0.1).relu(),
}


def looked_at(layer: nn.Module, act: Callable[[Tensor], Tensor], *shown: Tensor) -> list[bool]:
    """Which of the layer's units are 0 for all that is shown, where something is known of them."""
    bias = layer.bias
    units = UnitsAtZero([bias])
    units.begin()
    for each in shown:
        act(layer(each))
    units.end()
    return units.units[bias].tolist() if bias in units.units else []


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("kind", LAYERS)
def test_a_unit_that_is_always_0_is_found(kind: str, activation: str) -> None:
    layer = LAYERS[kind]()
    with torch.no_grad():
        layer.bias[:] = torch.tensor([100.0, -100.0, 100.0])
    shown = torch.rand(*SHOWN[kind])
    assert looked_at(layer, ACTIVATIONS[activation], shown) == [False, True, False]


def test_a_unit_that_was_active_once_is_not() -> None:
    layer = nn.Linear(1, 2)
    with torch.no_grad():
        layer.weight[:] = torch.tensor([[1.0], [-1.0]])
        layer.bias[:] = 0.0
    silent, active = torch.tensor([[-1.0]]), torch.tensor([[1.0]])
    assert looked_at(layer, nn.ReLU(), silent) == [True, False]
    assert looked_at(layer, nn.ReLU(), silent, active) == [False, False]
    assert looked_at(layer, nn.ReLU(), active, silent) == [False, False]


def test_single_examples_have_their_units_too() -> None:
    layer, image = nn.Linear(2, 3), nn.Conv2d(2, 3, 2)
    with torch.no_grad():
        layer.bias[:] = image.bias[:] = torch.tensor([100.0, -100.0, 100.0])
    assert looked_at(layer, nn.ReLU(), torch.rand(2)) == [False, True, False]
    assert looked_at(image, nn.ReLU(), torch.rand(2, 4, 4)) == [False, True, False]
    assert looked_at(layer, nn.ReLU(), torch.rand(5, 4, 2)) == [False, True, False]


def test_nothing_is_known_of_a_layer_without_a_flat_activation() -> None:
    layer = nn.Linear(2, 3)
    assert looked_at(layer, nn.Sigmoid(), torch.rand(5, 2)) == []
    assert looked_at(layer, lambda x: nn.Linear(3, 3)(x).relu(), torch.rand(5, 2)) == []
    with torch.no_grad():
        assert looked_at(layer, nn.ReLU(), torch.rand(5, 2)) == []
