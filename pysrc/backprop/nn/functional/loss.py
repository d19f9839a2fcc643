"""Losses for numbers: how far the answers are from the targets."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...autograd.broadcasting import unbroadcast
from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...ops.arithmetic import mul, sub
from ...ops.operands import operands
from ...ops.powers import square
from ...tensor import Tensor
from ...warning import warn
from .activation import real

__all__ = ["huber_loss", "l1_loss", "mse_loss", "smooth_l1_loss"]


def mse_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """The squared differences, reduced: see `backprop.nn.MSELoss`.

    Its slope is ``2 (input - target) / n``: the blame of an answer is its distance from the target.
    """
    if reduction != "mean" or size_average is not None or reduce is not None:
        reduction = chosen_reduction(size_average, reduce, reduction)
    if input.array.shape != target.array.shape:
        warn_of_sizes(input, target)
    a, b = operands(input, target)
    if weight is not None:
        return weighted(square(sub(a, b)), weight, reduction)
    difference = real(a, "mse_cpu") - b.array
    if reduction != "mean" or a.array.shape != b.array.shape:

        def slopes() -> Gradients:
            return 2 * difference, -2 * difference

        losses = difference * difference
        return pointwise(losses, slopes, (a, b), reduction, "MseLossBackward0")

    # The usual case, and the last step of most training, without a detour.
    flat = difference.reshape(-1)
    wants_target = b.requires_grad

    def rule(grad: Array) -> Gradients:
        by_input = difference * (grad * difference.dtype.type(2 / max(flat.size, 1)))
        return by_input, -by_input if wants_target else None

    loss = flat.dot(flat) / flat.size
    return tape(loss, "MseLossBackward0", (a, b), rule, saved=(a, b))


def l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    weight: Tensor | None = None,
) -> Tensor:
    """The distances ``|input - target|``, reduced; the slope is 1 or -1, however large the error."""
    reduction = chosen_reduction(size_average, reduce, reduction)
    warn_of_sizes(input, target)
    distance = sub(input, target).abs()
    return reduced(distance, reduction) if weight is None else weighted(distance, weight, reduction)


def smooth_l1_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    beta: float = 1.0,
) -> Tensor:
    """``d^2 / (2 beta)`` for a distance d below `beta`, ``d - beta / 2`` above: a rounded `l1_loss`.

    Source: Girshick, Fast R-CNN (2015).

    Raises:
        RuntimeError: `beta` is negative.
    """
    reduction = chosen_reduction(size_average, reduce, reduction)
    if beta < 0:
        raise RuntimeError(
            "smooth_l1_loss does not support negative values for beta.\n"
            "It is the distance below which the loss is squared."
        )
    if beta == 0:
        return l1_loss(input, target, reduction=reduction)
    warn_of_sizes(input, target)
    a, b = operands(input, target)
    difference = real(a, "smooth_l1_loss_cpu") - b.array
    distance, near = np.abs(difference), np.abs(difference) < beta
    losses = np.where(near, difference * difference / (2 * beta), distance - beta / 2)

    def slopes() -> Gradients:
        slope = np.where(near, difference / beta, np.sign(difference))
        return slope, -slope

    return pointwise(losses, slopes, (a, b), reduction, "SmoothL1LossBackward0")


def huber_loss(
    input: Tensor,
    target: Tensor,
    reduction: str = "mean",
    delta: float = 1.0,
    weight: Tensor | None = None,
) -> Tensor:
    """``d^2 / 2`` for a distance d up to `delta`, ``delta (d - delta / 2)`` above.

    Source: Huber, Robust Estimation of a Location Parameter (1964).

    Raises:
        RuntimeError: `delta` is not above 0.
    """
    reduction = chosen_reduction(None, None, reduction)
    if delta <= 0:
        raise RuntimeError(
            "huber_loss does not support non-positive values for delta.\n"
            "It is the distance up to which the loss is squared."
        )
    warn_of_sizes(input, target)
    a, b = operands(input, target)
    difference = real(a, "huber_cpu") - b.array
    distance = np.abs(difference)
    near = distance <= delta
    losses = np.where(near, difference * difference / 2, delta * (distance - delta / 2))

    def slopes() -> Gradients:
        slope = np.where(near, difference, delta * np.sign(difference))
        return slope, -slope

    each = "none" if weight is not None else reduction
    loss = pointwise(losses, slopes, (a, b), each, "HuberLossBackward0")
    return loss if weight is None else weighted(loss, weight, reduction)


# What the losses share


def pointwise(
    losses: Array,
    slopes: Callable[[], Gradients],
    inputs: tuple[Tensor, Tensor],
    reduction: str,
    name: str,
) -> Tensor:
    """A loss of each element, reduced, and remembered.

    Args:
        losses: one loss an element, broadcast.
        slopes: gives the slope of each by the input, and by the target.
        inputs: the input and the target.
        reduction: "mean", "sum" or "none".
        name: PyTorch's name of the operation's backward.
    """
    a, b = inputs
    kind, count = a.array.dtype.type, losses.size

    def rule(grad: Array) -> Gradients:
        share = grad / kind(count) if reduction == "mean" else grad
        by_input, by_target = slopes()
        return (
            unbroadcast((by_input * share).astype(kind), a.array.shape),
            unbroadcast((by_target * share).astype(kind), b.array.shape),
        )

    losses = losses.astype(kind, copy=False)
    if reduction == "mean":
        losses = np.true_divide(np.add.reduce(losses, axis=None), count, dtype=kind)
    elif reduction == "sum":
        losses = np.add.reduce(losses, axis=None)
    return tape(losses, name, inputs, rule, saved=inputs)


def reduced(losses: Tensor, reduction: str) -> Tensor:
    """One loss of many: their "mean", their "sum", or all of them for "none"."""
    if reduction == "mean":
        return losses.mean()
    return losses.sum() if reduction == "sum" else losses


def weighted(losses: Tensor, weight: Tensor, reduction: str) -> Tensor:
    """The losses times their weights, reduced; the mean is divided by the sum of the weights.

    Raises:
        ValueError: there is not one weight for each loss.
    """
    if weight.array.shape != losses.array.shape:
        raise ValueError(
            "Weights and input must have the same size.\n"
            f"There are weights of shape {tuple(weight.shape)} for losses of shape {tuple(losses.shape)}."
        )
    total = reduced(mul(losses, weight), "none" if reduction == "none" else "sum")
    return total / weight.sum() if reduction == "mean" else total


REDUCTIONS = ("mean", "sum", "none")


def chosen_reduction(size_average: bool | None, reduce: bool | None, reduction: str) -> str:
    """The word that says how losses become one, also from PyTorch's two older arguments.

    Raises:
        ValueError: another word than "mean", "sum" and "none".
    """
    reduction = older_reduction(size_average, reduce, reduction)
    if reduction == "elementwise_mean":
        warn(
            "reduction='elementwise_mean' is deprecated. Please use reduction='mean' instead.",
        )
        return "mean"
    if reduction not in REDUCTIONS:
        raise ValueError(
            f"{reduction} is not a valid value for reduction\nIt is 'mean', 'sum' or 'none'."
        )
    return reduction


def older_reduction(size_average: bool | None, reduce: bool | None, reduction: str) -> str:
    """The word that PyTorch's older arguments mean, if one of them is given; otherwise `reduction`."""
    if size_average is None and reduce is None:
        return reduction
    for each in (size_average, reduce):
        if isinstance(each, Tensor) and each.array.size > 1:
            raise RuntimeError(
                "Boolean value of Tensor with more than one value is ambiguous\nA loss is made first, and "
                "called then: nn.MSELoss()(prediction, target), with two pairs of brackets."
            )
    averages = size_average is None or bool(size_average)
    reduces = reduce is None or bool(reduce)
    meant = "none" if not reduces else "mean" if averages else "sum"
    warn(
        f"size_average and reduce args will be deprecated, please use reduction='{meant}' instead.",
    )
    return meant


def warn_of_sizes(input: Tensor, target: Tensor) -> None:
    """Warn where broadcasting compares every answer with every target: seldom what was meant."""
    if input.array.shape != target.array.shape:
        warn(
            f"Using a target size ({target.shape}) that is different to the input size ({input.shape}). "
            "This will likely lead to incorrect results due to broadcasting. Please ensure they have "
            "the same size.",
        )
