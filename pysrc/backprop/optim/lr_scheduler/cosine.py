"""Schedules that go along a cosine."""

from __future__ import annotations

import math
from typing import Any

from ..optimizer import Optimizer
from .scheduler import LRScheduler


class CosineAnnealingLR(LRScheduler):
    """``lr = eta_min + (lr0 - eta_min) (1 + cos(pi e / T_max)) / 2``: half a wave, down to `eta_min`.

    After `T_max` epochs it goes up again.

    Source: Loshchilov and Hutter, SGDR (2017), without the restarts.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        T_max: int,  # noqa: N803 - PyTorch's name
        eta_min: float = 0.0,
        last_epoch: int = -1,
    ) -> None:
        self.T_max = T_max
        self.eta_min = eta_min
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[Any]:
        """See the class."""
        self._expect_a_step()
        if self._is_initial:
            return self.rates()
        if self._step_count == 1 and self.last_epoch > 0:
            # Told to go on in the middle of the wave: where that is follows from the epoch alone.
            return self._get_closed_form_lr()
        if (self.last_epoch - 1 - self.T_max) % (2 * self.T_max) == 0:
            # The wave was at 0, and from that no factor leads up again.
            rise = 1 - math.cos(math.pi / self.T_max)
            return [
                rate + (base - self.eta_min) * rise / 2
                for rate, base in zip(self.rates(), self.base_lrs, strict=True)
            ]
        change = self._wave(self.last_epoch) / self._wave(self.last_epoch - 1)
        return [change * (rate - self.eta_min) + self.eta_min for rate in self.rates()]

    def _get_closed_form_lr(self) -> list[Any]:
        wave = self._wave(self.last_epoch)
        return [self.eta_min + (base - self.eta_min) * wave / 2 for base in self.base_lrs]

    def _wave(self, epoch: int) -> float:
        return 1 + math.cos(math.pi * epoch / self.T_max)


class CosineAnnealingWarmRestarts(LRScheduler):
    """`CosineAnnealingLR` that begins anew: after `T_0` epochs, then after `T_mult` times as many, and so on.

    Source: Loshchilov and Hutter, SGDR (2017).

    Attributes:
        T_cur: how many epochs have passed since it began anew.
        T_i: how many epochs lie between the last time and the next one.

    Raises:
        ValueError: an option is of another kind, or not above 0.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        T_0: int,  # noqa: N803 - PyTorch's name
        T_mult: int = 1,  # noqa: N803 - PyTorch's name
        eta_min: float = 0.0,
        last_epoch: int = -1,
    ) -> None:
        if T_0 <= 0 or not isinstance(T_0, int):
            raise ValueError(f"Expected positive integer T_0, but got {T_0}")
        if T_mult < 1 or not isinstance(T_mult, int):
            raise ValueError(f"Expected integer T_mult >= 1, but got {T_mult}")
        if not isinstance(eta_min, (float, int)):
            raise ValueError(
                f"Expected float or int eta_min, but got {eta_min} of type {type(eta_min)}"
            )
        self.T_0 = T_0
        self.T_i = T_0
        self.T_mult = T_mult
        self.eta_min = eta_min
        self.T_cur: float = last_epoch
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[Any]:
        """See the class."""
        self._expect_a_step()
        wave = 1 + math.cos(math.pi * self.T_cur / self.T_i)
        return [self.eta_min + (base - self.eta_min) * wave / 2 for base in self.base_lrs]

    def step(self, epoch: float | None = None) -> None:
        """Go on to the next epoch, or to any: ``epoch + batch / batches`` changes the rate within an epoch.

        Raises:
            ValueError: the epoch is negative.
        """
        if epoch is None and self.last_epoch >= 0:
            epoch = self.last_epoch + 1
            self.T_cur += 1
            if self.T_cur >= self.T_i:
                self.T_cur %= self.T_i
                self.T_i *= self.T_mult
        else:
            epoch = 0 if epoch is None else epoch
            if epoch < 0:
                raise ValueError(f"Expected non-negative epoch, but got {epoch}")
            self._go_to(epoch)
        self.last_epoch = math.floor(epoch)
        self._get_lr_called_within_step = True
        self._set_rates(self.get_lr())
        self._get_lr_called_within_step = False

    def _go_to(self, epoch: float) -> None:
        if epoch < self.T_0:
            self.T_cur, self.T_i = epoch, self.T_0
        elif self.T_mult == 1:
            self.T_cur = epoch % self.T_0
        else:
            # Restart n is after T_0 (1 + T_mult + ... + T_mult^(n - 1)) epochs: a geometric series.
            restarts = int(math.log(epoch / self.T_0 * (self.T_mult - 1) + 1, self.T_mult))
            passed = self.T_0 * (self.T_mult**restarts - 1) / (self.T_mult - 1)
            self.T_cur, self.T_i = epoch - passed, self.T_0 * self.T_mult**restarts
