"""Losses for classes: how surprising the true class was to the model."""

from __future__ import annotations

import numpy as np

from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...ops.reduction import log_softmax
from ...tensor import Tensor
from ..scalar_types import scalar_type
from .loss import chosen_reduction

__all__ = ["cross_entropy", "nll_loss"]


def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    """``-log softmax(input)[target]``: `nll_loss` of `log_softmax`, reduced.

    By the input its slope is ``softmax(input)`` less 1 at the true class: the answer less the truth.

    Args:
        input: unnormalized scores, (N, C), (C,) or (N, C, d1, ...).
        target: class numbers, of the shape of the input without C; or probabilities, of its shape.
        weight: (C,), how much each class counts.
        size_average: PyTorch's older name of a part of `reduction`, as is `reduce`.
        ignore_index: the class number of examples that don't count.
        reduce: see `size_average`.
        reduction: "mean" (over the weights of the true classes), "sum" or "none".
        label_smoothing: how much of the truth is spread over all classes (Szegedy et al., 2016).

    Raises:
        IndexError: a class number is not below C.
        ValueError, RuntimeError: the shapes or the types don't fit.
    """
    reduction = chosen_reduction(size_average, reduce, reduction)
    if not 0 <= label_smoothing <= 1:
        raise RuntimeError(
            f"label_smoothing must be between 0.0 and 1.0. Got: {label_smoothing:g}\n"
            "It is the share of the truth that is spread over all classes."
        )
    if input.array.dtype.kind != "f":
        raise NotImplementedError(
            f"\"log_softmax_lastdim_kernel_impl\" not implemented for '{scalar_type(input.dtype)}'\n"
            "Convert the scores first, with .float()."
        )
    classes = 0 if input.array.ndim == 1 else 1
    scores = log_softmax(input, classes)
    if target.array.shape == input.array.shape:
        return _of_probabilities(scores, target, weight, classes, reduction, label_smoothing)
    surprise = nll_loss(scores, target, weight, ignore_index=ignore_index, reduction=reduction)
    if label_smoothing == 0:
        return surprise
    share = label_smoothing / input.array.shape[classes]
    spread = _over_all_classes(scores, target, weight, classes, ignore_index, reduction)
    return surprise * (1 - label_smoothing) + spread * share


def nll_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    ignore_index: int = -100,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """``-weight[target] * input[target]`` of log-probabilities, reduced; see `cross_entropy`.

    Only the true class is blamed, by minus its weight.
    """
    reduction = chosen_reduction(size_average, reduce, reduction)
    check_classes(input, target, weight, ignore_index)
    x = input.array
    classes = 0 if x.ndim == 1 else 1
    places, weights = _true_classes(x, target.array, weight, classes, ignore_index)
    losses = -weights * np.take_along_axis(x, places, classes).squeeze(classes)
    total = np.add.reduce(weights, axis=None)

    def rule(grad: Array) -> Array:
        blame = -weights * (grad / total if reduction == "mean" else grad)
        full = np.zeros_like(x)
        np.put_along_axis(full, places, np.expand_dims(blame, classes), classes)
        return full

    name = "NllLossBackward0" if x.ndim < 3 else "NllLoss2DBackward0"
    if x.ndim == 3 and reduction == "none":
        name = "ViewBackward0"  # PyTorch sees an image of one row in it
    return tape(_reduced(losses, total, reduction), name, (input,), rule, saved=(input,))


def _over_all_classes(
    scores: Tensor,
    target: Tensor,
    weight: Tensor | None,
    classes: int,
    ignore_index: int,
    reduction: str,
) -> Tensor:
    """What label smoothing adds: ``-sum(scores)`` over all classes, as if each were the truth."""
    x = scores.array
    scale = _for_classes(weight, x, classes)
    _, weights = _true_classes(x, target.array, weight, classes, ignore_index)
    counted = (target.array != ignore_index).astype(x.dtype).reshape(weights.shape)
    losses = -counted * np.add.reduce(scale * x, axis=classes)
    total = np.add.reduce(weights, axis=None)

    def rule(grad: Array) -> Array:
        blame = -counted * (grad / total if reduction == "mean" else grad)
        return np.broadcast_to(scale * np.expand_dims(blame, classes), x.shape)

    name = {"mean": "DivBackward0", "sum": "SumBackward0", "none": "NegBackward0"}[reduction]
    return tape(_reduced(losses, total, reduction), name, (scores,), rule)


