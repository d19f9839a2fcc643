"""Rprop: only the signs of the gradients matter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .optimizer import Group, Optimizer, check_implementation, check_not_negative


class Rprop(Optimizer):
    """``p = p - sign(g) * s``, with a step s for each number, which grows while the sign stays.

    s begins as lr. Where g has the sign that it had before, s is multiplied by the larger of `etas`; where
    the sign has changed, by the smaller one, and that step is left out, since it would lead back.
    `step_sizes` are the smallest and the largest s. It is meant for gradients of all the data, not of a
    batch.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.Rprop([w], lr=0.1)
    >>> (3 * w).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.9000], requires_grad=True)

    Source: Riedmiller and Braun, A Direct Adaptive Method for Faster Backpropagation Learning (1993).

    Raises:
        ValueError: the rate is negative, the etas are not on both sides of 1, or there are no parameters.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        etas: tuple[float, float] = (0.5, 1.2),
        step_sizes: tuple[float, float] = (1e-6, 50),
        *,
        capturable: bool = False,
        foreach: bool | None = None,
        maximize: bool = False,
        differentiable: bool = False,
    ) -> None:
        check_implementation(capturable=capturable, differentiable=differentiable)
        check_not_negative(lr=lr)
        if not 0 < etas[0] < 1 < etas[1]:
            raise ValueError(
                f"Invalid eta values: {etas[0]}, {etas[1]}\n"
                "The first makes steps shorter, and is below 1; the second makes them longer."
            )
        defaults = {
            "lr": lr,
            "etas": etas,
            "step_sizes": step_sizes,
            "foreach": foreach,
            "maximize": maximize,
            "differentiable": differentiable,
            "capturable": capturable,
        }
        super().__init__(params, defaults)

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """See the class."""
        shorter, longer = group["etas"]
        if group["maximize"]:
            gradient = -gradient

        memory = self.remembered(parameter)
        if not memory:
            memory["step"] = wrap(np.zeros((), np.float32))
            memory["prev"] = wrap(np.zeros_like(value))
            memory["step_size"] = wrap(np.full_like(gradient, group["lr"]))
        memory["step"].array += 1
        before, size = memory["prev"].array, memory["step_size"].array
        agreement = gradient * before
        size *= np.where(agreement > 0, longer, np.where(agreement < 0, shorter, 1)).astype(
            size.dtype
        )
        smallest, largest = group["step_sizes"]
        np.clip(size, smallest, largest, out=size)
        np.copyto(before, np.where(agreement < 0, 0, gradient))
        value -= np.sign(before) * size
