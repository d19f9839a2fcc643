"""The linear layer as one operation: the place where speed comes before brevity.

Three steps, transpose, matrix product and addition, would be three nodes of the graph. Nearly every
step of a small network is spent here, so they are one, and gradients that nobody asked for are not
computed. The mathematics is that of `matmul` and `add`.
"""

from __future__ import annotations

import numpy as np

from ..autograd.node import Gradients
from ..autograd.record import record
from ..dtypes import Array
from ..tensor import Tensor
from .linear_algebra import _check_types, shapes_error

__all__: list[str] = []


def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """``input @ weight.T + bias``.

    With y = x W^T + b: dW = dy^T x (each weight is blamed by what came in through it), db = dy, and
    dx = dy W (the blame is handed back in proportion to the weights).

    Args:
        input: (..., in_features).
        weight: (out_features, in_features), or (in_features,) for a single number out.
        bias: (out_features,) or None.

    Raises:
        RuntimeError: the sizes or the types don't fit.
    """
    x, w = input.array, weight.array
    if x.ndim == 0 or x.shape[-1] != w.shape[-1]:
        rows = x.shape if x.ndim > 1 else (1, *x.shape)
        raise shapes_error((int(np.prod(rows[:-1])), rows[-1] if x.ndim else 1), w.T.shape)
    if x.dtype != w.dtype:
        _check_types(input, weight, "mat1 and mat2 must have the same dtype")
    y = x @ w.T
    if bias is not None:
        y += bias.array
    wants_input, wants_weight = input.requires_grad, weight.requires_grad
    flat = x.ndim == 2 and w.ndim == 2

    def rule(grad: Array) -> Gradients:
        if flat:
            errors, inputs = grad, x
        else:
            errors, inputs = grad.reshape(-1, w.size // w.shape[-1]), x.reshape(-1, x.shape[-1])
        by_input = (errors @ w.reshape(-1, w.shape[-1])).reshape(x.shape) if wants_input else None
        by_weight = (errors.T @ inputs).reshape(w.shape) if wants_weight else None
        if bias is None:
            return by_input, by_weight
        return by_input, by_weight, np.add.reduce(errors, axis=0).reshape(bias_shape)

    if bias is None:
        name = (
            "MmBackward0"
            if x.ndim == 2
            else "UnsafeViewBackward0"
            if x.ndim > 2
            else "SqueezeBackward4"
        )
        return record(y, name, (input, weight), rule, saved=(input, weight))
    bias_shape = bias.array.shape
    name = "AddmmBackward0" if x.ndim == 2 else "ViewBackward0"
    return record(y, name, (input, weight, bias), rule, saved=(input, weight))
