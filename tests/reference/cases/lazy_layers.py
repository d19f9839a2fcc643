"""Layers whose parameters have no shape before the first input: what they are then, and after it."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

LAYERS: dict[str, tuple[Callable[[Any], Any], tuple[int, ...]]] = {
    "linear": (lambda nn: nn.LazyLinear(3), (4, 2)),
    "linear without bias": (lambda nn: nn.LazyLinear(3, bias=False), (2, 4, 2)),
    "conv1d": (lambda nn: nn.LazyConv1d(3, 2), (2, 4, 5)),
    "conv2d": (lambda nn: nn.LazyConv2d(4, 3, stride=2, padding=1, groups=2), (2, 2, 5, 4)),
    "conv2d of one": (lambda nn: nn.LazyConv2d(4, (3, 1), bias=False), (2, 5, 4)),
    "conv3d": (lambda nn: nn.LazyConv3d(2, 2), (1, 2, 3, 3, 2)),
    "transposed 1d": (lambda nn: nn.LazyConvTranspose1d(3, 2, stride=2), (2, 4, 3)),
    "transposed 2d": (lambda nn: nn.LazyConvTranspose2d(2, 3, 2, 1, 1, 2), (1, 4, 3, 3)),
    "transposed 3d": (lambda nn: nn.LazyConvTranspose3d(2, 2), (1, 2, 3, 3, 2)),
    "batch norm 1d": (lambda nn: nn.LazyBatchNorm1d(), (4, 3)),
    "batch norm 2d": (lambda nn: nn.LazyBatchNorm2d(affine=False), (4, 3, 2, 2)),
    "batch norm 3d": (lambda nn: nn.LazyBatchNorm3d(track_running_stats=False), (4, 3, 2, 2, 2)),
    "instance norm 1d": (lambda nn: nn.LazyInstanceNorm1d(), (4, 3, 5)),
    "instance norm 2d": (lambda nn: nn.LazyInstanceNorm2d(affine=False), (4, 3, 2, 2)),
    "instance norm 3d": (lambda nn: nn.LazyInstanceNorm3d(0.1), (4, 3, 2, 2, 2)),
}


def _layer(name: str) -> None:
    make, shape = LAYERS[name]

    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(8)
        layer = make(torch.nn)
        found = {
            "printed": repr(layer),
            "state": repr(list(layer.state_dict().items())),
            "parameters": repr(list(layer.named_parameters())),
            "unknown": repr(layer.has_uninitialized_params()),
        }
        parameters = list(layer.parameters())
        x = torch.randn(shape)
        found["y"] = layer(x).detach()
        found |= {"printed after": repr(layer), "class": type(layer).__name__}
        kept = [a is b for a, b in zip(parameters, layer.parameters())]  # noqa: B905
        found["kept"] = repr(kept) + repr([type(each).__name__ for each in parameters])
        for title, value in layer.state_dict().items():
            found[title] = value
        found["y again"] = layer(x).detach()
        return found

    CASES[name] = run


for _name in LAYERS:
    _layer(_name)


@CASES
def trained(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(1)
    model = nn.Sequential(nn.LazyLinear(3), nn.Tanh(), nn.LazyLinear(1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    found = {"before": repr(model)}
    x = torch.randn(5, 2)
    for _ in range(3):
        optimizer.zero_grad()
        model(x).square().sum().backward()
        optimizer.step()
    found |= {"after": repr(model), "y": model(x).detach()}
    return found


@CASES
def loaded(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(1)
    full, lazy = nn.Linear(2, 3), nn.LazyLinear(3)
    found = {"into lazy": repr(lazy.load_state_dict(full.state_dict())), "weight": lazy.weight}
    found["still"] = repr(lazy)
    lazy(torch.ones(1, 2))
    found["then"] = repr(lazy)
    found["both"] = repr(nn.LazyLinear(3).load_state_dict(nn.LazyLinear(3).state_dict()))
    found["copied"] = repr(copy.deepcopy(nn.LazyLinear(3)))
    found["as double"] = repr(nn.LazyLinear(3).double()(torch.ones(1, 2).double()).dtype)
    return found


def _first_line(act: Callable[[], Any]) -> str:
    try:
        return repr(act())
    except Exception as error:
        return f"{type(error).__name__}: " + str(error).split("\n")[0]


@CASES
def used_too_early(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    layer = nn.LazyLinear(3)
    return {
        "add": _first_line(lambda: layer.weight + 1),
        "multiply": _first_line(lambda: torch.ones(2) * layer.weight),
        "count": _first_line(lambda: sum(each.numel() for each in layer.parameters())),
        "shape": _first_line(lambda: layer.weight.shape),
        "forward": _first_line(lambda: layer.forward(torch.ones(1, 2))),
        "freeze": _first_line(lambda: layer.requires_grad_(False)),
        "data": _first_line(lambda: layer.weight.data),
        "type": _first_line(lambda: layer.weight.dtype),
        "alone": repr(nn.UninitializedParameter()) + repr(nn.UninitializedBuffer()),
        "into full": _first_line(lambda: nn.Linear(2, 3).load_state_dict(layer.state_dict())),
        "dimensions": _first_line(lambda: nn.LazyConv2d(3, 2)(torch.ones(3))),
        "groups": _first_line(lambda: nn.LazyConv2d(2, 1, groups=2)(torch.ones(3, 2, 2))),
    }


@CASES
def of_ones_own(torch: Any) -> dict[str, Any]:
    name = torch.__name__
    lazy = importlib.import_module(
        "torch.nn.modules.lazy" if name == "torch" else f"{name}.nn.lazy"
    )

    class Scale(lazy.LazyModuleMixin, torch.nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self, forgets: bool = False) -> None:
            super().__init__()
            self.forgets = forgets
            self.factor = torch.nn.UninitializedParameter()

        def initialize_parameters(self, x: Any) -> None:
            if not self.forgets:
                self.factor.materialize(x.shape[-1:])
                self.factor.data.fill_(2)

        def forward(self, x: Any) -> Any:
            return x * self.factor

    scale = Scale()
    return {
        "before": repr(scale),
        "y": scale(torch.arange(3.0)).detach(),
        "after": repr(scale) + repr(scale.factor),
        "forgotten": _first_line(lambda: Scale(True)(torch.ones(2))),
    }
