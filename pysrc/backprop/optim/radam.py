"""RAdam: Adam that waits until the sizes of the gradients are known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .optimizer import Group, Optimizer, check_betas, check_implementation, check_not_negative

#: From how many gradients on that a running mean is effectively made of it is divided by.
KNOWN_FROM = 5.0


class RAdam(Optimizer):
    """Adam's step ``lr * m / (sqrt(v) + eps)``, by a factor r that is small while v is uncertain.

    m and v are the running means of the gradients g and of their squares, both corrected as in `Adam`.
    At step t, v is effectively a mean of ``n = N - 2 t beta2^t / (1 - beta2^t)`` squares, with
    ``N = 2 / (1 - beta2) - 1``, and ``r^2 = (n - 4) (n - 2) N / ((N - 4) (N - 2) n)``. While n is not
    above 5, the step is ``lr * m``. Weight decay d adds ``d p`` to g, or takes ``lr d`` of p itself, if it
    is decoupled.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.RAdam([w], lr=0.1)
    >>> (3 * w).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.7000], requires_grad=True)

    Source: Liu et al., On the Variance of the Adaptive Learning Rate and Beyond (2020).

    Raises:
        ValueError: a number is negative, a beta is not below 1, or there are no parameters.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
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
        check_not_negative(weight_decay=weight_decay)
        defaults = {
            "lr": lr,
            "betas": betas,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "decoupled_weight_decay": decoupled_weight_decay,
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
            memory["exp_avg"] = wrap(np.zeros_like(value))
            memory["exp_avg_sq"] = wrap(np.zeros_like(value))
        memory["step"].array += 1
        t = memory["step"].item()
        m, v = memory["exp_avg"].array, memory["exp_avg_sq"].array
        m += (1 - beta1) * (gradient - m)
        v *= beta2
        v += (1 - beta2) * gradient * gradient
        step = m / (1 - beta1**t) * lr
        correction = 1 - beta2**t
        most = 2 / (1 - beta2) - 1
        known = most - 2 * t * beta2**t / correction
        if known > KNOWN_FROM:
            ratio = (known - 4) * (known - 2) * most / ((most - 4) * (most - 2) * known)
            step = step * (correction**0.5 / (np.sqrt(v) + group["eps"])) * ratio**0.5
        value -= step
