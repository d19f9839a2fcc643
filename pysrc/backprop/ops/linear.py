"""The linear layer as one operation: the place where speed comes before brevity.

Three steps, transpose, matrix product and addition, would be three nodes of the graph. Nearly every
step of a small network is spent here, so they are one, and gradients that nobody asked for are not
computed. The mathematics is that of `matmul` and `add`.
"""

from __future__ import annotations

import numpy as np

from ..autograd.node import Gradients
from ..autograd.tape import tape
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
    try:
        x, w = input.array, weight.array
    except AttributeError:
        raise TypeError(
            f"linear(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}\n"
            "Make a tensor of it first, with torch.tensor(...)."
        ) from None
    if x.ndim == 0 or x.shape[-1] != w.shape[-1]:
        raise _features_error(x.shape, w.shape)
    if x.dtype != w.dtype:
        _check_types(input, weight, "mat1 and mat2 must have the same dtype")
    y = x.dot(w.T) if x.ndim == 2 else x @ w.T
    if bias is not None:
        y += bias.array
    wants_input, wants_weight = input.requires_grad, weight.requires_grad
    # What the one's gradient is made of is the other.
    saved = (input,) * wants_weight + (weight,) * wants_input

    if x.ndim != 2 or w.ndim != 2:
        return _linear_of_any_shape(y, input, weight, bias, saved)

    if bias is None:

        def rule_without_bias(grad: Array) -> Gradients:
            return grad.dot(w) if wants_input else None, grad.T.dot(x) if wants_weight else None

        return tape(y, "MmBackward0", (input, weight), rule_without_bias, saved)

    def rule(grad: Array) -> Gradients:
        return (
            grad.dot(w) if wants_input else None,
            grad.T.dot(x) if wants_weight else None,
            np.add.reduce(grad),
        )

    return tape(y, "AddmmBackward0", (input, weight, bias), rule, saved)


def _features_error(x: tuple[int, ...], w: tuple[int, ...]) -> RuntimeError:
    """PyTorch's error for the product of the layer, and what it means for the layer."""
    rows = x if len(x) > 1 else (1, *x)
    features = rows[-1] if x else 1
    first = str(shapes_error((int(np.prod(rows[:-1])), features), w[::-1])).partition("\n")[0]
    return RuntimeError(
        f"{first}\nThe layer takes {w[-1]} features, but the input, of shape {list(x)}, has {features} in "
        f"its last dimension. Make the layer with in_features={features}, or look at what comes before it."
    )


def _linear_of_any_shape(
    y: Array, input: Tensor, weight: Tensor, bias: Tensor | None, saved: tuple[Tensor, ...]
) -> Tensor:
    """The same for one example, or for batches of batches: all rows of which are examples."""
    x, w = input.array, weight.array
    bias_shape = () if bias is None else bias.array.shape

    def rule(grad: Array) -> Gradients:
        errors = grad.reshape(-1, w.size // w.shape[-1])
        by_input = (errors @ w.reshape(-1, w.shape[-1])).reshape(x.shape)
        by_weight = (errors.T @ x.reshape(-1, x.shape[-1])).reshape(w.shape)
        if bias is None:
            return by_input, by_weight
        return by_input, by_weight, np.add.reduce(errors).reshape(bias_shape)

    if bias is not None:
        return tape(y, "ViewBackward0", (input, weight, bias), rule, saved)
    name = {1: "SqueezeBackward4", 2: "MmBackward0"}.get(x.ndim, "UnsafeViewBackward0")
    return tape(y, name, (input, weight), rule, saved)
