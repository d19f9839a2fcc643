"""A schedule that goes up once, and then down to almost nothing."""

from __future__ import annotations

import math
from typing import Any

from ..optimizer import Group, Optimizer
from .momentum import cycle, set_momentum
from .scheduler import LRScheduler, check_optimizer, for_each_group


class OneCycleLR(LRScheduler):
    """Up to `max_lr` in a share `pct_start` of all batches, and down in the rest; one step a batch.

    It begins at ``max_lr / div_factor`` and ends at that divided by `final_div_factor`, along a cosine or a
    straight line (`anneal_strategy`). With `three_phase` it goes down as it came, and then to the end. The
    momentum goes the other way, from `max_momentum` to `base_momentum` and back.

    >>> import backprop as torch
    >>> optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0, momentum=0.9)
    >>> schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=1.0, total_steps=5)
    >>> rates = schedule.get_last_lr()
    >>> for _ in range(4):
    ...     optimizer.step()
    ...     schedule.step()
    ...     rates += schedule.get_last_lr()
    >>> [round(rate, 3) for rate in rates]
    [0.04, 0.95, 0.611, 0.188, 0.0]

    Source: Smith and Topin, Super-Convergence (2019).

    Args:
        optimizer: whose rates they are.
        max_lr: the highest rate, or one for each group.
        total_steps: the number of batches; or `epochs` times `steps_per_epoch`.
        epochs: see `total_steps`.
        steps_per_epoch: see `total_steps`.
        pct_start: 0 to 1.
        anneal_strategy: "cos" or "linear".
        cycle_momentum: whether the momentum changes too.
        base_momentum: the lowest, or one for each group.
        max_momentum: the highest, or one for each group.
        div_factor: see above.
        final_div_factor: see above.
        three_phase: see above.
        last_epoch: how many batches have passed, to go on.

    Raises:
        TypeError: it is no optimizer.
        ValueError: an option is of another kind or outside of its limits, or the optimizer has no momentum.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        max_lr: float | list[float],
        total_steps: int | None = None,
        epochs: int | None = None,
        steps_per_epoch: int | None = None,
        pct_start: float = 0.3,
        anneal_strategy: str = "cos",
        cycle_momentum: bool = True,
        base_momentum: float | list[float] = 0.85,
        max_momentum: float | list[float] = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
        last_epoch: int = -1,
    ) -> None:
        self.optimizer = check_optimizer(optimizer)
        self.total_steps = _number_of_steps(total_steps, epochs, steps_per_epoch)
        if pct_start < 0 or pct_start > 1 or not isinstance(pct_start, float):
            raise ValueError(f"Expected float between 0 and 1 pct_start, but got {pct_start}")
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(
                f"anneal_strategy must be one of 'cos' or 'linear', instead got {anneal_strategy}"
            )
        self._schedule_phases = _phases(self.total_steps, pct_start, three_phase)
        self._anneal_func_type = anneal_strategy
        highest = for_each_group("max_lr", optimizer, max_lr)
        if last_epoch == -1:
            for most, group in zip(highest, optimizer.param_groups, strict=True):
                group["initial_lr"] = most / div_factor
                group["max_lr"] = most
                group["min_lr"] = group["initial_lr"] / final_div_factor
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            self.use_beta1 = cycle(optimizer, base_momentum, max_momentum, last_epoch == -1)
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[Any]:
        """See the class; it changes the momentum as well.

        Raises:
            ValueError: there were more steps than `total_steps`.
        """
        self._expect_a_step()
        if self.last_epoch > self.total_steps:
            raise ValueError(
                f"Tried to step {self.last_epoch} times. The specified number of total steps is "
                f"{self.total_steps}\nGive the schedule the number of all batches of all epochs."
            )
        begin, phase = 0.0, self._schedule_phases[0]
        for following in self._schedule_phases[1:]:
            if self.last_epoch <= phase["end_step"]:
                break
            begin, phase = phase["end_step"], following
        share = (self.last_epoch - begin) / (phase["end_step"] - begin)
        if self.cycle_momentum:
            for group in self.optimizer.param_groups:
                set_momentum(group, self.use_beta1, self._between("momentum", group, phase, share))
        return [self._between("lr", group, phase, share) for group in self.optimizer.param_groups]

    def _between(self, what: str, group: Group, phase: dict[str, Any], share: float) -> Any:
        start, end = group[phase[f"start_{what}"]], group[phase[f"end_{what}"]]
        if self._anneal_func_type == "cos":
            return end + (start - end) / 2.0 * (math.cos(math.pi * share) + 1)
        return (end - start) * share + start


def _number_of_steps(total: int | None, epochs: int | None, steps_per_epoch: int | None) -> int:
    if total is not None:
        given = {"total_steps": total}
    elif epochs is not None and steps_per_epoch is not None:
        given = {"epochs": epochs, "steps_per_epoch": steps_per_epoch}
    else:
        raise ValueError(
            "You must define either total_steps OR (epochs AND steps_per_epoch)\n"
            "steps_per_epoch is len(loader)."
        )
    for name, number in given.items():
        if number <= 0 or not isinstance(number, int):
            raise ValueError(f"Expected positive integer {name}, but got {number}")
    return math.prod(given.values())


def _phases(steps: int, share: float, three: bool) -> list[dict[str, Any]]:
    """Where each phase ends, and which of a group's numbers it goes from and to."""
    up = float(share * steps) - 1
    ways: list[tuple[float, str, str, str, str]]
    ways = [(up, "initial_lr", "max_lr", "max_momentum", "base_momentum")]
    if three:
        back = float(2 * share * steps) - 2
        ways += [
            (back, "max_lr", "initial_lr", "base_momentum", "max_momentum"),
            (steps - 1, "initial_lr", "min_lr", "max_momentum", "max_momentum"),
        ]
    else:
        ways += [(steps - 1, "max_lr", "min_lr", "base_momentum", "max_momentum")]
    names = ("end_step", "start_lr", "end_lr", "start_momentum", "end_momentum")
    return [dict(zip(names, way, strict=True)) for way in ways]
