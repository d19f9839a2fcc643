"""Layers by option and shape: initial draws, forward, gradients, printed forms, state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases, of_layer

CASES = Cases()

Make = Callable[[Any], Any]


def _layer(name: str, make: Make, *shapes: tuple[int, ...], kind: str = "float32") -> None:
    CASES[f"{name} {kind}" if kind != "float32" else name] = of_layer(make, *shapes, kind=kind)


IMAGES = (2, 4, 6, 5)
CONVOLUTIONS: dict[str, Make] = {
    "plain": lambda nn: nn.Conv2d(4, 2, 3),
    "no bias": lambda nn: nn.Conv2d(4, 2, (3, 2), bias=False),
    "stride": lambda nn: nn.Conv2d(4, 2, 3, stride=2, padding=1),
    "strides": lambda nn: nn.Conv2d(4, 2, (2, 3), stride=(3, 1), padding=(1, 2)),
    "dilation": lambda nn: nn.Conv2d(4, 2, 2, dilation=(2, 3), padding=1),
    "groups": lambda nn: nn.Conv2d(4, 6, 3, padding=1, groups=2),
    "depthwise": lambda nn: nn.Conv2d(4, 4, 3, padding=1, groups=4),
    "same": lambda nn: nn.Conv2d(4, 2, (3, 4), padding="same", dilation=(1, 1)),
    "valid": lambda nn: nn.Conv2d(4, 2, 3, padding="valid"),
    "reflect": lambda nn: nn.Conv2d(4, 2, 3, padding=1, padding_mode="reflect"),
    "circular": lambda nn: nn.Conv2d(4, 2, 3, padding=(1, 2), padding_mode="circular"),
    "replicate": lambda nn: nn.Conv2d(4, 2, 3, padding="same", padding_mode="replicate"),
    "one": lambda nn: nn.Conv2d(4, 3, 1),
}
for _name, _make in CONVOLUTIONS.items():
    _layer(f"conv2d {_name}", _make, IMAGES)
_layer("conv2d one image", lambda nn: nn.Conv2d(4, 2, 3, padding=1), (4, 6, 5))
_layer("conv2d plain", CONVOLUTIONS["plain"], IMAGES, kind="float64")

POOLS: dict[str, Make] = {
    "max 2": lambda nn: nn.MaxPool2d(2),
    "max stride": lambda nn: nn.MaxPool2d((3, 2), stride=1, padding=1),
    "max dilation": lambda nn: nn.MaxPool2d(2, stride=2, dilation=2),
    "max ceil": lambda nn: nn.MaxPool2d(2, ceil_mode=True),
    "max ceil padding": lambda nn: nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True),
    "avg 2": lambda nn: nn.AvgPool2d(2),
    "avg padding": lambda nn: nn.AvgPool2d(3, stride=2, padding=1),
    "avg without padding": lambda nn: nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False),
    "avg ceil": lambda nn: nn.AvgPool2d(2, ceil_mode=True),
    "avg ceil padding": lambda nn: nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True),
    "avg divisor": lambda nn: nn.AvgPool2d(2, divisor_override=3),
}
for _name, _make in POOLS.items():
    _layer(f"pool {_name}", _make, (2, 2, 6, 5), (2, 7, 4))

for _kind in ("float32", "float64"):
    _layer("batch norm", lambda nn: nn.BatchNorm1d(3), (5, 3), (4, 3, 2), kind=_kind)
    _layer("layer norm", lambda nn: nn.LayerNorm(4), (3, 4), (2, 3, 4), (4,), kind=_kind)
_layer("batch norm momentum", lambda nn: nn.BatchNorm1d(3, momentum=0.5, eps=0.1), (5, 3), (6, 3))
_layer("batch norm mean", lambda nn: nn.BatchNorm1d(3, momentum=None), (5, 3), (6, 3))
_layer("batch norm not affine", lambda nn: nn.BatchNorm1d(3, affine=False), (5, 3))
_layer("batch norm no bias", lambda nn: nn.BatchNorm1d(3, bias=False), (5, 3))
_layer(
    "batch norm no running numbers",
    lambda nn: nn.BatchNorm1d(3, track_running_stats=False).eval(),
    (5, 3),
)
_layer("batch norm in use", lambda nn: nn.BatchNorm1d(3).eval(), (5, 3), (1, 3))
_layer("batch norm of images", lambda nn: nn.BatchNorm2d(2), (3, 2, 4, 4))
_layer("layer norm of two", lambda nn: nn.LayerNorm((3, 4), eps=0.1), (2, 3, 4), (3, 4))
_layer("layer norm no bias", lambda nn: nn.LayerNorm(4, bias=False), (3, 4))
_layer("layer norm plain", lambda nn: nn.LayerNorm(4, elementwise_affine=False), (3, 4))
_layer("flatten", lambda nn: nn.Flatten(), (2, 3, 4), (2, 3))
_layer("flatten all", lambda nn: nn.Flatten(0, 1), (2, 3, 4))
_layer("identity", lambda nn: nn.Sequential(nn.Identity(3, what=4), nn.Linear(2, 1)), (2, 2))
_layer("dropout", lambda nn: nn.Dropout(), (4, 5), (40,))
_layer("dropout 0.2", lambda nn: nn.Dropout(0.2), (4, 5))
_layer("dropout all", lambda nn: nn.Dropout(1.0), (4, 5))
_layer("dropout", lambda nn: nn.Dropout(), (4, 5), kind="float64")
_layer("linear without bias", lambda nn: nn.Linear(3, 2, bias=False), (4, 3), (3,), (2, 2, 3))
_layer("linear of nothing", lambda nn: nn.Linear(3, 0), (4, 3))


@CASES
def unflatten(torch: Any) -> dict[str, Any]:
    layer = torch.nn.Unflatten(1, (2, 3))
    return {"printed": repr(layer), "y": layer(torch.arange(12.0).reshape(2, 6))}


@CASES
def winners_of_pools(torch: Any) -> dict[str, Any]:
    torch.manual_seed(3)
    pool = torch.nn.MaxPool2d(3, stride=2, padding=1, return_indices=True)
    values, places = pool(torch.rand(2, 2, 5, 6).round())
    return {"values": values, "places": places}


@CASES
def layers_not_trained(torch: Any) -> dict[str, Any]:
    x = torch.ones(3, requires_grad=True)
    dropout = torch.nn.Dropout().eval()
    return {"same": repr(dropout(x) is x), "none": repr(torch.nn.functional.dropout(x, 0.0) is x)}


def _embedding(name: str, make: Make) -> None:
    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(9)
        table = make(torch.nn)
        found = {"printed": repr(table), "initial": table.weight.detach().clone()}
        y = table(torch.tensor([[1, 2, 1], [0, 4, 4]]))
        (y * torch.linspace(-1, 2, y.numel()).reshape(y.shape)).sum().backward()
        found |= {"y": y.detach(), "grad": table.weight.grad}
        return found | {"after": table.weight.detach(), "grad_fn": repr(y).split("grad_fn=")[-1]}

    CASES[f"embedding {name}"] = run


for _name, _make in {
    "plain": lambda nn: nn.Embedding(5, 3),
    "padding": lambda nn: nn.Embedding(5, 3, padding_idx=1),
    "padding at the end": lambda nn: nn.Embedding(5, 3, padding_idx=-1),
    "norm": lambda nn: nn.Embedding(5, 3, max_norm=1.0),
    "norm 1": lambda nn: nn.Embedding(5, 3, max_norm=1.0, norm_type=1.0),
    "frequency": lambda nn: nn.Embedding(5, 3, scale_grad_by_freq=True),
}.items():
    _embedding(_name, _make)


@CASES
def margins(torch: Any) -> dict[str, Any]:
    pad = torch.nn.functional.pad
    found = {}
    for name, arguments in {
        "last": ((1, 2),),
        "two": ((1, 0, 0, 2), "constant", 7.0),
        "negative": ((-1, 1, 2, -1),),
        "reflect": ((2, 1, 1, 1), "reflect"),
        "replicate": ((1, 3), "replicate"),
        "circular": ((2, 1, 1, 0), "circular"),
    }.items():
        x = torch.arange(24.0).reshape(1, 2, 3, 4)
        x = (x[0] if len(arguments[0]) == 2 else x).requires_grad_()
        y = pad(x, *arguments)
        (y * y).sum().backward()
        found[name], found[f"{name} grad"] = y.detach(), x.grad
    return found
