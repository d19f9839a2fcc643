"""What optimizers and schedules refuse, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

Provoke = Callable[[Any, list[Any]], Any]


def _error(name: str, provoke: Provoke) -> None:
    def run(torch: Any) -> dict[str, Any]:
        weights = torch.ones(2, 2, requires_grad=True)
        weights.sum().backward()
        try:
            provoke(torch.optim, [weights])
        except Exception as error:
            return {"type": type(error).__name__, "message": str(error)}
        return {"type": "none", "message": ""}

    CASES[name] = run


#: What each refuses at once; SparseAdam also a rate of 0.
OPTIONS: dict[str, list[dict[str, Any]]] = {
    "Adadelta": [{"lr": -1}, {"rho": 2}, {"eps": -1}, {"weight_decay": -1}],
    "Adafactor": [
        {"lr": -1},
        {"beta2_decay": 2},
        {"eps": (-1, 2)},
        {"eps": (1, -2)},
        {"d": 0.5},
        {"weight_decay": -1},
    ],
    "Adamax": [{"lr": -1}, {"betas": (1.0, 0.9)}, {"eps": -1}, {"weight_decay": -1}],
    "ASGD": [{"lr": -1}, {"weight_decay": -1}],
    "LBFGS": [{"lr": -1}],
    "Muon": [{"lr": -1}, {"momentum": -1}, {"weight_decay": -1}, {"adjust_lr_fn": "none"}],
    "NAdam": [{"lr": -1}, {"betas": (0.9, -1)}, {"eps": -1}, {"momentum_decay": -1}],
    "RAdam": [{"lr": -1}, {"betas": (0.9, 1)}, {"eps": -1}, {"weight_decay": -1}],
    "Rprop": [{"lr": -1}, {"etas": (0.5, 0.9)}],
    "SparseAdam": [{"lr": 0}, {"eps": 0}, {"betas": (1, 0.9)}],
}


def _of_options(name: str, options: dict[str, Any]) -> None:
    _error(f"{name} {options}", lambda optim, weights: getattr(optim, name)(weights, **options))


for _name, _all in OPTIONS.items():
    for _options in _all:
        _of_options(_name, _options)

_error("Muon of a vector", lambda optim, w: optim.Muon([w[0].detach()[0]]))
_error(
    "LBFGS in groups",
    lambda optim, w: optim.LBFGS([{"params": w}, {"params": [w[0].detach()]}]),
)
_error("LBFGS without a closure", lambda optim, w: optim.LBFGS(w).step())
_error(
    "LBFGS with another line search",
    lambda optim, w: optim.LBFGS(w, line_search_fn="newton").step(lambda: w[0].sum()),
)
_error("SparseAdam of a dense gradient", lambda optim, w: optim.SparseAdam(w).step())
_error("two rates", lambda optim, w: optim.Adam(w, lr=w[0].detach()))
