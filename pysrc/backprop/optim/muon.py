"""Muon: a matrix changed alike in all directions."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .optimizer import Group, Optimizer

_SCALES = ("original", "match_rms_adamw")


class Muon(Optimizer):
    """``P = P - lr * s * O``, where O is the mean gradient of a matrix with all its singular values near 1.

    ``B = momentum B + (1 - momentum) G``, and with Nesterov's look ahead the mean of G and B in that
    proportion takes its place. Of it, `ns_steps` Newton-Schulz steps make O: see `_orthogonal`. The scale
    s of a matrix (n, m) is ``sqrt(max(1, n / m))``, or with "match_rms_adamw" ``0.2 sqrt(max(n, m))``.
    Weight decay takes ``lr weight_decay`` of P itself. Biases need another optimizer.

    Source: Jordan et al., Muon: An optimizer for hidden layers in neural networks (2024); Liu et al., Muon
    is Scalable for LLM Training (2025), for "match_rms_adamw".

    Raises:
        ValueError: a parameter is no matrix, an option is negative or unknown, or there are no parameters.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        weight_decay: float = 0.1,
        momentum: float = 0.95,
        nesterov: bool = True,
        ns_coefficients: tuple[float, float, float] = (3.4445, -4.775, 2.0315),
        eps: float = 1e-7,
        ns_steps: int = 5,
        adjust_lr_fn: str | None = None,
    ) -> None:
        options = {"Learning rate": lr, "momentum": momentum, "weight decay": weight_decay}
        for name, number in options.items():
            if not number >= 0:
                raise ValueError(f"{name} should be >= 0 but is: {number}")
        if adjust_lr_fn is not None and adjust_lr_fn not in _SCALES:
            raise ValueError(
                f"Adjust learning rate function {adjust_lr_fn} is not supported\n"
                f"It is one of {', '.join(_SCALES)}, or None for the first."
            )
        defaults = {
            "lr": lr,
            "weight_decay": weight_decay,
            "momentum": momentum,
            "nesterov": nesterov,
            "ns_coefficients": ns_coefficients,
            "eps": eps,
            "ns_steps": ns_steps,
            "adjust_lr_fn": adjust_lr_fn,
        }
        super().__init__(params, defaults)
        for group in self.param_groups:
            for each in group["params"]:
                if each.ndim != 2:
                    raise ValueError(
                        "Muon only supports 2D parameters whereas we found a parameter with size: "
                        f"{each.shape}\nGive the others to another optimizer, such as AdamW."
                    )

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """See the class."""
        lr, momentum = group["lr"], group["momentum"]
        memory = self.remembered(parameter)
        if not memory:
            memory["momentum_buffer"] = wrap(np.zeros_like(gradient))
        mean = memory["momentum_buffer"].array
        mean += (1 - momentum) * (gradient - mean)
        if group["nesterov"]:
            # From the nearer end, as PyTorch's lerp goes.
            mean = (
                gradient + momentum * (mean - gradient)
                if momentum < 0.5
                else mean - (mean - gradient) * (1 - momentum)
            )
        step = _orthogonal(mean, group["ns_coefficients"], group["ns_steps"], group["eps"])
        rows, columns = value.shape
        if group["adjust_lr_fn"] == "match_rms_adamw":
            scale = 0.2 * math.sqrt(max(rows, columns))
        else:
            scale = math.sqrt(max(1, rows / columns))
        value *= 1 - lr * group["weight_decay"]
        value -= lr * scale * step.astype(value.dtype)


def _orthogonal(
    matrix: Array, coefficients: tuple[float, float, float], steps: int, eps: float
) -> Array:
    """About ``U V^T`` of a matrix ``U S V^T``: steps ``X = a X + (b A + c A A) X``, with ``A = X X^T``.

    The polynomial drives singular values of at most 1 towards 1; the coefficients are chosen for speed,
    and leave them between 0.5 and 1.5. Computed in bfloat16, as PyTorch does.

    Raises:
        ValueError: there are too many steps or not three coefficients.
    """
    if steps >= 100:
        raise ValueError("Number of steps must be less than 100 for computational efficiency")
    if len(coefficients) != 3:
        raise ValueError("Coefficients must be a tuple of exactly 3 values")
    a, b, c = coefficients
    tall = matrix.shape[0] > matrix.shape[1]
    x = _bfloat16(matrix.T if tall else matrix)
    size = _bfloat16(np.sqrt(np.sum(x * x, dtype=np.float32)))
    x = _bfloat16(x / np.maximum(size, _bfloat16(np.float32(eps))))
    for _ in range(steps):
        gram = _bfloat16(x @ x.T)
        x = _bfloat16(a * x + _bfloat16(b * gram + c * (gram @ gram)) @ x)
    return x.T if tall else x


def _bfloat16(numbers: Any) -> Array:
    """float32 rounded to the 8 significant bits that a bfloat16 has, to even where it is halfway."""
    bits = np.asarray(numbers, np.float32).view(np.uint32)
    half = np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1))
    return ((bits + half) & np.uint32(0xFFFF0000)).view(np.float32)
