"""A schedule that goes up and down."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from ..optimizer import Optimizer
from .functions import known_of
from .momentum import cycle, set_momentum
from .scheduler import LRScheduler, check_optimizer, for_each_group, set_option

_MODES = ("triangular", "triangular2", "exp_range")


class CyclicLR(LRScheduler):
    """From `base_lr` up to `max_lr` in `step_size_up` steps, down in `step_size_down`, and again; by batches.

    The height of cycle c is that of the first in the mode "triangular", half of the one before in
    "triangular2", and ``gamma^e`` of it at step e in "exp_range"; or what `scale_fn` says, of the cycle or,
    with ``scale_mode="iterations"``, of the step. The momentum goes the other way, from `max_momentum` to
    `base_momentum`.

    Source: Smith, Cyclical Learning Rates for Training Neural Networks (2017).

    Raises:
        TypeError: it is no optimizer.
        ValueError: the mode is unknown, there are not as many numbers as groups, or the optimizer has no
            momentum.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        base_lr: float | list[float],
        max_lr: float | list[float],
        step_size_up: int = 2000,
        step_size_down: int | None = None,
        mode: str = "triangular",
        gamma: float = 1.0,
        scale_fn: Callable[[float], float] | None = None,
        scale_mode: str = "cycle",
        cycle_momentum: bool = True,
        base_momentum: float | list[float] = 0.8,
        max_momentum: float | list[float] = 0.9,
        last_epoch: int = -1,
    ) -> None:
        self.optimizer = check_optimizer(optimizer)
        base_lrs = for_each_group("base_lr", optimizer, base_lr)
        if last_epoch == -1:
            for rate, group in zip(base_lrs, optimizer.param_groups, strict=True):
                set_option(group, "lr", rate)
        self.max_lrs = for_each_group("max_lr", optimizer, max_lr)
        up = float(step_size_up)
        down = up if step_size_down is None else float(step_size_down)
        self.total_size = up + down
        self.step_ratio = up / self.total_size
        if mode not in _MODES and scale_fn is None:
            raise ValueError(
                f"mode is invalid and scale_fn is None\nThe mode is one of {', '.join(_MODES)}."
            )
        self.mode = mode
        self.gamma = gamma
        self._scale_fn_custom = scale_fn
        self.scale_mode = scale_mode
        if scale_fn is None:
            self.scale_mode = "iterations" if mode == "exp_range" else "cycle"
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            lowest = for_each_group("base_momentum", optimizer, base_momentum)
            highest = for_each_group("max_momentum", optimizer, max_momentum)
            self.use_beta1 = cycle(optimizer, lowest, highest, last_epoch == -1)
            self.base_momentums = lowest
            self.max_momentums = highest
        super().__init__(optimizer, last_epoch)
        self.base_lrs = base_lrs

    def scale_fn(self, x: float) -> float:
        """The height of cycle `x`, or at step `x`, in heights of the first."""
        if self._scale_fn_custom is not None:
            return self._scale_fn_custom(x)
        if self.mode == "triangular2":
            return 1 / (2.0 ** (x - 1))
        return self.gamma**x if self.mode == "exp_range" else 1.0

    def get_lr(self) -> list[Any]:
        """See the class; it changes the momentum as well."""
        self._expect_a_step()
        number = math.floor(1 + self.last_epoch / self.total_size)
        place = 1.0 + self.last_epoch / self.total_size - number
        rising = place <= self.step_ratio
        share = place / self.step_ratio if rising else (place - 1) / (self.step_ratio - 1)
        scale = self.scale_fn(number if self.scale_mode == "cycle" else self.last_epoch)
        if self.cycle_momentum:
            limits = zip(
                self.optimizer.param_groups, self.base_momentums, self.max_momentums, strict=True
            )
            for group, least, most in limits:
                set_momentum(group, self.use_beta1, most - (most - least) * share * scale)
        return [
            base + (most - base) * share * scale
            for base, most in zip(self.base_lrs, self.max_lrs, strict=True)
        ]

    def state_dict(self) -> dict[str, Any]:
        """All that it knows, but not the optimizer; of a `scale_fn` that is no function its attributes."""
        state = super().state_dict()
        function = state.pop("_scale_fn_custom")
        state["_scale_fn_custom"] = None if function is None else known_of(function)
        return state

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Take over what another schedule knows; a function of your own stays."""
        attributes = state_dict["_scale_fn_custom"]
        known = {name: value for name, value in state_dict.items() if name != "_scale_fn_custom"}
        super().load_state_dict(known)
        if attributes is not None:
            vars(self._scale_fn_custom).update(attributes)
