"""Adamax: Adam whose unit is the largest gradient of late, not its usual size."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .optimizer import Group, Optimizer, check_betas, check_implementation, check_not_negative


class Adamax(Optimizer):
    """``p = p - lr * m / u``, with m the running mean of the gradients g, and u their largest size.

    ``m = beta1 m + (1 - beta1) g``, divided by ``1 - beta1^t`` at step t, and
    ``u = max(beta2 u, |g| + eps)``. Weight decay d adds ``d p`` to g.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.Adamax([w], lr=0.1)
    >>> (3 * w).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.9000], requires_grad=True)

    Source: Kingma and Ba, Adam (2015), section 7.1.

    Raises:
        ValueError: a number is negative, a beta is not below 1, or there are no parameters.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        capturable: bool = False,
    ) -> None:
        check_implementation(differentiable=differentiable, capturable=capturable)
        check_not_negative(lr=lr, eps=eps)
        check_betas(betas)
        check_not_negative(weight_decay=weight_decay)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """See the class."""
        beta1, beta2 = group["betas"]
        if group["maximize"]:
            gradient = -gradient
        if group["weight_decay"]:
            gradient = gradient + group["weight_decay"] * value

        memory = self.remembered(parameter)
        if not memory:
            memory["step"] = wrap(np.zeros((), np.float32))
            memory["exp_avg"] = wrap(np.zeros_like(value))
            memory["exp_inf"] = wrap(np.zeros_like(value))
        memory["step"].array += 1
        m, u = memory["exp_avg"].array, memory["exp_inf"].array
        m += (1 - beta1) * (gradient - m)
        u *= beta2
        np.maximum(u, np.abs(gradient) + group["eps"], out=u)
        rate = group["lr"] / (1 - beta1 ** memory["step"].item())
        value -= rate * m / u
