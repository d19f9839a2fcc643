"""Adam: each parameter with a step size of its own, found from the gradients so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .optimizer import Group, Optimizer, check_betas, check_implementation, check_not_negative


class Adam(Optimizer):
    """``p = p - lr * m / (sqrt(v) + eps)``: the mean gradient, in units of its usual size.

    m is the running mean of the gradients g, ``m = beta1 m + (1 - beta1) g``, and v that of their
    squares. Both start at 0, and are too small at first; at step t they are divided by
    ``1 - beta1^t`` and ``1 - beta2^t``. With amsgrad the largest v so far is used. Weight decay d adds
    ``d p`` to g, or takes ``lr d`` of p itself, if it is decoupled: see `AdamW`.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.Adam([w], lr=0.1)
    >>> (3 * w).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.9000], requires_grad=True)

    Source: Kingma and Ba, Adam (2015); Reddi et al., On the Convergence of Adam (2018), for amsgrad.

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
        amsgrad: bool = False,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
        decoupled_weight_decay: bool = False,
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
            "amsgrad": amsgrad,
            "maximize": maximize,
            "foreach": foreach,
            "capturable": capturable,
            "differentiable": differentiable,
            "fused": fused,
            "decoupled_weight_decay": decoupled_weight_decay,
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
            if group["amsgrad"]:
                memory["max_exp_avg_sq"] = wrap(np.zeros_like(value))
        memory["step"].array += 1
        t = memory["step"].item()
        m, v = memory["exp_avg"].array, memory["exp_avg_sq"].array
        m += (1 - beta1) * (gradient - m)
        v *= beta2
        v += (1 - beta2) * gradient * gradient
        if group["amsgrad"]:
            largest = memory["max_exp_avg_sq"].array
            v = np.maximum(largest, v, out=largest)
        size = np.sqrt(v) / (1 - beta2**t) ** 0.5 + group["eps"]
        value -= lr / (1 - beta1**t) * m / size


class AdamW(Adam):
    """`Adam` whose weight decay d takes ``lr * d`` of the parameter itself, not of its gradient.

    So large gradients don't make the decay small.

    Source: Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019).

    Raises:
        ValueError: as `Adam`.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        capturable: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        super().__init__(
            params,
            lr,
            betas,
            eps,
            weight_decay,
            amsgrad,
            foreach=foreach,
            maximize=maximize,
            capturable=capturable,
            differentiable=differentiable,
            fused=fused,
            decoupled_weight_decay=True,
        )
