"""What the layers compute, as functions."""

from __future__ import annotations

import warnings

from ..autograd.node import Gradients
from ..autograd.record import record
from ..dtypes import Array
from ..ops.arithmetic import square, sub
from ..ops.exponential import relu, sigmoid, tanh
from ..ops.linear import linear
from ..ops.operands import operands
from ..ops.reduction import log_softmax, softmax
from ..tensor import Tensor

__all__ = ["linear", "log_softmax", "mse_loss", "relu", "sigmoid", "softmax", "tanh"]


def reduce(losses: Tensor, reduction: str) -> Tensor:
    """One loss of many: their "mean", their "sum", or all of them for "none".

    Raises:
        ValueError: another word.
    """
    if reduction == "mean":
        return losses.mean()
    if reduction == "sum":
        return losses.sum()
    if reduction == "none":
        return losses
    raise ValueError(
        f"{reduction} is not a valid value for reduction\nIt is 'mean', 'sum' or 'none'."
    )


def warn_of_sizes(input: Tensor, target: Tensor) -> None:
    """Warn where broadcasting compares every answer with every target: seldom what was meant."""
    if input.array.shape != target.array.shape:
        warnings.warn(
            f"Using a target size ({target.shape}) that is different to the input size ({input.shape}). "
            "This will likely lead to incorrect results due to broadcasting. Please ensure they have "
            "the same size.",
            stacklevel=4,
        )


def mse_loss(input: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    """The squared differences, reduced: see `backprop.nn.MSELoss`.

    Its slope is ``2 (input - target) / n``: the blame of an answer is its distance from the target.
    """
    if input.array.shape != target.array.shape:
        warn_of_sizes(input, target)
        return reduce(square(sub(input, target)), reduction)
    if reduction != "mean":
        return reduce(square(sub(input, target)), reduction)
    a, b = operands(input, target)
    difference = a.array - b.array
    flat = difference.reshape(-1)
    wants_target = b.requires_grad

    def rule(grad: Array) -> Gradients:
        by_input = difference * (grad * difference.dtype.type(2 / flat.size))
        return by_input, -by_input if wants_target else None

    loss = flat.dot(flat) / flat.size
    return record(loss, "MseLossBackward0", (a, b), rule, saved=(a, b))
