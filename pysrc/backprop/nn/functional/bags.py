"""Rows that are looked up in bags, such as the words of a sentence: one vector for each bag."""

from __future__ import annotations

import numpy as np

from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor
from ..scalar_types import scalar_type
from .lookup import shorten

__all__ = ["embedding_bag"]


def embedding_bag(
    input: Tensor,
    weight: Tensor,
    offsets: Tensor | None = None,
    max_norm: float | None = None,
    norm_type: float = 2,
    scale_grad_by_freq: bool = False,
    mode: str = "mean",
    sparse: bool = False,
    per_sample_weights: Tensor | None = None,
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> Tensor:
    """The sum, the mean or the largest elements of the rows of `weight` that are in each bag.

    >>> import backprop as torch
    >>> table = torch.tensor([[1.0], [10.0], [100.0]])
    >>> embedding_bag(torch.tensor([0, 1, 2]), table, torch.tensor([0, 1]), mode="sum")
    tensor([[  1.],
            [110.]])

    Args:
        input: whole numbers: (B, N) for B bags of N each; or (N,), which `offsets` split.
        weight: (num_embeddings, embedding_dim).
        offsets: (B,), where each bag begins in an input of one dimension.
        max_norm: longer rows are first shortened to this norm, in place.
        norm_type: the p of that norm.
        scale_grad_by_freq: whether the blame of a row is divided by how often it was looked up.
        mode: "sum", "mean" or "max"; an empty bag gives zeros.
        sparse: not available here.
        per_sample_weights: of the input's shape, what each row is multiplied by; for "sum" alone.
        include_last_offset: whether the last of the offsets is where the last bag ends.
        padding_idx: a row that counts for nothing, and is not learned.

    Returns:
        (B, embedding_dim).

    Raises:
        ValueError: the options contradict each other.
        RuntimeError: a number is no row of `weight`, or the offsets don't begin with 0.
        NotImplementedError: `sparse` is true, or there are weights for another mode than "sum".
    """
    table = weight.array
    _refuse_options(mode, sparse, scale_grad_by_freq, per_sample_weights, input)
    places, starts = _bags(input, offsets, include_last_offset)
    _refuse_places(input, places, len(table))
    if max_norm is not None:
        shorten(table, np.unique(places), max_norm, norm_type)
        weight.version_counter[0] += 1
    ignored = None if padding_idx is None else padding_idx % len(table)
    bag = np.searchsorted(starts, np.arange(len(places)), side="right") - 1
    counted = np.ones(len(places), bool) if ignored is None else places != ignored
    places_in, bag_in = places[counted], bag[counted]
    sizes = np.bincount(bag_in, minlength=len(starts)).astype(table.dtype)
    factors = np.ones(len(places_in), table.dtype)
    if per_sample_weights is not None:
        factors = per_sample_weights.array.reshape(-1)[counted]
    if mode == "mean":
        factors = factors / sizes[bag_in]
    rows = table[places_in]
    winners = None
    if mode == "max":
        y, winners = _largest(rows, bag_in, len(starts))
    else:
        y = np.zeros((len(starts), table.shape[1]), table.dtype)
        np.add.at(y, bag_in, rows * factors[:, None] if mode == "sum" else rows)
        if mode == "mean":
            y /= np.maximum(sizes, 1)[:, None]

    def rule(grad: Array) -> Gradients:
        share = grad[bag_in] * (factors[:, None] if winners is None else winners)
        full = np.zeros_like(table)
        np.add.at(full, places_in, share.astype(table.dtype))
        if scale_grad_by_freq:
            often = np.bincount(places, minlength=len(table))
            full /= np.maximum(often, 1)[:, None].astype(table.dtype)
        if per_sample_weights is None:
            return (full,)
        by_factor = np.zeros(len(places), table.dtype)
        by_factor[counted] = (grad[bag_in] * rows).sum(axis=1)
        return full, by_factor.reshape(per_sample_weights.array.shape)

    inputs = (weight,) if per_sample_weights is None else (weight, per_sample_weights)
    return tape(y, "EmbeddingBagBackward0", inputs, rule)


def _largest(rows: Array, bag: Array, count: int) -> tuple[Array, Array]:
    """The largest elements of each bag, and which elements they are: the first of equals."""
    y = np.zeros((count, rows.shape[1]), rows.dtype)
    winners = np.zeros(rows.shape, rows.dtype)
    for number in np.unique(bag):
        inside = np.flatnonzero(bag == number)
        first = inside[rows[inside].argmax(axis=0)]
        columns = np.arange(rows.shape[1])
        y[number] = rows[first, columns]
        winners[first, columns] = 1
    return y, winners


def _bags(input: Tensor, offsets: Tensor | None, with_end: bool) -> tuple[Array, Array]:
    """The numbers in one row, and where each bag begins."""
    places = input.array
    if places.ndim == 2:
        if offsets is not None:
            raise ValueError(
                "if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed "
                f"length sequences. However, found offsets of type {type(offsets)}\nEach row is a bag."
            )
        return places.reshape(-1), np.arange(len(places)) * places.shape[1]
    if places.ndim != 1:
        raise ValueError(
            f"input has to be 1D or 2D Tensor, but got Tensor of dimension {places.ndim}\n"
            "Each row is a bag; or offsets say where in one row the bags begin."
        )
    if offsets is None:
        raise ValueError(
            "offsets has to be a 1D Tensor but got None\nThey say where each bag begins."
        )
    starts = offsets.array
    if starts.ndim != 1:
        raise ValueError("offsets has to be a 1D Tensor\nThey say where each bag begins.")
    if len(starts) and starts[0] != 0:
        raise RuntimeError(
            "offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position "
            f"0. However, got {starts[0]}\nThe first bag begins at the beginning."
        )
    if len(starts) and starts[-1] > len(places):
        raise RuntimeError(
            f"offsets[-1] can not be greater than input's length {len(places)} but got offsets[-1] of "
            f"{starts[-1]}\nThe last bag begins within the input."
        )
    return places, starts[:-1] if with_end else starts


def _refuse_options(
    mode: str, sparse: bool, by_frequency: bool, factors: Tensor | None, input: Tensor
) -> None:
    if sparse:
        raise NotImplementedError(
            "sparse gradients are not part of backprop.\nLeave out sparse=True: the gradient is the same."
        )
    if factors is not None and factors.shape != input.shape:
        raise ValueError(
            f"embedding_bag: If per_sample_weights ({factors.shape}) is not None, then it must have the same "
            f"shape as the input ({input.shape})\nThere is one for each number."
        )
    if mode not in ("sum", "mean", "max"):
        raise ValueError("mode has to be one of sum, mean or max\nThe usual one is 'mean'.")
    if mode == "max" and by_frequency:
        raise ValueError(
            "max mode does not support scaling the gradient by the frequency\nLeave it out."
        )
    if factors is not None and mode != "sum":
        raise NotImplementedError(
            "embedding_bag: per_sample_weights was not None. per_sample_weights is only supported for "
            f"mode='sum' (got mode='{mode}'). Please open a feature request on GitHub.\nUse mode='sum'."
        )


def _refuse_places(input: Tensor, places: Array, count: int) -> None:
    if places.dtype not in (np.int64, np.int32):
        raise RuntimeError(
            "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; "
            f"but got torch.{scalar_type(input.dtype)}Tensor instead (while checking arguments for "
            "embedding_bag)\nConvert the numbers with .long()."
        )
    outside = np.flatnonzero((places < 0) | (places >= count))
    if outside.size:
        raise RuntimeError(
            f"Index {outside[0]} of input takes value {places[outside[0]]} which is not in the valid range "
            f"[0, {count})\nThere is no such row."
        )
