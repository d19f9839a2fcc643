"""Each operation's gradient against finite differences, over shapes and broadcasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop.autograd import gradcheck
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

Operation = Callable[..., Any]

UNARY: dict[str, Operation] = {
    "neg": lambda x: -x,
    "abs": lambda x: x.abs(),
    "exp": lambda x: x.exp(),
    "expm1": lambda x: x.expm1(),
    "log": lambda x: x.abs().log(),
    "log1p": lambda x: x.abs().log1p(),
    "log2": lambda x: x.abs().log2(),
    "log10": lambda x: x.abs().log10(),
    "sqrt": lambda x: x.abs().sqrt(),
    "rsqrt": lambda x: x.abs().rsqrt(),
    "reciprocal": lambda x: x.reciprocal(),
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "tanh": lambda x: x.tanh(),
    "sigmoid": lambda x: x.sigmoid(),
    "relu": lambda x: x.relu(),
    "square": lambda x: x.square(),
    "cube": lambda x: x**3,
    "rpow": lambda x: 2**x,
    "clamp": lambda x: x.clamp(-1.03, 1.04),
    "sum": lambda x: x.sum(),
    "sum last": lambda x: x.sum(-1),
    "mean": lambda x: x.mean(),
    "mean first": lambda x: x.mean(0, keepdim=True),
    "prod": lambda x: x.prod(),
    "prod last": lambda x: x.prod(-1),
    "var": lambda x: x.var(correction=0),
    "std": lambda x: (x + torch.arange(x.numel()).reshape(x.shape)).std(correction=0),
    "norm": lambda x: x.norm(),
    "norm 3": lambda x: x.norm(3, dim=0),
    "logsumexp": lambda x: x.logsumexp(-1),
    "softmax": lambda x: x.softmax(-1),
    "log softmax": lambda x: x.log_softmax(0),
    "reshape": lambda x: x.reshape(-1),
    "transpose": lambda x: x.T * 2,
    "first": lambda x: x[0],
    "dots": lambda x: x[..., 0],
    "twice": lambda x: x[[0, 0]],
    "repeat": lambda x: x.reshape(-1).repeat(2),
    "expand": lambda x: x.unsqueeze(0).expand(3, *x.shape),
    "cat": lambda x: torch.cat([x, x * 2]),
    "stack": lambda x: torch.stack([x, x * 2], dim=1),
    "flip": lambda x: x.flip(0),
    "where": lambda x: torch.where(x > 0, x, 2 * x),
    "masked fill": lambda x: x.masked_fill(x > 0, 1.0),
    "assignment": lambda x: assigned(x),
    "in place": lambda x: (x * 1).mul_(3).add_(x),
}


def assigned(x: Any) -> Any:
    y = x * 3
    y[0] = x[-1] * 2
    return y


BINARY: dict[str, Operation] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b,
    "pow": lambda a, b: a.abs() ** b,
    "maximum": lambda a, b: torch.maximum(a, b),
    "minimum": lambda a, b: torch.minimum(a, b),
    "where": lambda a, b: torch.where(a > b, a, b),
}

# Away from 0, where |x| and 1/x have no slope, and all different, so that no maximum is shared.
PLACES = st.permutations([0.3, -0.4, 0.55, 0.7, -0.85, 0.95, -1.1, 1.2, 1.35, -1.5, 1.6, 1.75] * 6)


def tensor(shape: tuple[int, ...], values: list[float], shift: float = 0.0) -> Any:
    count = int(np.prod(shape))
    spread = np.array(values[:count]) + shift + np.linspace(0, 0.01, count)
    return torch.tensor(spread.reshape(shape), requires_grad=True)


@pytest.mark.parametrize("name", UNARY)
@settings(max_examples=12, deadline=None)
@given(shape=arrays.array_shapes(min_dims=1, max_dims=3, max_side=4), values=PLACES)
def test_unary(name: str, shape: tuple[int, ...], values: list[float]) -> None:
    assert gradcheck(UNARY[name], tensor(shape, values))


@pytest.mark.parametrize("name", BINARY)
@settings(max_examples=25, deadline=None)
@given(
    shapes=arrays.mutually_broadcastable_shapes(num_shapes=2, max_dims=3, max_side=3),
    first=PLACES,
    second=PLACES,
)
def test_binary(
    name: str, shapes: arrays.BroadcastableShapes, first: list[float], second: list[float]
) -> None:
    a, b = shapes.input_shapes
    assert gradcheck(BINARY[name], [tensor(a, first), tensor(b, second, shift=0.013)])


@pytest.mark.parametrize(
    ("a", "b"),
    [((2, 3), (3, 4)), ((3,), (3,)), ((3,), (3, 2)), ((2, 3), (3,)), ((4, 2, 3), (4, 3, 2)),
     ((4, 2, 3), (3, 2)), ((2, 1, 2, 3), (3, 3, 1)), ((1, 1), (1, 1))],
)  # fmt: skip
def test_matmul(a: tuple[int, ...], b: tuple[int, ...]) -> None:
    torch.manual_seed(1)
    factors = [torch.randn(shape, dtype=torch.float64, requires_grad=True) for shape in (a, b)]
    assert gradcheck(torch.matmul, factors)


@pytest.mark.parametrize("shape", [(3,), (4, 3), (2, 5, 3)])
@pytest.mark.parametrize("bias", [True, False])
def test_linear_and_loss(shape: tuple[int, ...], bias: bool) -> None:
    torch.manual_seed(1)
    layer = torch.nn.Linear(3, 2, bias=bias).double()
    x = torch.randn(shape, dtype=torch.float64, requires_grad=True)
    target = torch.randn((*shape[:-1], 2), dtype=torch.float64, requires_grad=True)
    loss_fn = torch.nn.MSELoss()
    inputs = [x, target, *layer.parameters()]
    assert gradcheck(lambda x, target, *rest: loss_fn(layer(x), target), inputs)
