"""The schedule that looks at how training goes."""

from __future__ import annotations

import math
from typing import Any

from ...warning import warn
from ..optimizer import Optimizer
from .scheduler import EPOCH_GIVEN, LRScheduler, check_optimizer, set_option


class ReduceLROnPlateau(LRScheduler):
    """Multiplies the rate by `factor` when a number has not become better for `patience` epochs.

    Args:
        optimizer: whose rates they are.
        mode: "min" if less is better, as of a loss; "max" if more is.
        factor: below 1.
        patience: how many epochs without a better number are waited for.
        threshold: by how much a number must be better to count.
        threshold_mode: "rel" for a share of the best one, "abs" for a difference.
        cooldown: how many epochs are not counted after a change.
        min_lr: the lowest rate, or one for each group.
        eps: smaller changes are left out.

    Raises:
        ValueError: an option is unknown, or the factor is not below 1.
        TypeError: it is no optimizer.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        mode: str = "min",
        factor: float = 0.1,
        patience: int = 10,
        threshold: float = 1e-4,
        threshold_mode: str = "rel",
        cooldown: int = 0,
        min_lr: list[float] | float = 0,
        eps: float = 1e-8,
    ) -> None:
        if factor >= 1.0:
            raise ValueError("Factor should be < 1.0.\nThe rate is multiplied by it.")
        if mode not in ("min", "max"):
            raise ValueError(f"mode {mode} is unknown!\nIt is 'min' or 'max'.")
        if threshold_mode not in ("rel", "abs"):
            raise ValueError(f"threshold mode {threshold_mode} is unknown!\nIt is 'rel' or 'abs'.")
        self.factor = factor
        self.optimizer = check_optimizer(optimizer)
        groups = len(optimizer.param_groups)
        self.default_min_lr = None if isinstance(min_lr, (list, tuple)) else min_lr
        self.min_lrs = list(min_lr) if isinstance(min_lr, (list, tuple)) else [min_lr] * groups
        if len(self.min_lrs) != groups:
            raise ValueError(
                f"expected {groups} min_lrs, got {len(self.min_lrs)}\nGive one for each group."
            )
        self.patience = patience
        self.cooldown = cooldown
        self.eps = eps
        self.last_epoch = 0
        self._last_lr = self.rates()
        self.mode_worse = math.inf if mode == "min" else -math.inf
        self.mode = mode
        self.threshold = threshold
        self.threshold_mode = threshold_mode
        self.best = self.mode_worse
        self.cooldown_counter = 0
        self.num_bad_epochs = 0

    def step(self, metrics: Any, epoch: int | None = None) -> None:  # type: ignore[override]
        """Go on to the next epoch with the number that tells how training goes.

        Raises:
            RuntimeError: the optimizer has other groups by now, and each had a lowest rate of its own.
        """
        current = float(metrics)
        if epoch is not None:
            warn(EPOCH_GIVEN)
        self.last_epoch = self.last_epoch + 1 if epoch is None else epoch
        if self._is_better(current):
            self.best = current
            self.num_bad_epochs = 0
        else:
            self.num_bad_epochs += 1
        if self.in_cooldown:
            self.cooldown_counter -= 1
            self.num_bad_epochs = 0
        if self.num_bad_epochs > self.patience:
            self._reduce()
            self.cooldown_counter = self.cooldown
            self.num_bad_epochs = 0
        self._last_lr = self.rates()

    @property
    def in_cooldown(self) -> bool:
        """Whether epochs are not counted at present, after a change."""
        return self.cooldown_counter > 0

    def _is_better(self, number: float) -> bool:
        direction = 1 if self.mode == "max" else -1
        if self.threshold_mode == "rel":
            return direction * number > direction * self.best * (1 + direction * self.threshold)
        return direction * number > direction * self.best + self.threshold

    def _reduce(self) -> None:
        groups = self.optimizer.param_groups
        if len(groups) != len(self.min_lrs):
            if self.default_min_lr is None:
                raise RuntimeError(
                    f"The number of param groups in the `optimizer` ({len(groups)}) differs from when "
                    f"`ReduceLROnPlateau` was initialized ({len(self.min_lrs)}), usually due to a new param "
                    "group being added to the optimizer. Please modify the `min_lrs` field to match the "
                    "length of the `optimizer` param groups."
                )
            self.min_lrs = [self.default_min_lr] * len(groups)
        for group, lowest in zip(groups, self.min_lrs, strict=True):
            before = float(group["lr"])
            rate = max(before * self.factor, lowest)
            if before - rate > self.eps:
                set_option(group, "lr", rate)
