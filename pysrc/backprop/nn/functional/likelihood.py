"""Losses of counts and of numbers with a spread: how surprising they were to the model."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...ops.exponential import exp, log
from ...ops.picking import where
from ...tensor import Tensor, wrap
from .loss import chosen_reduction, reduced

__all__ = ["gaussian_nll_loss", "poisson_nll_loss"]


def poisson_nll_loss(
    input: Tensor,
    target: Tensor,
    log_input: bool = True,
    full: bool = False,
    size_average: bool | None = None,
    eps: float = 1e-8,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """``exp(input) - target * input`` of counts and the logarithms of their expected values, reduced.

    Args:
        input: logarithms of expected counts; or the counts, if `log_input` is false.
        target: the counts.
        log_input: see `input`.
        full: whether Stirling's approximation of ``log(target!)`` is added, where the target is above 1.
        size_average: PyTorch's older name of a part of `reduction`, as is `reduce`.
        eps: keeps a logarithm away from that of 0, if `log_input` is false.
        reduce: see `size_average`.
        reduction: "mean", "sum" or "none".
    """
    reduction = chosen_reduction(size_average, reduce, reduction)
    losses = exp(input) - target * input if log_input else input - target * log(input + eps)
    if full:
        stirling = target * log(target) - target + 0.5 * log(2 * math.pi * target)
        losses = losses + where(target.le(1), wrap(np.zeros_like(target.array)), stirling)
    return reduced(losses, reduction)


def gaussian_nll_loss(
    input: Tensor,
    target: Tensor,
    var: Any,
    full: bool = False,
    eps: float = 1e-6,
    reduction: str = "mean",
) -> Tensor:
    """``(log(var) + (input - target)^2 / var) / 2`` of means and variances, reduced.

    Args:
        input: the means.
        target: what was observed.
        var: the variances, of the input's shape, or one for all numbers of its last dimension, or a
            number.
        full: whether ``log(2 pi) / 2`` is added.
        eps: the smallest variance, which takes no blame.
        reduction: "mean", "sum" or "none".

    Source: Nix and Weigend, Estimating the Mean and Variance of the Target (1994).

    Raises:
        ValueError: a variance is negative, or there are too few or too many.
    """
    if not isinstance(var, Tensor):
        if var < 0:
            raise ValueError("var has negative entry/entries\nA variance is a mean of squares.")
        var = wrap(np.full(input.array.shape, var, input.array.dtype))
    if var.shape != input.shape:
        if var.shape == input.shape[:-1]:
            var = var.unsqueeze(-1)
        elif var.shape[:-1] != input.shape[:-1] or var.shape[-1] != 1:
            raise ValueError(
                "var is of incorrect size\nGive one for each number, or one for each row: "
                f"{tuple(input.shape)} or {tuple(input.shape[:-1])}."
            )
    reduction = chosen_reduction(None, None, reduction)
    if (var.array < 0).any():
        raise ValueError("var has negative entry/entries\nA variance is a mean of squares.")
    bounded = var.clone()
    # As PyTorch has it, the bound is no part of the graph: the blame passes it by.
    np.maximum(bounded.array, bounded.array.dtype.type(eps), out=bounded.array)
    losses = 0.5 * (log(bounded) + (input - target) ** 2 / bounded)
    if full:
        losses = losses + 0.5 * math.log(2 * math.pi)
    return reduced(losses, reduction)
