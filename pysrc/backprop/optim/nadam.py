"""NAdam: Adam with Nesterov's look ahead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .optimizer import Group, Optimizer, check_betas, check_implementation, check_not_negative


class NAdam(Optimizer):
    """Adam that steps along what the mean gradient is about to be: ``p = p - lr (a g + b m) / size``.

    m and v are the running means of the gradients g and of their squares, as in `Adam`, and
    ``size = sqrt(v / (1 - beta2^t)) + eps``. The share of the past grows with the steps t,
    ``mu_t = beta1 (1 - 0.96^(t momentum_decay) / 2)``, and the two weights are
    ``a = (1 - mu_t) / (1 - mu_1 ... mu_t)`` and ``b = mu_(t+1) / (1 - mu_1 ... mu_(t+1))``. Weight decay
    d adds ``d p`` to g, or takes ``lr d`` of p itself, if it is decoupled.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.NAdam([w], lr=0.1)
    >>> (3 * w).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.8944], requires_grad=True)

    Source: Dozat, Incorporating Nesterov Momentum into Adam (2016).

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
        momentum_decay: float = 4e-3,
        decoupled_weight_decay: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_implementation(capturable=capturable, differentiable=differentiable)
        check_not_negative(lr=lr, eps=eps)
        check_betas(betas)
        check_not_negative(weight_decay=weight_decay, momentum_decay=momentum_decay)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "momentum_decay": momentum_decay,
            "decoupled_weight_decay": decoupled_weight_decay,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """See the class."""
        lr, decay, (beta1, beta2) = group["lr"], group["weight_decay"], group["betas"]
        if group["maximize"]:
            gradient = -gradient
        if decay and group["decoupled_weight_decay"]:
            value *= 1 - lr * decay
        elif decay:
            gradient = gradient + decay * value

        memory = self.remembered(parameter)
        if not memory:
            memory["step"] = wrap(np.zeros((), np.float32))
            memory["mu_product"] = wrap(np.ones((), np.float32))
            memory["exp_avg"] = wrap(np.zeros_like(value))
            memory["exp_avg_sq"] = wrap(np.zeros_like(value))
        memory["step"].array += 1
        t = memory["step"].item()
        now, then = (
            beta1 * (1 - 0.5 * 0.96 ** (step * group["momentum_decay"])) for step in (t, t + 1)
        )
        memory["mu_product"].array *= now
        product = memory["mu_product"].item()
        m, v = memory["exp_avg"].array, memory["exp_avg_sq"].array
        m += (1 - beta1) * (gradient - m)
        v *= beta2
        v += (1 - beta2) * gradient * gradient
        size = np.sqrt(v / (1 - beta2**t)) + group["eps"]
        value -= lr * (1 - now) / (1 - product) * gradient / size
        value -= lr * then / (1 - product * then) * m / size
