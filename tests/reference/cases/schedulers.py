"""Every schedule by option: its rates, alone and chained, and its state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

Make = Callable[[Any, Any], Any]

SCHEDULES: dict[str, Make] = {
    "step": lambda s, o: s.StepLR(o, 3),
    "step gamma": lambda s, o: s.StepLR(o, step_size=2, gamma=0.5),
    "milestones": lambda s, o: s.MultiStepLR(o, [2, 5, 5, 9], gamma=0.5),
    "exponential": lambda s, o: s.ExponentialLR(o, 0.9),
    "cosine": lambda s, o: s.CosineAnnealingLR(o, T_max=5),
    "cosine least": lambda s, o: s.CosineAnnealingLR(o, 4, eta_min=0.01),
    "lambda": lambda s, o: s.LambdaLR(o, lambda epoch: 1 / (epoch + 1)),
    "lambdas": lambda s, o: s.LambdaLR(o, [lambda epoch: 0.5**epoch, lambda epoch: 1 - epoch / 20]),
}
PLATEAUS: dict[str, dict[str, Any]] = {
    "min": {"patience": 1},
    "max": {"mode": "max", "factor": 0.5, "patience": 2},
    "abs": {"patience": 0, "threshold": 0.2, "threshold_mode": "abs"},
    "max abs": {"mode": "max", "patience": 0, "threshold": 0.2, "threshold_mode": "abs"},
    "cooldown": {"patience": 0, "cooldown": 2, "min_lr": 0.02},
    "least": {"patience": 0, "min_lr": [0.03, 0.2]},
}
METRICS = [3.0, 2.0, 2.1, 2.2, 1.9, 1.95, 1.9, 2.5, 1.0, 1.1, 1.2, 1.3, 1.4, 0.9]


def _optimizer(torch: Any) -> Any:
    a, b = torch.ones(2, requires_grad=True), torch.ones(1, requires_grad=True)
    return torch.optim.SGD([{"params": [a]}, {"params": [b], "lr": 0.4}], lr=0.1)


def _schedule(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        optimizer = _optimizer(torch)
        schedule = SCHEDULES[name](torch.optim.lr_scheduler, optimizer)
        rates = [schedule.get_last_lr()]
        for _ in range(14):
            optimizer.step()
            schedule.step()
            rates.append(schedule.get_last_lr())
        found = {"rates": torch.tensor(rates), "state": repr(schedule.state_dict())}
        return found | {"optimizer": repr(optimizer)}

    CASES[f"schedule {name}"] = run


for _name in SCHEDULES:
    _schedule(_name)


def _plateau(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        optimizer = _optimizer(torch)
        schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, **PLATEAUS[name])
        rates = []
        for metric in METRICS:
            optimizer.step()
            schedule.step(torch.tensor(metric))
            rates.append(schedule.get_last_lr())
        return {"rates": torch.tensor(rates), "bad": repr(schedule.num_bad_epochs)}

    CASES[f"plateau {name}"] = run


for _name in PLATEAUS:
    _plateau(_name)


@CASES
def schedules_chained(torch: Any) -> dict[str, Any]:
    optimizer = _optimizer(torch)
    schedules = torch.optim.lr_scheduler
    first, second = schedules.ExponentialLR(optimizer, 0.9), schedules.StepLR(optimizer, 2)
    rates = []
    for _ in range(8):
        optimizer.step()
        first.step()
        second.step()
        rates.append(second.get_last_lr())
    return {"rates": torch.tensor(rates)}


@CASES
def schedules_go_on(torch: Any) -> dict[str, Any]:
    """Stopped, saved and taken up again, by a new optimizer and a new schedule."""
    found = {}
    for name in SCHEDULES:
        optimizer = _optimizer(torch)
        schedule = SCHEDULES[name](torch.optim.lr_scheduler, optimizer)
        rates = []
        for epoch in range(10):
            if epoch == 4:
                states = optimizer.state_dict(), schedule.state_dict()
                optimizer = _optimizer(torch)
                schedule = SCHEDULES[name](torch.optim.lr_scheduler, optimizer)
                optimizer.load_state_dict(states[0])
                schedule.load_state_dict(states[1])
            optimizer.step()
            schedule.step()
            rates.append(schedule.get_last_lr())
        found[name] = torch.tensor(rates)
    optimizer = _optimizer(torch)
    for group in optimizer.param_groups:
        group["initial_lr"] = 0.5
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda epoch: 0.9**epoch, last_epoch=3)
    return found | {"from epoch 3": torch.tensor(schedule.get_last_lr())}
