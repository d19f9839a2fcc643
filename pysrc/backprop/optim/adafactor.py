"""Adafactor: the usual sizes of a matrix's gradients, from those of its rows and of its columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .optimizer import Group, Optimizer


class Adafactor(Optimizer):
    """``p = p - a * u / max(1, rms(u) / d)``, with ``u = g / sqrt(v)`` and a rate a relative to p's size.

    v is the running mean of the squared gradients: ``v = v + t^beta2_decay (g^2 - v)`` at step t. Of a
    matrix only the means of its rows r and of its columns c are remembered, and ``v = r c / mean(r)``. The
    rate is ``a = max(eps2, rms(p)) min(lr, 1 / sqrt(t))``, with rms the root of the mean square.
    Weight decay takes ``lr weight_decay`` of p itself.

    >>> import backprop as torch
    >>> w = torch.tensor([1.0], requires_grad=True)
    >>> optimizer = torch.optim.Adafactor([w], lr=0.1)
    >>> (3 * w).sum().backward()
    >>> optimizer.step()
    >>> w
    tensor([0.9000], requires_grad=True)

    Source: Shazeer and Stern, Adafactor (2018).

    Raises:
        ValueError: an option is on the wrong side of its limit, or there are no parameters.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-2,
        beta2_decay: float = -0.8,
        eps: tuple[float | None, float] = (None, 1e-3),
        d: float = 1.0,
        weight_decay: float = 0.0,
        *,
        foreach: bool | None = None,
        maximize: bool = False,
    ) -> None:
        limits: list[tuple[str, str, float | None, int, bool]] = [
            ("Learning rate", ">=", lr, 0, lr >= 0),
            ("beta2_decay", "<=", beta2_decay, 0, beta2_decay <= 0),
            ("epsilon1", ">=", eps[0], 0, eps[0] is None or eps[0] >= 0),
            ("epsilon2", ">=", eps[1], 0, eps[1] >= 0),
            ("Clipping threshold d", ">=", d, 1, d >= 1),
            ("weight_decay", ">=", weight_decay, 0, weight_decay >= 0),
        ]
        for name, relation, number, limit, kept in limits:
            if not kept:
                raise ValueError(f"{name} should be {relation} {limit} but is: {number}")
        defaults = {
            "lr": lr,
            "beta2_decay": beta2_decay,
            "eps": eps,
            "d": d,
            "weight_decay": weight_decay,
            "foreach": foreach,
            "maximize": maximize,
        }
        super().__init__(params, defaults)

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """See the class."""
        lr, (eps1, eps2) = group["lr"], group["eps"]
        if group["maximize"]:
            gradient = -gradient
        if eps1 is None:
            eps1 = float(np.finfo(value.dtype).eps)
        memory = self.remembered(parameter)
        if not memory:
            memory["step"] = wrap(np.zeros((), np.float32))
            if gradient.ndim > 1:
                memory["row_var"] = wrap(np.zeros_like(gradient[..., :1]))
                memory["col_var"] = wrap(np.zeros_like(gradient[..., :1, :]))
            else:
                memory["variance"] = wrap(np.zeros_like(gradient))
        memory["step"].array += 1
        t = memory["step"].item()
        rate = max(eps2, _root_mean_square(value)) * min(lr, 1 / t**0.5)
        if group["weight_decay"]:
            value *= 1 - lr * group["weight_decay"]

        new = t ** group["beta2_decay"]
        if gradient.ndim > 1:
            rows, columns = memory["row_var"].array, memory["col_var"].array
            for means, along in ((rows, -1), (columns, -2)):
                means += new * (np.mean(gradient * gradient, axis=along, keepdims=True) - means)
            usual = rows @ columns / np.maximum(rows.mean(axis=-2, keepdims=True), eps1)
        else:
            usual = memory["variance"].array
            usual += new * (gradient * gradient - usual)
        step = gradient / np.sqrt(np.maximum(usual, eps1 * eps1))
        value -= rate / max(1.0, _root_mean_square(step) / group["d"]) * step


def _root_mean_square(array: Array) -> float:
    return float(np.sqrt(np.sum(array * array))) / array.size**0.5
