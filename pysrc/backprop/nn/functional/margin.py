"""Losses that ask for a margin between two answers, or between two distances."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...ops.picking import where
from ...tensor import Tensor, wrap
from .distance import pairwise_distance
from .loss import chosen_reduction, reduced

__all__ = [
    "cosine_embedding_loss",
    "hinge_embedding_loss",
    "margin_ranking_loss",
    "triplet_margin_loss",
    "triplet_margin_with_distance_loss",
]

Distance = Callable[[Tensor, Tensor], Tensor]


def margin_ranking_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """``max(0, -target (input1 - input2) + margin)``, reduced: with a target of 1 the first should be larger.

    Raises:
        RuntimeError: the three have not the same number of dimensions.
    """
    reduction = chosen_reduction(size_average, reduce, reduction)
    if not input1.ndim == input2.ndim == target.ndim:
        raise RuntimeError(
            "margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: "
            f"{input1.shape}, input2: {input2.shape}, target: {target.shape} \n"
            "There is one target, 1 or -1, for each pair."
        )
    return reduced((-target * (input1 - input2) + margin).clamp_min(0), reduction)


def hinge_embedding_loss(
    input: Tensor,
    target: Tensor,
    margin: float = 1.0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """The distance itself where the target is 1, ``max(0, margin - input)`` where it is -1; reduced."""
    reduction = chosen_reduction(size_average, reduce, reduction)
    zero = wrap(np.zeros((), input.array.dtype))
    apart = where(target.ne(1), (margin - input).clamp_min(0), zero)
    return reduced(apart + where(target.ne(-1), input, zero), reduction)


def cosine_embedding_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: float = 0,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """``1 - cos`` of two vectors where the target is 1, ``max(0, cos - margin)`` where it is -1; reduced.

    Args:
        input1: (N, D) or (D,).
        input2: likewise.
        target: (N,) or (), of 1 and -1.
        margin: the cosine up to which nothing is lost where the target is -1.
        size_average: PyTorch's older name of a part of `reduction`, as is `reduce`.
        reduce: see `size_average`.
        reduction: "mean", "sum" or "none".

    Raises:
        RuntimeError: the targets have more than one dimension.
    """
    reduction = chosen_reduction(size_average, reduce, reduction)
    if target.ndim > 1:
        raise RuntimeError(
            "0D or 1D target tensor expected, multi-target not supported\nThere is one target a pair."
        )
    dim = target.ndim
    least = 1e-12  # PyTorch's, which is added to the squares
    sizes = ((input1 * input1).sum(dim) + least) * ((input2 * input2).sum(dim) + least)
    cosine = (input1 * input2).sum(dim) / sizes.sqrt()
    zero = wrap(np.zeros_like(cosine.array))
    alike = where(target.eq(1), 1 - cosine, zero)
    return reduced(alike + where(target.eq(-1), (cosine - margin).clamp_min(0), zero), reduction)


def triplet_margin_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    margin: float = 1.0,
    p: float = 2,
    eps: float = 1e-6,
    swap: bool = False,
    size_average: bool | None = None,
    reduce: bool | None = None,
    reduction: str = "mean",
) -> Tensor:
    """``max(0, margin + d(anchor, positive) - d(anchor, negative))`` with p-distances, reduced.

    With `swap` the negative is compared with whichever it is nearer to, the anchor or the positive
    (Balntas et al., 2016).

    Raises:
        ValueError: the margin is not above 0.
        RuntimeError: the three have not the same number of dimensions.

    Source: Weinberger and Saul, Distance Metric Learning (2009).
    """
    reduction = chosen_reduction(size_average, reduce, reduction)
    if margin <= 0:
        raise ValueError(
            f"margin must be greater than 0, got {margin}\nWithout one, equal distances would do."
        )
    if not anchor.ndim == positive.ndim == negative.ndim:
        raise RuntimeError(
            "The anchor, positive, and negative tensors are expected to have the same number of dimensions, "
            f"but got: anchor {anchor.ndim}D, positive {positive.ndim}D, and negative {negative.ndim}D inputs"
            "\nEach row is one example."
        )

    def distance(first: Tensor, second: Tensor) -> Tensor:
        return pairwise_distance(first, second, p, eps)

    return _triplet(anchor, positive, negative, distance, margin, swap, reduction)


def triplet_margin_with_distance_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    distance_function: Distance | None = None,
    margin: float = 1.0,
    swap: bool = False,
    reduction: str = "mean",
) -> Tensor:
    """`triplet_margin_loss` with a distance of one's own; `pairwise_distance` if left out."""
    reduction = chosen_reduction(None, None, reduction)
    if margin <= 0:
        raise ValueError(
            f"margin must be greater than 0, got {margin}\nWithout one, equal distances would do."
        )
    distance = distance_function or pairwise_distance
    return _triplet(anchor, positive, negative, distance, margin, swap, reduction)


def _triplet(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    distance: Distance,
    margin: float,
    swap: bool,
    reduction: str,
) -> Tensor:
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = far.minimum(distance(positive, negative))
    return reduced((margin + near - far).clamp_min(0), reduction)
