"""Normalization of instances and of groups, and by size alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases, of_layer

CASES = Cases()

LAYERS: dict[str, tuple[Callable[[Any], Any], tuple[tuple[int, ...], ...]]] = {
    "instance 1d": (lambda nn: nn.InstanceNorm1d(3), ((2, 3, 4), (3, 4))),
    "instance 1d affine": (lambda nn: nn.InstanceNorm1d(3, affine=True), ((2, 3, 4), (3, 4))),
    "instance 1d running": (
        lambda nn: nn.InstanceNorm1d(3, 0.1, 0.3, True, True),
        ((2, 3, 4), (3, 3, 2)),
    ),
    "instance 1d in use": (
        lambda nn: nn.InstanceNorm1d(3, track_running_stats=True).eval(),
        ((2, 3, 4),),
    ),
    "instance 2d": (lambda nn: nn.InstanceNorm2d(2, affine=True), ((2, 2, 3, 3), (2, 3, 3))),
    "instance 2d no bias": (
        lambda nn: nn.InstanceNorm2d(2, affine=True, bias=False),
        ((2, 2, 3, 3),),
    ),
    "instance 3d": (lambda nn: nn.InstanceNorm3d(2), ((1, 2, 2, 3, 2),)),
    "group": (lambda nn: nn.GroupNorm(2, 6), ((3, 6), (2, 6, 3), (1, 6, 2, 3))),
    "group of one": (lambda nn: nn.GroupNorm(1, 4, eps=0.1), ((2, 4, 3),)),
    "group of each": (lambda nn: nn.GroupNorm(4, 4, affine=False), ((2, 4, 3),)),
    "group no bias": (lambda nn: nn.GroupNorm(2, 4, bias=False), ((2, 4, 3),)),
    "rms": (lambda nn: nn.RMSNorm(4), ((3, 4), (4,))),
    "rms of two": (lambda nn: nn.RMSNorm((3, 4), eps=0.1), ((2, 3, 4),)),
    "rms plain": (lambda nn: nn.RMSNorm([4], elementwise_affine=False), ((3, 4),)),
    "local response": (lambda nn: nn.LocalResponseNorm(3), ((2, 5, 3), (1, 4, 2, 2))),
    "local response options": (lambda nn: nn.LocalResponseNorm(2, 0.5, 0.6, 2.0), ((2, 5, 3),)),
}
for _name, (_make, _shapes) in LAYERS.items():
    CASES[_name] = of_layer(_make, *_shapes)
for _name in ("instance 1d affine", "group", "rms"):
    CASES[f"{_name} float64"] = of_layer(LAYERS[_name][0], LAYERS[_name][1][0], kind="float64")


@CASES
def refused(torch: Any) -> dict[str, Any]:
    nn, functional = torch.nn, torch.nn.functional
    found = {}
    for name, provoke in {
        "groups": lambda: nn.GroupNorm(3, 4),
        "group of channels": lambda: functional.group_norm(torch.ones(2, 4), 3),
        "group of vector": lambda: functional.group_norm(torch.ones(4), 2),
        "one place": lambda: nn.InstanceNorm1d(3)(torch.ones(2, 3, 1)),
        "dimensions": lambda: nn.InstanceNorm2d(3)(torch.ones(2, 3)),
        "channels": lambda: nn.InstanceNorm1d(3, affine=True)(torch.ones(2, 4, 5)),
        "shape": lambda: nn.RMSNorm(3)(torch.ones(2, 4)),
        "neighbours": lambda: nn.LocalResponseNorm(2)(torch.ones(2, 4)),
    }.items():
        try:
            provoke()
        except Exception as error:
            found[name] = f"{type(error).__name__}: " + str(error).split("\n")[0]
    return found
