"""Losses for probabilities: how surprising the truth was to the model, and distributions compared."""

from __future__ import annotations

import numpy as np

from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...nearest import nearest_of_few
from ...ops.arithmetic import mul, sub
from ...ops.exponential import exp, sigmoid_array
from ...ops.operands import floating
from ...tensor import Tensor
from ...warning import warn
from ..scalar_types import scalar_type
from .loss import chosen_reduction, pointwise, reduced

__all__ = ["binary_cross_entropy", "binary_cross_entropy_with_logits", "kl_div"]


def binary_cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """``-(y log p + (1 - y) log(1 - p))`` of probabilities p and targets y, reduced.

    The slope by p is ``(p - y) / (p (1 - p))``. Logarithms are taken to be at least -100, as in PyTorch,
    so that a certainty that was wrong costs much, and not infinitely much.

    Raises:
        ValueError: the shapes differ.
        RuntimeError: the types differ, or a number is no probability.
    """
    reduction = chosen_reduction(size_average, reduce, reduction)
    p, y = input.array, target.array
    if p.shape != y.shape:
        raise ValueError(
            f"Using a target size ({target.shape}) that is different to the input size ({input.shape}) is "
            "deprecated. Please ensure they have the same size.\n"
            "Give both one shape, such as with target.unsqueeze(1) or output.squeeze(1)."
        )
    if p.dtype != y.dtype:
        raise RuntimeError(
            f"Found dtype {scalar_type(target.dtype)} but expected {scalar_type(input.dtype)}\n"
            "Convert the target, with .float()."
        )
    if not ((p >= 0) & (p <= 1)).all():
        raise RuntimeError(
            "all elements of input should be between 0 and 1\n"
            "Put a sigmoid before this loss, or use the loss 'with logits', which has one inside."
        )
    with np.errstate(divide="ignore"):
        log_p = np.maximum(nearest_of_few(np.log, p), -100)
        log_rest = np.maximum(nearest_of_few(np.log1p, -p), -100)
    scale = 1 if weight is None else weight.array

    def slopes() -> Gradients:
        by_input = scale * (p - y) / np.maximum((1 - p) * p, p.dtype.type(1e-12))
        return by_input, scale * (log_rest - log_p)

    losses = -scale * (y * log_p + (1 - y) * log_rest)
    return pointwise(losses, slopes, (input, target), reduction, "BinaryCrossEntropyBackward0")


def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    pos_weight: Tensor | None = None,
) -> Tensor:
    """`binary_cross_entropy` of ``sigmoid(input)``, without the rounding errors of the two steps.

    Where `pos_weight` is 1 the slope by the input is ``sigmoid(input) - target``: the answer less the
    truth, as in linear regression.

    Raises:
        ValueError: the shapes differ.
    """
    reduction = chosen_reduction(size_average, reduce, reduction)
    if target.array.shape != input.array.shape:
        raise ValueError(
            f"Target size ({target.shape}) must be the same as input size ({input.shape})\n"
            "Give both one shape, such as with target.unsqueeze(1) or output.squeeze(1)."
        )
    if target.array.dtype.kind != "f":
        raise RuntimeError(
            f"result type Float can't be cast to the desired output type {scalar_type(target.dtype)}\n"
            "Convert the target, with .float()."
        )
    x, y = floating(input).array, target.array
    scale = 1 if weight is None else weight.array
    positive = 1 if pos_weight is None else pos_weight.array
    # -log sigmoid(x) = log(1 + e^-|x|) + max(-x, 0), in which nothing overflows.
    surprise = nearest_of_few(np.log1p, nearest_of_few(np.exp, -np.abs(x))) + np.maximum(-x, 0)

    def slopes() -> Gradients:
        p = sigmoid_array(x)
        by_input = scale * ((1 - y) * p - positive * y * (1 - p))
        return by_input, scale * ((positive - 1) * surprise - x)

    losses = scale * ((1 - y) * x + (1 + (positive - 1) * y) * surprise)
    name = "BinaryCrossEntropyWithLogitsBackward0"
    return pointwise(losses, slopes, (input, target), reduction, name)


def kl_div(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
    log_target: bool = False,
) -> Tensor:
    """``target * (log(target) - input)``, reduced: how far log-probabilities are from a distribution.

    "batchmean", the sum divided by the number of rows, is the divergence of the textbooks (Kullback and
    Leibler, 1951); "mean" divides by the number of all elements.
    """
    by_rows = reduction == "batchmean"
    reduction = "sum" if by_rows else chosen_reduction(size_average, reduce, reduction)
    if reduction == "mean":
        warn(
            "reduction: 'mean' divides the total loss by both the batch size and the support size."
            "'batchmean' divides only by the batch size, and aligns with the KL div math definition."
            "'mean' will be changed to behave the same as 'batchmean' in the next major release.",
        )
    if log_target:
        losses = mul(exp(target), sub(target, input))
    else:
        losses = sub(_times_own_logarithm(target), mul(target, input))
    total = reduced(losses, reduction)
    return total / input.array.shape[0] if by_rows and input.array.ndim else total


def _times_own_logarithm(p: Tensor) -> Tensor:
    """``p log(p)``, which is 0 at 0; its slope is ``log(p) + 1``."""
    x = p.array
    with np.errstate(divide="ignore", invalid="ignore"):
        logarithm = np.log(x)

    def rule(grad: Array) -> Array:
        return grad * (logarithm + 1)

    return tape(np.where(x == 0, 0, x * logarithm), "XlogyBackward0", (p,), rule, saved=(p,))
