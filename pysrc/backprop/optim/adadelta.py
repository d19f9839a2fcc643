"""Adadelta: steps in units of what the steps before have been, so that no rate need be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .optimizer import Group, Optimizer, check_implementation, check_not_negative


class Adadelta(Optimizer):
    """``p = p - lr * s``, with the step ``s = g sqrt(u + eps) / sqrt(v + eps)``.

    v is the running mean of the squared gradients, ``v = rho v + (1 - rho) g^2``, and u that of the
    squared steps, taken after the step. Weight decay d adds ``d p`` to g.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.Adadelta([w], lr=10)
    >>> (3 * w).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.9684], requires_grad=True)

    Source: Zeiler, ADADELTA: An Adaptive Learning Rate Method (2012).

    Raises:
        ValueError: a number is negative, rho is above 1, or there are no parameters.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        weight_decay: float = 0,
        foreach: bool | None = None,
        *,
        capturable: bool = False,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_implementation(capturable=capturable, differentiable=differentiable)
        check_not_negative(lr=lr)
        if not 0 <= rho <= 1:
            raise ValueError(
                f"Invalid rho value: {rho}\nIt is the share of a running mean that is kept: 0 to 1."
            )
        check_not_negative(eps=eps, weight_decay=weight_decay)
        defaults = {
            "lr": lr,
            "rho": rho,
            "eps": eps,
            "weight_decay": weight_decay,
            "maximize": maximize,
            "capturable": capturable,
            "foreach": foreach,
            "differentiable": differentiable,
        }
        super().__init__(params, defaults)

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """See the class."""
        rho, eps = group["rho"], group["eps"]
        if group["maximize"]:
            gradient = -gradient
        if group["weight_decay"]:
            gradient = gradient + group["weight_decay"] * value

        memory = self.remembered(parameter)
        if not memory:
            memory["step"] = wrap(np.zeros((), np.float32))
            memory["square_avg"] = wrap(np.zeros_like(value))
            memory["acc_delta"] = wrap(np.zeros_like(value))
        memory["step"].array += 1
        v, u = memory["square_avg"].array, memory["acc_delta"].array
        v *= rho
        v += (1 - rho) * gradient * gradient
        step = np.sqrt(u + eps) / np.sqrt(v + eps) * gradient
        u *= rho
        u += (1 - rho) * step * step
        value -= group["lr"] * step
