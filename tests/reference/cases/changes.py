"""In-place changes: of tensors, through views, and of what a rule still needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()
Change = Callable[[Any, Any, Any], Any]


def _assign(index: Any, value: Callable[[Any], Any]) -> Change:
    def change(y: Any, x: Any, torch: Any) -> None:
        y[index] = value(x)

    return change


def _column(y: Any, x: Any, torch: Any) -> None:
    y[:, 1] *= 2


def _both(y: Any, x: Any, torch: Any) -> None:
    y[0].add_(1)
    y[:, 1] *= 2


def _view_then_base(y: Any, x: Any, torch: Any) -> None:
    view = y[0]
    y.mul_(x)
    view.exp_()


def _two_views(y: Any, x: Any, torch: Any) -> None:
    flat, row = y.view(-1), y[1]
    flat.mul_(3)
    row.add_(x[0] + flat[:4])


def _view_of_view(y: Any, x: Any, torch: Any) -> None:
    y.T[1:3][0, 1:].mul_(x[0, 0])


def _mask(y: Any, x: Any, torch: Any) -> None:
    y[x > 1] = 0.0
    y[0][x[0] > 1] = x[1, 1]


def _unnoticed(y: Any, x: Any, torch: Any) -> None:
    with torch.no_grad():
        y[0] = 5.0


CHANGES: dict[str, Change] = {
    "add_": lambda y, x, torch: y.add_(x, alpha=2),
    "sub_": lambda y, x, torch: y.sub_(x * 0.5),
    "mul_": lambda y, x, torch: y.mul_(x),
    "div_": lambda y, x, torch: y.div_(x),
    "pow_": lambda y, x, torch: y.pow_(2),
    "exp_": lambda y, x, torch: y.exp_(),
    "relu_": lambda y, x, torch: y.sub_(3).relu_(),
    "sigmoid_": lambda y, x, torch: y.sigmoid_(),
    "tanh_": lambda y, x, torch: y.tanh_(),
    "clamp_": lambda y, x, torch: y.clamp_(1, 3),
    "fill_": lambda y, x, torch: y.fill_(2.0),
    "zero_": lambda y, x, torch: y.zero_(),
    "copy_": lambda y, x, torch: y.copy_(x[0]),
    "masked_fill_": lambda y, x, torch: y.masked_fill_(x > 1, 0.0),
    "scatter_": lambda y, x, torch: y.scatter_(1, torch.tensor([[0], [1], [2]]), 5.0),
    "scatter_add_": lambda y, x, torch: y.scatter_add_(0, torch.tensor([[2, 1, 0, 0]]), x[:1]),
    "index_add_": lambda y, x, torch: y.index_add_(0, torch.tensor([0, 0]), x[:2]),
    "lerp_": lambda y, x, torch: y.lerp_(x, 0.25),
    "assign row": _assign(0, lambda x: x[1]),
    "assign element": _assign((1, 2), lambda x: x[0, 0] * 7),
    "assign number": _assign((slice(None), 1), lambda x: 4.0),
    "assign places": _assign([0, 2], lambda x: x[1]),
    "column": _column,
    "row and column": _both,
    "row": lambda y, x, torch: y[0].exp_(),
    "view then base": _view_then_base,
    "two views": _two_views,
    "view of a view": _view_of_view,
    "mask": _mask,
    "diagonal": lambda y, x, torch: y.diagonal().mul_(x[0, 0]),
    "transposed": lambda y, x, torch: y.t().mul_(x.t()),
    "unnoticed": _unnoticed,
}


def _case(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(11)
        x = (torch.rand(3, 4) * 2 + 0.2).requires_grad_()
        y = x + 1
        y.retain_grad()
        CHANGES[name](y, x, torch)
        weights = torch.linspace(-1, 2, y.numel()).reshape(y.shape)
        (y * weights).sum().backward()
        return {"printed": repr(y), "by x": x.grad, "by y": y.grad, "version": repr(y._version)}

    CASES[f"change {name}"] = run


for _name in CHANGES:
    _case(_name)


@CASES
def views_after_a_change(torch: Any) -> dict[str, Any]:
    x = torch.ones(2, 3, requires_grad=True)
    y = x * 1
    row = y[0]
    element = row[1]
    y.mul_(2)
    found = {"row": repr(row), "element": repr(element), "base": repr(y)}
    row.add_(1)
    found |= {"row later": repr(row), "element later": repr(element), "base later": repr(y)}
    (row.sum() * element).backward()
    found["grad"] = x.grad
    z = torch.zeros(3)
    part = z[0]
    part.add_(x[0, 0])
    return {**found, "written into": repr(z), "part": repr(part)}


@CASES
def what_shares_memory(torch: Any) -> dict[str, Any]:
    x = torch.ones(2, requires_grad=True)
    detached, data = x.detach(), x.data
    data.add_(1)
    detached.add_(1)
    found = {"x": repr(x), "versions": repr((x._version, detached._version, data._version))}
    x.data = torch.zeros(2)
    found["replaced"] = repr((x, detached))
    array = x.detach().numpy()
    array[0] = 7
    return {**found, "from numpy": repr(x)}


def _error(name: str, provoke: Callable[[Any, Any], Any]) -> None:
    def run(torch: Any) -> dict[str, Any]:
        x = torch.ones(2, 3, requires_grad=True)
        try:
            provoke(torch, x)
        except Exception as error:
            return {"type": type(error).__name__, "begins": str(error)[:6]}
        return {"type": "none", "begins": ""}

    CASES[f"error {name}"] = run


def _saved(torch: Any, x: Any) -> None:
    y = x.exp()
    y[0].add_(1)
    y.sum().backward()


def _saved_by_change(torch: Any, x: Any) -> None:
    y = x * 1
    y.exp_()
    y.add_(1)
    y.sum().backward()


def _view_without_grad(torch: Any, x: Any) -> None:
    y = x * 1
    with torch.no_grad():
        view = y[0]
    view.add_(1)


for _name, _provoke in {
    "leaf": lambda torch, x: x.mul_(2),
    "view of a leaf": lambda torch, x: x[0].mul_(2),
    "expanded": lambda torch, x: (x * 1).expand(2, 2, 3).add_(1),
    "unbound": lambda torch, x: (x * 1).unbind()[0].add_(1),
    "split": lambda torch, x: (x * 1).split(1)[0].mul_(2),
    "view without grad": _view_without_grad,
    "saved": _saved,
    "saved by the change": _saved_by_change,
    "larger": lambda torch, x: torch.ones(3).add_(torch.ones(2, 3)),
    "whole numbers": lambda torch, x: torch.ones(3, dtype=torch.int64).add_(1.5),
    "detach_": lambda torch, x: (x * 1)[0].detach_(),
}.items():
    _error(_name, _provoke)


@CASES
def parts_of_a_leaf(torch: Any) -> dict[str, Any]:
    both = torch.tensor([0, 1])
    places = {
        "number": 0,
        "all": slice(None),
        "dots": ...,
        "none": None,
        "columns": (slice(None), slice(0, None, 2)),
        "tensor": both,
        "number and tensor": (0, both),
        "all and list": (slice(None), [0, 1]),
        "slice and tensor": (slice(0, 2), both),
        "mask": torch.ones(3, 4).bool(),
    }
    found = {}
    for name, place in places.items():
        leaf = torch.ones(3, 4, requires_grad=True)
        try:
            leaf[place] = 0
        except RuntimeError as error:
            found[name] = str(error).split("\n")[0]
    return found
