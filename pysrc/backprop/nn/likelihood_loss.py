"""Losses of counts and of numbers with a spread: see `functional/likelihood.py`, also for the options."""

from __future__ import annotations

from typing import Any

from ..tensor import Tensor
from . import functional
from .loss import _Loss

__all__ = ["GaussianNLLLoss", "PoissonNLLLoss"]


class PoissonNLLLoss(_Loss):
    """``exp(x) - y x`` of counts: see `functional.poisson_nll_loss`.

    Shapes: input and target alike; a scalar unless `reduction` is "none".
    """

    def __init__(
        self,
        log_input: bool = True,
        full: bool = False,
        size_average: bool | None = None,
        eps: float = 1e-8,
        reduce: bool | None = None,
        reduction: str = "mean",
    ) -> None:
        super().__init__(size_average, reduce, reduction)
        self.log_input = log_input
        self.full = full
        self.eps = eps

    def forward(self, log_input: Tensor, target: Tensor) -> Tensor:
        """See the class."""
        return functional.poisson_nll_loss(
            log_input,
            target,
            self.log_input,
            self.full,
            eps=self.eps,
            reduction=self.reduction,
        )


class GaussianNLLLoss(_Loss):
    """``(log(var) + (x - y)^2 / var) / 2`` of means and variances: see `functional.gaussian_nll_loss`.

    Shapes: input, target and variance alike; a scalar unless `reduction` is "none".
    """

    def __init__(self, *, full: bool = False, eps: float = 1e-6, reduction: str = "mean") -> None:
        super().__init__(reduction=reduction)
        self.full = full
        self.eps = eps

    def forward(self, input: Tensor, target: Tensor, var: Any) -> Tensor:
        """See the class."""
        return functional.gaussian_nll_loss(input, target, var, self.full, self.eps, self.reduction)