def _of_probabilities(
    scores: Tensor,
    target: Tensor,
    weight: Tensor | None,
    classes: int,
    reduction: str,
    smoothing: float,
) -> Tensor:
    """``-sum(target * scores)`` over the classes, reduced over the examples."""
    if target.array.dtype.kind != "f":
        raise RuntimeError(
            "Expected floating point type for target with class probabilities, got "
            f"{scalar_type(target.dtype)}\nGive class numbers of shape (N,), or convert the "
            "probabilities with .float()."
        )
    x = scores.array
    scale = _for_classes(weight, x, classes)
    count = x.size // max(x.shape[classes], 1)
    truth = (target.array * (1 - smoothing) + smoothing / x.shape[classes]).astype(x.dtype)
    losses = -np.add.reduce(x * truth * scale, axis=classes)

    def rule(grad: Array) -> Gradients:
        share = grad / count if reduction == "mean" else grad
        share = np.expand_dims(share, classes) if reduction == "none" else share
        by_scores = (-truth * scale * share).astype(x.dtype)
        return by_scores, (-x * scale * (1 - smoothing) * share).astype(target.array.dtype)

    name = "DivBackward1" if reduction == "mean" else "NegBackward0"
    loss = _reduced(losses, x.dtype.type(count), reduction)
    return tape(loss, name, (scores, target), rule, saved=(scores, target))


def _for_classes(weight: Tensor | None, x: Array, classes: int) -> Array:
    """The weights of the classes, to be multiplied with scores of shape (N, C, ...)."""
    if weight is None:
        return np.ones((), x.dtype)
    return weight.array.reshape([-1 if axis == classes else 1 for axis in range(x.ndim)])


def _true_classes(
    x: Array, target: Array, weight: Tensor | None, classes: int, ignore_index: int
) -> tuple[Array, Array]:
    """Where the true classes stand in `x`, and how much each example counts."""
    truth = target.astype(np.int64).reshape(x.shape[:classes] + x.shape[classes + 1 :])
    counted = truth != ignore_index
    places = np.where(counted, truth, 0)
    weights = counted.astype(x.dtype)
    if weight is not None:
        weights *= weight.array[places]
    return np.expand_dims(places, classes), weights


def _reduced(losses: Array, total: Array, reduction: str) -> Array:
    if reduction == "none":
        return losses
    loss = np.add.reduce(losses, axis=None)
    return loss / total if reduction == "mean" else loss


def check_classes(input: Tensor, target: Tensor, weight: Tensor | None, ignore_index: int) -> None:
    """Check that there is one class number for each example, below the number of classes.

    Raises:
        IndexError: a class number is not below it, or negative.
        ValueError, RuntimeError: the shapes or the types don't fit.
    """
    x, truth = input.array.shape, target.array
    what = "\nThe target of N examples is N class numbers, a tensor of shape (N,) and dtype int64."
    if len(x) == 1 and truth.size != 1:
        raise ValueError(
            f"For 1D input, 1D target must have size 1, but got target size: {truth.size}{what}"
        )
    if len(x) > 1 and truth.shape[:1] != x[:1]:
        found = truth.shape[0] if truth.ndim else 0
        raise ValueError(
            f"Expected input batch_size ({x[0]}) to match target batch_size ({found}).{what}"
        )
    if len(x) == 2 and truth.ndim != 1:
        raise RuntimeError(
            f"0D or 1D target tensor expected, multi-target not supported{what} Drop a dimension of "
            "size 1 with target.squeeze(1)."
        )
    if len(x) > 2 and truth.shape != x[:1] + x[2:]:
        raise RuntimeError(
            f"Expected target size {[x[0], *x[2:]]}, got {list(truth.shape)}\n"
            "The target has the shape of the scores without the dimension of the classes."
        )
    if target.dtype.name not in ("int64", "uint8"):
        raise RuntimeError(
            "expected target dtype to be Long or Byte, but got "
            f"{scalar_type(target.dtype)}\nConvert the class numbers with .long(); probabilities have the "
            "shape of the scores."
        )
    classes = x[0] if len(x) == 1 else x[1]
    if weight is not None and weight.array.shape != (classes,):
        raise RuntimeError(
            f"weight tensor should be defined either for all {classes} classes or no classes but got "
            f"weight tensor of shape: {list(weight.array.shape)}\nThere is one weight for each class."
        )
    outside = ((truth < 0) | (truth >= classes)) & (truth != ignore_index)
    if outside.any():
        raise IndexError(
            f"Target {truth[outside].flat[0]} is out of bounds.\nThere are {classes} classes, numbered "
            f"from 0 to {classes - 1}."
        )
