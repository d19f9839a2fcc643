"""RMSprop: the gradient in units of its usual size."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .optimizer import Group, Optimizer, check_implementation, check_not_negative


class RMSprop(Optimizer):
    """``p = p - lr * g / (sqrt(v) + eps)``, with v the running mean of the squared gradients.

    ``v = alpha v + (1 - alpha) g^2``. Centered, the square of the running mean of g is taken off v,
    which leaves its variance. With momentum m, what is stepped along is ``b = m b + g / (sqrt(v) + eps)``.
    Weight decay d adds ``d p`` to g.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.RMSprop([w], lr=0.01)
    >>> (3 * w).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.9000], requires_grad=True)

    Source: Tieleman and Hinton, Lecture 6.5 (2012); Graves, Generating Sequences (2013), for centered.

    Raises:
        ValueError: a number is negative, or there are no parameters.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_implementation(capturable=capturable, differentiable=differentiable)
        check_not_negative(
            lr=lr, eps=eps, momentum=momentum, weight_decay=weight_decay, alpha=alpha
        )
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "alpha": alpha,
            "eps": eps,
            "centered": centered,
            "weight_decay": weight_decay,
            "capturable": capturable,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """See the class."""
        lr, alpha = group["lr"], group["alpha"]
        if group["maximize"]:
            gradient = -gradient
        if group["weight_decay"]:
            gradient = gradient + group["weight_decay"] * value

        memory = self.remembered(parameter)
        if not memory:
            memory["step"] = wrap(np.zeros((), np.float32))
            memory["square_avg"] = wrap(np.zeros_like(value))
            if group["momentum"] > 0:
                memory["momentum_buffer"] = wrap(np.zeros_like(value))
            if group["centered"]:
                memory["grad_avg"] = wrap(np.zeros_like(value))
        memory["step"].array += 1
        v = memory["square_avg"].array
        v *= alpha
        v += (1 - alpha) * gradient * gradient
        if group["centered"]:
            mean = memory["grad_avg"].array
            mean += (1 - alpha) * (gradient - mean)
            v = v - mean * mean
        size = np.sqrt(v) + group["eps"]
        if group["momentum"] > 0:
            velocity = memory["momentum_buffer"].array
            velocity *= group["momentum"]
            velocity += gradient / size
            value -= lr * velocity
        else:
            value -= lr * gradient / size
