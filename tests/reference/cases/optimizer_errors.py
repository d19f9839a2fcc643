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
SCHEDULES: dict[str, Callable[[Any, Any], Any]] = {
    "constant": lambda s, o: s.ConstantLR(o, 1.5),
    "linear from 0": lambda s, o: s.LinearLR(o, 0),
    "linear to 2": lambda s, o: s.LinearLR(o, end_factor=2),
    "restarts after 0": lambda s, o: s.CosineAnnealingWarmRestarts(o, 0),
    "restarts by parts": lambda s, o: s.CosineAnnealingWarmRestarts(o, 2, 0.5),
    "restarts to text": lambda s, o: s.CosineAnnealingWarmRestarts(o, 2, eta_min="0"),
    "restarts before 0": lambda s, o: s.CosineAnnealingWarmRestarts(o, 2).step(-1),
    "cyclic mode": lambda s, o: s.CyclicLR(o, 0.1, 1, mode="round"),
    "cyclic rates": lambda s, o: s.CyclicLR(o, [0.1, 0.2], 1),
    "cyclic without optimizer": lambda s, o: s.CyclicLR(3, 0.1, 1),
    "one cycle without steps": lambda s, o: s.OneCycleLR(o, 0.1, epochs=3),
    "one cycle of 0": lambda s, o: s.OneCycleLR(o, 0.1, 0),
    "one cycle of parts": lambda s, o: s.OneCycleLR(o, 0.1, epochs=1.5, steps_per_epoch=2),
    "one cycle of no batches": lambda s, o: s.OneCycleLR(o, 0.1, epochs=1, steps_per_epoch=0),
    "one cycle share": lambda s, o: s.OneCycleLR(o, 0.1, 3, pct_start=2.0),
    "one cycle strategy": lambda s, o: s.OneCycleLR(o, 0.1, 3, anneal_strategy="sin"),
    "one cycle too long": lambda s, o: _go_on(s.OneCycleLR(o, 0.1, 3)),
    "multiplicative of a number": lambda s, o: s.MultiplicativeLR(o, 0.5),
    "multiplicative of two": lambda s, o: s.MultiplicativeLR(o, [abs, abs]),
    "sequence of none": lambda s, o: s.SequentialLR(o, [], []),
    "sequence without milestones": lambda s, o: s.SequentialLR(o, [s.StepLR(o, 2)], [3]),
    "sequence of numbers": lambda s, o: s.SequentialLR(o, [3], []),
    "sequence with a plateau": lambda s, o: s.SequentialLR(o, [s.ReduceLROnPlateau(o)], []),
    "chain of none": lambda s, o: s.ChainedScheduler([]),
    "chain with a plateau": lambda s, o: s.ChainedScheduler([s.ReduceLROnPlateau(o)]),
    "no schedule": lambda s, o: s.LRScheduler(o),
}


def _go_on(schedule: Any) -> None:
    for _ in range(4):
        schedule.step()


def _of_schedule(name: str) -> None:
    _error(
        f"schedule {name}",
        lambda optim, weights: SCHEDULES[name](
            optim.lr_scheduler, optim.SGD(weights, lr=0.1, momentum=0.9)
        ),
    )


for _name in SCHEDULES:
    _of_schedule(_name)
_error(
    "schedule of a momentum that is not there",
    lambda optim, w: optim.lr_scheduler.OneCycleLR(optim.Adagrad(w), 0.1, 3),
)
_error("two rates", lambda optim, w: optim.Adam(w, lr=w[0].detach()))
