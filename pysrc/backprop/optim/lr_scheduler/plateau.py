"""The schedule that looks at how training goes."""

from __future__ import annotations

import math
from typing import Any

from ..optimizer import Optimizer
from .scheduler import LRScheduler, check_optimizer


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

    def step(self, metrics: Any) -> None:  # type: ignore[override]
        """Go on to the next epoch with the number that tells how training goes."""
        current = float(metrics)
        self.last_epoch += 1
        if self._is_better(current):
            self.best = current
            self.num_bad_epochs = 0
        else:
            self.num_bad_epochs += 1
        if self.cooldown_counter > 0:
            self.cooldown_counter -= 1
            self.num_bad_epochs = 0
        if self.num_bad_epochs > self.patience:
            self._reduce()
            self.cooldown_counter = self.cooldown
            self.num_bad_epochs = 0
        self._last_lr = self.rates()

    def _is_better(self, number: float) -> bool:
        direction = 1 if self.mode == "max" else -1
        if self.threshold_mode == "rel":
            return direction * number > direction * self.best * (1 + direction * self.threshold)
        return direction * number > direction * self.best + self.threshold

    def _reduce(self) -> None:
        for group, lowest in zip(self.optimizer.param_groups, self.min_lrs, strict=True):
            rate = max(group["lr"] * self.factor, lowest)
            if group["lr"] - rate > self.eps:
                group["lr"] = rate
