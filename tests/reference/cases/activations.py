"""Activations by option, type and shape, forward and backward."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

FUNCTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "relu": lambda f, x: f.relu(x),
    "leaky relu": lambda f, x: f.leaky_relu(x),
    "leaky relu 0.2": lambda f, x: f.leaky_relu(x, negative_slope=0.2),
    "leaky relu in place": lambda f, x: f.leaky_relu(x * 1, 0.3, inplace=True) * 2,
    "elu": lambda f, x: f.elu(x),
    "elu 2": lambda f, x: f.elu(x, alpha=2.0),
    "elu in place": lambda f, x: f.elu(x * 1, inplace=True) * 2,
    "gelu": lambda f, x: f.gelu(x),
    "gelu tanh": lambda f, x: f.gelu(x, approximate="tanh"),
    "silu": lambda f, x: f.silu(x),
    "silu in place": lambda f, x: f.silu(x * 1, inplace=True) * 2,
    "sigmoid": lambda f, x: f.sigmoid(x),
    "tanh": lambda f, x: f.tanh(x),
    "softplus": lambda f, x: f.softplus(x),
    "softplus 2": lambda f, x: f.softplus(x, beta=2, threshold=3),
    "softmax": lambda f, x: f.softmax(x, dim=-1),
    "softmax first": lambda f, x: f.softmax(x, dim=0),
    "softmax implicit": lambda f, x: f.softmax(x),
    "log softmax": lambda f, x: f.log_softmax(x, dim=-1),
    "log softmax implicit": lambda f, x: f.log_softmax(x),
    "normalize": lambda f, x: f.normalize(x, dim=-1),
    "normalize 1": lambda f, x: f.normalize(x, p=1.0, dim=0),
    "cosine similarity": lambda f, x: f.cosine_similarity(x, x.flip(0) + 1, dim=-1),
}
SHAPES = {"vector": (7,), "matrix": (3, 5), "batch": (2, 3, 4)}


def _activation(name: str, kind: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        found = {}
        for title, shape in SHAPES.items():
            torch.manual_seed(4)
            # From far below to far above 0, and 0 itself.
            x = (torch.randn(shape) * 4).to(getattr(torch, kind))
            x[..., 0] = 0
            x[..., 1] *= 12
            x.requires_grad_()
            y = FUNCTIONS[name](torch.nn.functional, x)
            slopes = torch.linspace(-1, 2, y.numel(), dtype=y.dtype).reshape(y.shape)
            (y * slopes).sum().backward()
            found[title], found[f"{title} grad"] = y.detach(), x.grad
            if "in place" not in name and "normalize" not in name and "cosine" not in name:
                found[f"{title} printed"] = repr(y).split("grad_fn=")[-1]
        return found

    CASES[f"{name} {kind}"] = run


for _name in FUNCTIONS:
    for _kind in ("float32", "float64"):
        _activation(_name, _kind)


@CASES
def activations_as_layers(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    layers = [
        nn.ReLU(),
        nn.ReLU(inplace=True),
        nn.LeakyReLU(),
        nn.LeakyReLU(0.2, True),
        nn.ELU(),
        nn.ELU(0.5, inplace=True),
        nn.GELU(),
        nn.GELU("tanh"),
        nn.SiLU(),
        nn.SiLU(inplace=True),
        nn.Sigmoid(),
        nn.Tanh(),
        nn.Softplus(),
        nn.Softplus(2, 10),
        nn.Softmax(dim=1),
        nn.Softmax(),
        nn.LogSoftmax(dim=-1),
    ]
    x = torch.linspace(-3, 3, 12).reshape(3, 4)
    found = {}
    for place, layer in enumerate(layers):
        found[f"{place} printed"] = repr(layer)
        found[f"{place}"] = layer(x.clone())
    return found


@CASES
def one_hot_vectors(torch: Any) -> dict[str, Any]:
    one_hot = torch.nn.functional.one_hot
    return {
        "inferred": one_hot(torch.tensor([0, 2, 1])),
        "given": one_hot(torch.tensor([[0, 2], [1, 1]]), num_classes=4),
        "scalar": one_hot(torch.tensor(1), 3),
    }
