"""The base of all schedules."""

from __future__ import annotations

from typing import Any

from ...warning import warn
from ..optimizer import Optimizer


def check_optimizer(optimizer: Any) -> Optimizer:
    """The optimizer itself.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(optimizer, Optimizer):
        raise TypeError(
            f"{type(optimizer).__name__} is not an Optimizer\n"
            "Give the schedule the optimizer whose learning rate it is to change."
        )
    return optimizer


class LRScheduler:
    """Changes an optimizer's learning rates once an epoch; a subclass writes `get_lr`.

    Attributes:
        base_lrs: the rate of each group at the start.
        last_epoch: how many epochs have passed.
        optimizer: whose rates they are.
    """

    _is_initial = False

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1) -> None:
        """Begin with the rates that the optimizer has; or go on after epoch `last_epoch`.

        Raises:
            TypeError: it is no optimizer.
            KeyError: it goes on, and the optimizer's groups don't say what they began with.
        """
        self.optimizer = check_optimizer(optimizer)
        for number, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                group.setdefault("initial_lr", group["lr"])
            elif "initial_lr" not in group:
                raise KeyError(
                    f"param 'initial_lr' is not specified in param_groups[{number}] when resuming "
                    "scheduler with last_epoch >= 0."
                )
        self.base_lrs: list[float] = [group["initial_lr"] for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        self._step_count = 0
        self._is_initial = True
        self._get_lr_called_within_step = False
        self.step()
        self._is_initial = False

    def get_lr(self) -> list[float]:
        """The rate of each group in epoch `last_epoch`; every subclass writes its own."""
        raise NotImplementedError

    def get_last_lr(self) -> list[float]:
        """The rate of each group as it was set last."""
        return self._last_lr

    def rates(self) -> list[float]:
        """The rate of each group as it is now."""
        return [group["lr"] for group in self.optimizer.param_groups]

    def step(self) -> None:
        """Go on to the next epoch; call this after the optimizer's steps of an epoch."""
        if self._step_count == 1 and not self.optimizer._opt_called:
            warn(
                "Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 and "
                "later, you should call them in the opposite order: `optimizer.step()` before "
                "`lr_scheduler.step()`.  Failure to do this will result in PyTorch skipping the first "
                "value of the learning rate schedule.",
            )
        self._step_count += 1
        self.last_epoch += 1
        for group, rate in zip(self.optimizer.param_groups, self.get_lr(), strict=True):
            group["lr"] = rate
        self._last_lr = self.rates()

    def state_dict(self) -> dict[str, Any]:
        """All that it knows, but not the optimizer."""
        return {name: value for name, value in vars(self).items() if name != "optimizer"}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what another schedule of the same kind knows."""
        vars(self).update(state_dict)
