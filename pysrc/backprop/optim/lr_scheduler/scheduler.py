"""The base of all schedules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...tensor import Tensor
from ...warning import warn
from ..optimizer import Group, Optimizer

#: What PyTorch says to `step(epoch)`.
EPOCH_GIVEN = (
    "The epoch parameter in `scheduler.step()` was not necessary and is being deprecated where possible. "
    "Please use `scheduler.step()` to step the scheduler. During the deprecation, if epoch is different "
    "from None, the closed form is used instead of the new chainable form, where available. Please open an "
    "issue if you are unable to replicate your use case: "
    "https://github.com/pytorch/pytorch/issues/new/choose."
)
_MORE = (
    " See more details at https://pytorch.org/docs/stable/optim.html#how-to-adjust-learning-rate"
)


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


def set_option(group: Group, name: str, value: Any) -> None:
    """Give a group's option another value: in its own memory, where it is a tensor."""
    if isinstance(group[name], Tensor):
        group[name].array.fill(float(value))
    else:
        group[name] = value


def for_each_group(name: str, optimizer: Optimizer, given: Any) -> list[Any]:
    """What was given as one number for all groups, or as one for each.

    Raises:
        ValueError: there are not as many as groups.
    """
    groups = len(optimizer.param_groups)
    if not isinstance(given, (list, tuple)):
        return [given] * groups
    if len(given) != groups:
        raise ValueError(
            f"{name} must have the same length as optimizer.param_groups. {name} has {len(given)} "
            f"values, param_groups has {groups}."
        )
    return list(given)


class LRScheduler:
    """Changes an optimizer's learning rates once an epoch; a subclass writes `get_lr`.

    Attributes:
        base_lrs: the rate of each group at the start.
        last_epoch: how many epochs have passed.
        optimizer: whose rates they are.
    """

    _is_initial = False
    _get_lr_called_within_step = False

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1) -> None:
        """Begin with the rates that the optimizer has; or go on after epoch `last_epoch`.

        Raises:
            TypeError: it is no optimizer.
            KeyError: it goes on, and the optimizer's groups don't say what they began with.
        """
        self.optimizer = check_optimizer(optimizer)
        for number, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                group.setdefault("initial_lr", _copy(group["lr"]))
            elif "initial_lr" not in group:
                raise KeyError(
                    f"param 'initial_lr' is not specified in param_groups[{number}] when resuming "
                    "scheduler with last_epoch >= 0."
                )
        self.base_lrs: list[Any] = [_copy(group["initial_lr"]) for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        self._initial_step()

    def _initial_step(self) -> None:
        self._step_count = 0
        self._is_initial = True
        self._get_lr_called_within_step = False
        self.step()
        self._is_initial = False

    def get_lr(self) -> list[Any]:
        """The rate of each group in epoch `last_epoch`; every subclass writes its own."""
        raise NotImplementedError

    def get_last_lr(self) -> list[Any]:
        """The rate of each group as it was set last."""
        return self._last_lr

    def rates(self) -> list[Any]:
        """The rate of each group as it is now."""
        return [_copy(group["lr"]) for group in self.optimizer.param_groups]

    def step(self, epoch: int | None = None) -> None:
        """Go on to the next epoch; call this after the optimizer's steps of an epoch.

        Args:
            epoch: which epoch to go to, an old spelling.
        """
        if self._step_count == 1 and not self.optimizer._opt_called:
            warn(
                "Detected call of `lr_scheduler.step()` before `optimizer.step()`. In PyTorch 1.1.0 and "
                "later, you should call them in the opposite order: `optimizer.step()` before "
                "`lr_scheduler.step()`.  Failure to do this will result in PyTorch skipping the first "
                "value of the learning rate schedule." + _MORE,
            )
        self._step_count += 1
        if epoch is not None:
            warn(EPOCH_GIVEN)
        self._update_lr(epoch)

    def _update_lr(self, epoch: int | None = None) -> None:
        self.last_epoch = self.last_epoch + 1 if epoch is None else epoch
        self._get_lr_called_within_step = True
        closed = None if epoch is None else self._get_closed_form_lr()
        self._set_rates(self.get_lr() if closed is None else closed)
        self._get_lr_called_within_step = False

    def _get_closed_form_lr(self) -> list[Any] | None:
        """The rates by the epoch alone, whatever they were before; None where there is no such formula."""
        return None

    def _set_rates(self, rates: Sequence[Any]) -> None:
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            set_option(group, "lr", rate)
        self._last_lr = self.rates()

    def _expect_a_step(self) -> None:
        """Warn that `get_lr` is for `step` alone: outside of it, most formulas go on from the wrong rate."""
        if not self._get_lr_called_within_step:
            warn(
                "To get the last learning rate computed by the scheduler, please use `get_last_lr()`."
            )

    def state_dict(self) -> dict[str, Any]:
        """All that it knows, but not the optimizer."""
        return {name: value for name, value in vars(self).items() if name != "optimizer"}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what another schedule of the same kind knows."""
        vars(self).update(state_dict)


def _copy(value: Any) -> Any:
    return value.clone() if isinstance(value, Tensor) else value
