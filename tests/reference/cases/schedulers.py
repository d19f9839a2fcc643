"""Every schedule by option: its rates, alone and chained, and its state."""

from __future__ import annotations

import warnings
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
    "cosine past": lambda s, o: s.CosineAnnealingLR(o, T_max=3, eta_min=0.02),
    "constant": lambda s, o: s.ConstantLR(o),
    "constant factor": lambda s, o: s.ConstantLR(o, factor=0.25, total_iters=3),
    "linear": lambda s, o: s.LinearLR(o),
    "linear down": lambda s, o: s.LinearLR(o, start_factor=1.0, end_factor=0.1, total_iters=8),
    "polynomial": lambda s, o: s.PolynomialLR(o),
    "polynomial squared": lambda s, o: s.PolynomialLR(o, total_iters=10, power=2.0),
    "multiplicative": lambda s, o: s.MultiplicativeLR(o, lambda epoch: 0.9 if epoch % 2 else 0.8),
    "warm restarts": lambda s, o: s.CosineAnnealingWarmRestarts(o, T_0=4),
    "warm restarts longer": lambda s, o: s.CosineAnnealingWarmRestarts(
        o, 2, T_mult=2, eta_min=0.01
    ),
    "cyclic": lambda s, o: s.CyclicLR(o, base_lr=0.01, max_lr=0.1, step_size_up=3),
    "cyclic halves": lambda s, o: s.CyclicLR(
        o, [0.01, 0.02], [0.1, 0.4], step_size_up=2, step_size_down=3, mode="triangular2"
    ),
    "cyclic falling": lambda s, o: s.CyclicLR(
        o, 0.01, 0.1, 2, mode="exp_range", gamma=0.9, cycle_momentum=False
    ),
    "cyclic own": lambda s, o: s.CyclicLR(
        o, 0.01, 0.1, 2, scale_fn=lambda x: 1 / x, base_momentum=0.5, max_momentum=0.7
    ),
    "one cycle": lambda s, o: s.OneCycleLR(o, max_lr=0.5, total_steps=14),
    "one cycle linear": lambda s, o: s.OneCycleLR(
        o, [0.5, 0.8], epochs=3, steps_per_epoch=5, anneal_strategy="linear", pct_start=0.4
    ),
    "one cycle of three": lambda s, o: s.OneCycleLR(
        o, 0.5, 14, three_phase=True, div_factor=10, final_div_factor=50, cycle_momentum=False
    ),
    "sequence": lambda s, o: s.SequentialLR(
        o, [s.ConstantLR(o, 0.1, 3), s.ExponentialLR(o, 0.9)], milestones=[4]
    ),
    "sequence of three": lambda s, o: s.SequentialLR(
        o,
        [s.LinearLR(o, 0.2, total_iters=3), s.CosineAnnealingLR(o, 6), s.StepLR(o, 2, 0.5)],
        milestones=[3, 9],
    ),
    "sequence of restarts": lambda s, o: s.SequentialLR(
        o,
        [s.LambdaLR(o, lambda epoch: (epoch + 1) / 4), s.CosineAnnealingWarmRestarts(o, 3)],
        milestones=[4],
    ),
    "chain": lambda s, o: s.ChainedScheduler([s.ConstantLR(o, 0.1, 2), s.ExponentialLR(o, 0.9)]),
    "chain of three": lambda s, o: s.ChainedScheduler(
        [s.LinearLR(o, 0.5), s.MultiStepLR(o, [4, 8]), s.PolynomialLR(o, 12)], optimizer=o
    ),
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


def _adam(torch: Any) -> Any:
    return torch.optim.Adam([torch.ones(2, requires_grad=True)], lr=0.1)


@CASES
def schedules_of_betas(torch: Any) -> dict[str, Any]:
    found = {}
    schedules = torch.optim.lr_scheduler
    for name, make in {
        "cyclic": lambda o: schedules.CyclicLR(o, 0.01, 0.1, 2),
        "one cycle": lambda o: schedules.OneCycleLR(o, 0.1, 6),
    }.items():
        optimizer = _adam(torch)
        schedule = make(optimizer)
        betas = []
        for _ in range(5):
            optimizer.step()
            schedule.step()
            betas.append(optimizer.param_groups[0]["betas"])
        found[name] = torch.tensor(betas)
        found[f"{name} optimizer"] = repr(optimizer)
    return found


@CASES
def schedules_told_where_to_go(torch: Any) -> dict[str, Any]:
    """The old spelling `step(epoch)`, and parts of an epoch."""
    found = {}
    for name in ("step", "milestones", "exponential", "cosine", "linear", "polynomial", "constant",
                 "lambda", "warm restarts", "warm restarts longer"):  # fmt: skip
        optimizer = _optimizer(torch)
        schedule = SCHEDULES[name](torch.optim.lr_scheduler, optimizer)
        rates = []
        for epoch in (3, 1, 7, None, 0, 5):
            optimizer.step()
            schedule.step() if epoch is None else schedule.step(epoch)
            rates.append(schedule.get_last_lr())
        found[name] = torch.tensor(rates)
    optimizer = _optimizer(torch)
    schedule = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 2, 3)
    rates = []
    for step in range(12):
        schedule.step(step / 1.25)
        rates.append(schedule.get_last_lr())
    return found | {"parts": torch.tensor(rates)}


@CASES
def rates_that_are_tensors(torch: Any) -> dict[str, Any]:
    w = torch.ones(2, requires_grad=True)
    rate = torch.tensor(0.1)
    optimizer = torch.optim.SGD([w], lr=rate)
    schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
    for _ in range(3):
        optimizer.zero_grad()
        w.sum().backward()
        optimizer.step()
        schedule.step()
    return {"w": w.detach(), "same": repr(optimizer.param_groups[0]["lr"] is rate), "rate": rate}


class _Factor:
    """A callable with a state, which is saved with the schedule."""

    def __init__(self, base: float) -> None:
        self.base = base

    def __call__(self, epoch: float) -> float:
        return self.base**epoch


@CASES
def states_of_callables(torch: Any) -> dict[str, Any]:
    found = {}
    schedules = torch.optim.lr_scheduler
    for name, make in {
        "lambda": lambda o, f: schedules.LambdaLR(o, f),
        "multiplicative": lambda o, f: schedules.MultiplicativeLR(o, f),
        "cyclic": lambda o, f: schedules.CyclicLR(o, 0.01, 0.1, 2, scale_fn=f),
    }.items():
        state = make(_optimizer(torch), _Factor(0.5)).state_dict()
        found[f"{name} state"] = repr(state)
        optimizer = _optimizer(torch)
        schedule = make(optimizer, _Factor(0.9))
        schedule.load_state_dict(state)
        optimizer.step()
        schedule.step()
        found[name] = torch.tensor(schedule.get_last_lr())
    return found


@CASES
def warnings_of_schedules(torch: Any) -> dict[str, Any]:
    schedules = torch.optim.lr_scheduler
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        schedule = schedules.StepLR(_optimizer(torch), 2)
        schedule.step()
        schedule.get_lr()
        schedule.step(3)
    # Optimizers under PyTorch's compiler warn of something else.
    texts = [str(each.message) for each in caught if each.category is UserWarning]
    return {str(place): text for place, text in enumerate(texts)}


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
