"""Averaged stochastic gradient descent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .optimizer import Group, Optimizer, check_implementation, check_not_negative


class ASGD(Optimizer):
    """``p = (1 - lambd eta) p - eta g``, and beside it the mean of p, in the state as "ax".

    The rate is lr at first, and after step t ``eta = lr / (1 + lambd lr t)^alpha``. The mean begins after
    step `t0`; until then it is p itself. Weight decay d adds ``d p`` to g.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.ASGD([w], lr=0.1)
    >>> (3 * w).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.7000], requires_grad=True)

    Source: Polyak and Juditsky, Acceleration of Stochastic Approximation by Averaging (1992).

    Raises:
        ValueError: the rate or the weight decay is negative, or there are no parameters.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        lambd: float = 1e-4,
        alpha: float = 0.75,
        t0: float = 1e6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
        capturable: bool = False,
    ) -> None:
        check_implementation(differentiable=differentiable, capturable=capturable)
        check_not_negative(lr=lr, weight_decay=weight_decay)
        defaults = {
            "lr": lr,
            "lambd": lambd,
            "alpha": alpha,
            "t0": t0,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """See the class."""
        lr, lambd = group["lr"], group["lambd"]
        if group["maximize"]:
            gradient = -gradient
        if group["weight_decay"]:
            gradient = gradient + group["weight_decay"] * value

        memory = self.remembered(parameter)
        if not memory:
            memory["step"] = wrap(np.zeros((), np.float32))
            memory["eta"] = wrap(np.array(lr, np.float32))
            memory["mu"] = wrap(np.ones((), np.float32))
            memory["ax"] = wrap(np.zeros_like(value))
        memory["step"].array += 1
        t, eta, share = (memory[name].item() for name in ("step", "eta", "mu"))
        value *= 1 - lambd * eta
        value -= eta * gradient
        mean = memory["ax"].array
        if share == 1:
            mean[...] = value
        else:
            mean += (value - mean) * share
        memory["eta"].array.fill(lr / (1 + lambd * lr * t) ** group["alpha"])
        memory["mu"].array.fill(1 / max(1, t - group["t0"]))
