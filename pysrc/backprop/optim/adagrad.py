"""Adagrad: steps that grow shorter the more a parameter has been changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .optimizer import Group, Optimizer, check_implementation, check_not_negative


class Adagrad(Optimizer):
    """``p = p - lr * g / (sqrt(s) + eps)``, with s the sum of all squared gradients so far.

    At step t the rate is also divided by ``1 + (t - 1) lr_decay``. Weight decay d adds ``d p`` to g.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.Adagrad([w], lr=0.1)
    >>> (3 * w).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.9000], requires_grad=True)

    Source: Duchi et al., Adaptive Subgradient Methods (2011).

    Raises:
        ValueError: a number is negative, or there are no parameters.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        foreach: bool | None = None,
        *,
        maximize: bool = False,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        check_implementation(differentiable=differentiable)
        check_not_negative(
            lr=lr,
            lr_decay=lr_decay,
            weight_decay=weight_decay,
            initial_accumulator_value=initial_accumulator_value,
            eps=eps,
        )
        defaults = {
            "lr": lr,
            "lr_decay": lr_decay,
            "eps": eps,
            "weight_decay": weight_decay,
            "initial_accumulator_value": initial_accumulator_value,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)

    def add_param_group(self, param_group: Group) -> None:
        """As `Optimizer.add_param_group`; the sums of the new parameters begin."""
        super().add_param_group(param_group)
        group = self.param_groups[-1]
        for parameter in group["params"]:
            memory = self.remembered(parameter)
            memory["step"] = wrap(np.zeros((), np.float32))
            start = group["initial_accumulator_value"]
            memory["sum"] = wrap(np.full_like(parameter.array, start))

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """See the class."""
        if group["maximize"]:
            gradient = -gradient
        if group["weight_decay"]:
            gradient = gradient + group["weight_decay"] * value
        memory = self.remembered(parameter)
        memory["step"].array += 1
        rate = group["lr"] / (1 + (memory["step"].item() - 1) * group["lr_decay"])
        total = memory["sum"].array
        total += gradient * gradient
        value -= rate * gradient / (np.sqrt(total) + group["eps"])
