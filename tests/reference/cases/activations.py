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
    "relu6": lambda f, x: f.relu6(x),
    "hardtanh": lambda f, x: f.hardtanh(x, -0.5, 2),
    "hardtanh in place": lambda f, x: f.hardtanh(x * 1, inplace=True) * 2,
    "hardsigmoid": lambda f, x: f.hardsigmoid(x),
    "hardswish": lambda f, x: f.hardswish(x),
    "hardswish in place": lambda f, x: f.hardswish(x * 1, inplace=True) * 2,
    "hardshrink": lambda f, x: f.hardshrink(x, 1.0),
    "softshrink": lambda f, x: f.softshrink(x, 1.0),
    "threshold": lambda f, x: f.threshold(x, 0.1, 3),
    "rrelu": lambda f, x: f.rrelu(x),
    "rrelu drawn": lambda f, x: f.rrelu(x, 0.2, 0.6, training=True),
    "celu": lambda f, x: f.celu(x, 1.5),
    "celu in place": lambda f, x: f.celu(x * 1, inplace=True) * 2,
    "selu": lambda f, x: f.selu(x),
    "mish": lambda f, x: f.mish(x),
    "softsign": lambda f, x: f.softsign(x),
    "tanhshrink": lambda f, x: f.tanhshrink(x),
    "logsigmoid": lambda f, x: f.logsigmoid(x),
    "softmin": lambda f, x: f.softmin(x, dim=-1),
    "softmin implicit": lambda f, x: f.softmin(x),
    "gumbel softmax": lambda f, x: f.gumbel_softmax(x, tau=2.0),
    "gumbel softmax hard": lambda f, x: f.gumbel_softmax(x, hard=True, dim=0),
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
            if not any(each in name for each in ("in place", "normalize", "cosine")):
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
def more_activations_as_layers(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    layers = [
        nn.Hardtanh(),
        nn.Hardtanh(-2, 0.5, inplace=True),
        nn.ReLU6(),
        nn.ReLU6(True),
        nn.Hardsigmoid(),
        nn.Hardswish(True),
        nn.Hardshrink(),
        nn.Softshrink(1),
        nn.Threshold(0.5, 2),
        nn.Threshold(0.5, 2, True),
        nn.PReLU(),
        nn.RReLU().eval(),
        nn.RReLU(0.1, 0.2, True),
        nn.CELU(2.0),
        nn.SELU(),
        nn.Mish(True),
        nn.Softsign(),
        nn.Tanhshrink(),
        nn.LogSigmoid(),
        nn.GLU(),
        nn.GLU(1),
        nn.Softmin(dim=1),
        nn.Softmax2d(),
    ]
    torch.manual_seed(1)
    x = torch.linspace(-3, 3, 24).reshape(2, 2, 3, 2)
    found = {}
    for place, layer in enumerate(layers):
        found[f"{place} printed"] = repr(layer)
        found[f"{place}"] = layer(x.clone()).detach()
    return found


@CASES
def learned_slopes(torch: Any) -> dict[str, Any]:
    found = {}
    for name, channels, shape in (
        ("one", 1, (2, 3, 2)),
        ("scalar", 1, ()),
        ("vector", 1, (4,)),
        ("channels", 3, (2, 3, 2)),
        ("matrix", 3, (2, 3)),
    ):
        torch.manual_seed(2)
        layer = torch.nn.PReLU(channels, init=0.1)
        x = torch.randn(shape).requires_grad_()
        y = layer(x)
        (y * y).sum().backward()
        found[name], found[f"{name} grad"] = y.detach(), x.grad
        found[f"{name} weight grad"] = layer.weight.grad
        found[f"{name} printed"] = repr(layer) + repr(y).split("grad_fn=")[-1]
    return found


@CASES
def gates(torch: Any) -> dict[str, Any]:
    torch.manual_seed(2)
    found = {}
    for dim in (0, 1, -1):
        x = torch.randn(2, 4, 6).requires_grad_()
        y = torch.nn.functional.glu(x, dim)
        (y * y).sum().backward()
        found[f"{dim}"], found[f"{dim} grad"] = y.detach(), x.grad
        found[f"{dim} printed"] = repr(y).split("grad_fn=")[-1]
    return found


@CASES
def activations_refused(torch: Any) -> dict[str, Any]:
    functional, nn, ones = torch.nn.functional, torch.nn, torch.ones
    whole = torch.tensor([-9, -1, 0, 2, 9])
    found = {
        "relu6 of whole numbers": functional.relu6(whole),
        "hardtanh of whole numbers": functional.hardtanh(whole),
        "threshold of whole numbers": functional.threshold(whole, 1, 7),
    }
    for name, provoke in {
        "hardsigmoid": lambda: functional.hardsigmoid(whole),
        "hardswish": lambda: functional.hardswish(whole),
        "hardshrink": lambda: functional.hardshrink(whole),
        "celu": lambda: functional.celu(whole),
        "mish": lambda: functional.mish(whole),
        "logsigmoid": lambda: functional.logsigmoid(whole),
        "rrelu": lambda: functional.rrelu(whole),
        "glu": lambda: functional.glu(ones(3)),
        "glu of a number": lambda: functional.glu(torch.tensor(1.0)),
        "softshrink": lambda: functional.softshrink(ones(2), -1),
        "bounds": lambda: nn.Hardtanh(2, 1),
        "bounds of rrelu": lambda: functional.rrelu(ones(2), 0.5, 0.1),
        "celu 0": lambda: functional.celu(ones(2), 0),
        "prelu": lambda: functional.prelu(ones(2, 3), ones(2)),
        "softmax2d": lambda: nn.Softmax2d()(ones(2, 2)),
    }.items():
        try:
            provoke()
        except Exception as error:
            found[name] = f"{type(error).__name__}: " + str(error).split("\n")[0]
    return found


@CASES
def one_hot_vectors(torch: Any) -> dict[str, Any]:
    one_hot = torch.nn.functional.one_hot
    return {
        "inferred": one_hot(torch.tensor([0, 2, 1])),
        "given": one_hot(torch.tensor([[0, 2], [1, 1]]), num_classes=4),
        "scalar": one_hot(torch.tensor(1), 3),
    }
