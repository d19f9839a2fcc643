"""Rows that are looked up in bags."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

LAYERS: dict[str, Callable[[Any], Any]] = {
    "mean": lambda nn: nn.EmbeddingBag(6, 3),
    "sum": lambda nn: nn.EmbeddingBag(6, 3, mode="sum"),
    "max": lambda nn: nn.EmbeddingBag(6, 3, mode="max"),
    "padding": lambda nn: nn.EmbeddingBag(6, 3, padding_idx=4),
    "padding max": lambda nn: nn.EmbeddingBag(6, 3, mode="max", padding_idx=-2),
    "norm": lambda nn: nn.EmbeddingBag(6, 3, max_norm=1.0, mode="sum"),
    "end": lambda nn: nn.EmbeddingBag(6, 3, include_last_offset=True),
}


def _layer(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(9)
        table = LAYERS[name](torch.nn)
        found = {"printed": repr(table), "initial": table.weight.detach().clone()}
        numbers = torch.tensor([1, 2, 1, 4, 4, 5, 0])
        given = {
            "rows": (numbers[:6].reshape(2, 3),),
            "bags": (numbers, torch.tensor([0, 3, 3, 7])),
        }
        if name == "end":
            del given["rows"]
        for title, each in given.items():
            table.zero_grad()
            y = table(*each)
            (y * torch.linspace(-1, 2, y.numel()).reshape(y.shape)).sum().backward()
            found |= {title: y.detach(), f"{title} grad": table.weight.grad}
            found[f"{title} grad_fn"] = repr(y).split("grad_fn=")[-1]
        return found | {"after": table.weight.detach()}

    CASES[name] = run


for _name in LAYERS:
    _layer(_name)


@CASES
def weighted(torch: Any) -> dict[str, Any]:
    torch.manual_seed(9)
    weight = torch.randn(5, 3).requires_grad_()
    factors = torch.rand(4).requires_grad_()
    y = torch.nn.functional.embedding_bag(
        torch.tensor([1, 0, 1, 4]),
        weight,
        torch.tensor([0, 3]),
        mode="sum",
        per_sample_weights=factors,
    )
    (y * y).sum().backward()
    return {"y": y.detach(), "by weight": weight.grad, "by factors": factors.grad}


@CASES
def refused(torch: Any) -> dict[str, Any]:
    bag, weight = torch.nn.functional.embedding_bag, torch.ones(5, 3)
    numbers, starts = torch.tensor([1, 2, 4, 4]), torch.tensor([0, 2])
    found = {}
    for name, provoke in {
        "no offsets": lambda: bag(numbers, weight),
        "offsets of rows": lambda: bag(numbers.view(2, 2), weight, starts),
        "dimensions": lambda: bag(numbers.view(1, 2, 2), weight),
        "start": lambda: bag(numbers, weight, starts + 1),
        "end": lambda: bag(numbers, weight, starts * 4),
        "offsets": lambda: bag(numbers, weight, starts.view(1, 2)),
        "weights": lambda: bag(numbers, weight, starts, per_sample_weights=torch.ones(4)),
        "fewer weights": lambda: bag(
            numbers, weight, starts, mode="sum", per_sample_weights=torch.ones(3)
        ),
        "mode": lambda: bag(numbers, weight, starts, mode="foo"),
        "type": lambda: bag(numbers.float(), weight, starts),
        "frequency": lambda: bag(numbers, weight, starts, mode="max", scale_grad_by_freq=True),
    }.items():
        try:
            provoke()
        except Exception as error:
            found[name] = f"{type(error).__name__}: " + str(error).split("\n")[0]
    found["offsets of rows"] = found["offsets of rows"].split(" However")[0]
    return found
