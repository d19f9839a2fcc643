"""Stochastic gradient descent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .optimizer import Group, Optimizer, check_implementation, check_not_negative


class SGD(Optimizer):
    """A step against the gradient: ``p = p - lr * g``.

    With momentum m, what is stepped along is ``b = m b + (1 - dampening) g`` (b = g at first), and with
    Nesterov's ``g + m b`` (Sutskever et al., 2013). Weight decay d adds ``d p`` to g.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.SGD([w], lr=0.1)
    >>> (3 * w).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.7000], requires_grad=True)

    Raises:
        ValueError: a number is negative, nesterov without momentum, or there are no parameters.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
        foreach: bool | None = None,
        differentiable: bool = False,
        fused: bool | None = None,
    ) -> None:
        check_implementation(differentiable=differentiable)
        check_not_negative(lr=lr, momentum=momentum, weight_decay=weight_decay)
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError(
                "Nesterov momentum requires a momentum and zero dampening\n"
                "Give momentum=0.9, for one, and leave out dampening."
            )
        defaults = {
            "lr": lr,
            "momentum": momentum,
            "dampening": dampening,
            "weight_decay": weight_decay,
            "nesterov": nesterov,
            "maximize": maximize,
            "foreach": foreach,
            "differentiable": differentiable,
            "fused": fused,
        }
        super().__init__(params, defaults)

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """See the class."""
        if group["maximize"]:
            gradient = -gradient
        if group["weight_decay"]:
            gradient = gradient + group["weight_decay"] * value
        if group["momentum"]:
            gradient = self._with_momentum(parameter, gradient, group)
        value -= group["lr"] * gradient

    def _with_momentum(self, parameter: Tensor, gradient: Array, group: Group) -> Array:
        memory = self.remembered(parameter)
        velocity = memory.get("momentum_buffer")
        if velocity is None:
            velocity = memory["momentum_buffer"] = wrap(gradient.copy())
        else:
            velocity.array *= group["momentum"]
            velocity.array += (1 - group["dampening"]) * gradient
        if group["nesterov"]:
            return gradient + group["momentum"] * velocity.array
        return velocity.array
