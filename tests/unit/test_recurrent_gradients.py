"""Recurrent layers against finite differences: through time, through layers, through packed sequences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import backprop as torch
import pytest
from backprop import nn
from backprop.autograd import gradcheck
from backprop.nn.utils import rnn

LAYERS: dict[str, Callable[[], Any]] = {
    "rnn": lambda: nn.RNN(2, 3),
    "relu": lambda: nn.RNN(2, 3, nonlinearity="relu", bias=False),
    "gru": lambda: nn.GRU(2, 3),
    "lstm": lambda: nn.LSTM(2, 3),
    "lstm projected": lambda: nn.LSTM(2, 3, proj_size=2),
    "rnn both ways": lambda: nn.RNN(2, 2, 2, bidirectional=True),
    "gru both ways": lambda: nn.GRU(2, 2, 2, bidirectional=True),
    "lstm both ways": lambda: nn.LSTM(2, 2, 2, bidirectional=True),
}


def _states(layer: Any) -> list[Any]:
    sizes = [layer.proj_size or layer.hidden_size, layer.hidden_size]
    rows = layer.num_layers * (2 if layer.bidirectional else 1)
    states = [torch.randn(rows, 2, size, dtype=torch.float64) for size in sizes]
    return [each.requires_grad_() for each in states[: 2 if layer.mode == "LSTM" else 1]]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", LAYERS)
def test_layer(name: str, packed: bool) -> None:
    torch.manual_seed(4)
    layer = LAYERS[name]().double()
    x = torch.randn(3, 2, 2, dtype=torch.float64).requires_grad_()
    states = _states(layer)

    def run(x: Any, *rest: Any) -> Any:
        given = tuple(rest[:2]) if len(states) > 1 else rest[0]
        fed = rnn.pack_padded_sequence(x, [2, 3], enforce_sorted=False) if packed else x
        y, last = layer(fed, given)
        y = rnn.pad_packed_sequence(y)[0] if packed else y
        ends = last if isinstance(last, tuple) else (last,)
        return torch.cat([each.reshape(-1) for each in (y, *ends)])

    assert gradcheck(run, [x, *states, *layer.parameters()])


@pytest.mark.parametrize("make", [nn.RNNCell, nn.GRUCell, nn.LSTMCell])
def test_a_layer_is_its_cell_in_a_loop(make: Any) -> None:
    torch.manual_seed(1)
    layer = getattr(nn, make.__name__.removesuffix("Cell"))(2, 3)
    cell = make(2, 3)
    cell.load_state_dict(
        {name.removesuffix("_l0"): each for name, each in layer.state_dict().items()}
    )
    x = torch.randn(6, 4, 2)
    y, last = layer(x)
    state = None
    for step, expected in zip(x, y, strict=True):
        state = cell(step, state)
        h = state[0] if isinstance(state, tuple) else state
        assert torch.allclose(h, expected, atol=1e-6)
    ends = last if isinstance(last, tuple) else (last,)
    for one, other in zip(ends, state if isinstance(state, tuple) else (state,), strict=True):
        assert torch.allclose(one[0], other, atol=1e-6)


@pytest.mark.parametrize("name", LAYERS)
def test_what_comes_back_may_be_changed_before_the_backward(name: str) -> None:
    torch.manual_seed(2)
    layer = LAYERS[name]()
    x = torch.randn(4, 2, 2)

    def gradients(changed: bool) -> list[Any]:
        layer.zero_grad()
        y, _ = layer(x)
        y = y.mul_(3) if changed else y * 3
        y.sum().backward()
        return [each.grad.clone() for each in layer.parameters()]

    for plain, changed in zip(gradients(False), gradients(True), strict=True):
        assert torch.equal(plain, changed)
