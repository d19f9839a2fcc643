"""Losses that ask the scores of true classes to be ahead of those of the others."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...ops.exponential import sigmoid_array
from ...tensor import Tensor
from .activation import real
from .loss import chosen_reduction, reduced
from .smooth import logsigmoid

__all__ = [
    "multi_margin_loss",
    "multilabel_margin_loss",
    "multilabel_soft_margin_loss",
    "soft_margin_loss",
]


def soft_margin_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """``log(1 + exp(-target * input))`` with targets 1 and -1, reduced."""
    reduction = chosen_reduction(size_average, reduce, reduction)
    score = input * target
    x, y = real(score, "soft_margin_loss"), target.array
    losses = np.maximum(-x, 0) + np.log1p(np.exp(-np.abs(x)))

    def slopes() -> Array:
        return -y * sigmoid_array(-x)

    return _of_each(losses, slopes, input, reduction, "SoftMarginLossBackward0")


def multi_margin_loss(
    input: Tensor,
    target: Tensor,
    p: int = 1,
    margin: float = 1.0,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """``sum max(0, margin - input[target] + input)^p / C`` over the other classes, reduced.

    Args:
        input: scores, (N, C) or (C,).
        target: class numbers, (N,) or ().
        p: 1 or 2.
        margin: by how much the true class should be ahead.
        weight: (C,), how much each true class counts.
        size_average: PyTorch's older name of a part of `reduction`, as is `reduce`.
        reduce: see `size_average`.
        reduction: "mean", "sum" or "none".

    Raises:
        ValueError: `p` is neither 1 nor 2.
        RuntimeError: a class number is not below C.
    """
    reduction = chosen_reduction(size_average, reduce, reduction)
    if p not in (1, 2):
        raise ValueError("only p == 1 and p == 2 supported\nLeave it out for the usual loss.")
    x = real(input, "multi_margin_loss").reshape(-1, input.array.shape[-1])
    true = target.array.reshape(-1, 1)
    if true.size and (true.min() < 0 or true.max() >= x.shape[1]):
        raise RuntimeError(f"target out of range\nThere are {x.shape[1]} classes, numbered from 0.")
    short = np.maximum(margin - np.take_along_axis(x, true, 1) + x, 0).astype(x.dtype)
    np.put_along_axis(short, true, 0, 1)
    scale = np.full(true.shape, 1 / x.shape[1], x.dtype)
    if weight is not None:
        scale *= weight.array[true]
    losses = ((short**p).sum(axis=1) * scale[:, 0]).reshape(target.array.shape)

    def slopes() -> Array:
        by = scale * ((short > 0) if p == 1 else 2 * short).astype(x.dtype)
        np.put_along_axis(by, true, -by.sum(axis=1, keepdims=True), 1)
        return by.reshape(input.array.shape)

    return _of_each(losses, slopes, input, reduction, "MultiMarginLossBackward0")


def multilabel_margin_loss(
    input: Tensor,
    target: Tensor,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """``sum max(0, 1 - (input[true] - input[other])) / C`` over all pairs of a true and another class.

    Args:
        input: scores, (N, C) or (C,).
        target: the numbers of the true classes, of the same shape; what follows a -1 does not count.
        size_average: PyTorch's older name of a part of `reduction`, as is `reduce`.
        reduce: see `size_average`.
        reduction: "mean", "sum" or "none".

    Raises:
        RuntimeError: a class number is not below C.
    """
    reduction = chosen_reduction(size_average, reduce, reduction)
    x = real(input, "multilabel_margin_loss").reshape(-1, input.array.shape[-1])
    numbers = target.array.reshape(x.shape)
    classes = x.shape[1]
    if numbers.size and (numbers.min() < -1 or numbers.max() >= classes):
        raise RuntimeError(
            f"argument #2 'target' is out of range\nThere are {classes} classes, numbered from 0."
        )
    counted = np.cumprod(numbers >= 0, axis=1).astype(bool)
    is_true = np.zeros(x.shape, bool)
    rows = np.broadcast_to(np.arange(len(x))[:, None], x.shape)
    is_true[rows[counted], numbers[counted]] = True
    # How far each other class (the last axis) is not yet behind each true one.
    short = np.maximum(
        1 - np.take_along_axis(x, np.maximum(numbers, 0), 1)[:, :, None] + x[:, None], 0
    )
    short = short * (counted[:, :, None] & ~is_true[:, None]) / x.dtype.type(classes)
    losses = short.sum(axis=(1, 2)).reshape(input.array.shape[:-1])

    def slopes() -> Array:
        pairs = (short > 0).astype(x.dtype) / x.dtype.type(classes)
        by = pairs.sum(axis=1)
        np.subtract.at(by, (rows, np.maximum(numbers, 0)), pairs.sum(axis=2))
        return by.reshape(input.array.shape)

    return _of_each(losses, slopes, input, reduction, "MultilabelMarginLossBackward0")


def multilabel_soft_margin_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """``-(y log s + (1 - y) log(1 - s))`` with s the sigmoid, averaged over the classes; then reduced.

    Args:
        input: scores, (N, C) or (C,).
        target: 1 for each class that is true, and 0; of the same shape.
        weight: (C,), how much each class counts.
        size_average: PyTorch's older name of a part of `reduction`, as is `reduce`.
        reduce: see `size_average`.
        reduction: "mean", "sum" or "none".
    """
    reduction = chosen_reduction(size_average, reduce, reduction)
    losses = -(target * logsigmoid(input) + (1 - target) * logsigmoid(-input))
    if weight is not None:
        losses = losses * weight
    return reduced(losses.sum(-1) / input.array.shape[-1], reduction)


def _of_each(
    losses: Array, slopes: Callable[[], Array], input: Tensor, reduction: str, name: str
) -> Tensor:
    """One loss for each example or element, reduced, and remembered.

    Args:
        losses: their shape is that of the first dimensions of the input.
        slopes: gives the slope of each by the input.
        input: the answers.
        reduction: "mean", "sum" or "none".
        name: PyTorch's name of the operation's backward.
    """
    kind = input.array.dtype.type
    count = losses.size

    def rule(grad: Array) -> Array:
        share = grad / kind(count) if reduction == "mean" else grad
        by = slopes()
        return by * np.reshape(share, share.shape + (1,) * (by.ndim - share.ndim))

    y = losses.astype(kind, copy=False)
    if reduction != "none":
        y = np.add.reduce(y, axis=None)
    if reduction == "mean":
        y = y / kind(count)
    return tape(y, name, (input,), rule, saved=(input,))
