"""Places in sorted numbers."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from ..tensor import Tensor, method, wrap
from .operands import as_operand

__all__ = ["bucketize", "searchsorted"]


def searchsorted(
    sorted_sequence: Tensor,
    input: Any,
    *,
    out_int32: bool = False,
    right: bool = False,
    side: str | None = None,
    sorter: Tensor | None = None,
) -> Tensor:
    """Where each of `input` would be inserted to keep the last dimension in order.

    Args:
        sorted_sequence: numbers in order along the last dimension; one row, or a row for each of `input`'s.
        input: a tensor or a number.
        out_int32: places in int32 instead of int64.
        right: behind equal numbers, instead of before them.
        side: "left" or "right", which says the same.
        sorter: the places that would bring an unsorted sequence in order.

    Raises:
        RuntimeError: the rows of the two don't fit each other, or `side` contradicts `right`.
    """
    if side == "left" and right:
        raise RuntimeError(
            "torch.searchsorted(): side and right can't be set to opposites, got side of left while right "
            "was True"
        )
    where: Literal["left", "right"] = "right" if right or side == "right" else "left"
    values = as_operand(input, sorted_sequence).array
    numbers = sorted_sequence.array
    if sorter is not None:
        numbers = np.take_along_axis(numbers, sorter.array, -1)
    kind = np.int32 if out_int32 else np.int64
    if numbers.ndim == 1:
        return wrap(np.searchsorted(numbers, values, where).astype(kind))
    if numbers.shape[:-1] != values.shape[:-1]:
        raise RuntimeError(
            "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of "
            "boundaries tensor and input value tensor must match, but we got boundaries tensor "
            f"{list(numbers.shape)} and input value tensor {list(values.shape)}"
        )
    rows = numbers.reshape(-1, numbers.shape[-1])
    sought = values.reshape(-1, values.shape[-1])
    found = [np.searchsorted(row, each, where) for row, each in zip(rows, sought, strict=True)]
    return wrap(np.array(found, kind).reshape(values.shape))


@method()
def bucketize(
    input: Any, boundaries: Tensor, *, out_int32: bool = False, right: bool = False
) -> Tensor:
    """In which of the buckets between `boundaries`, 1-D and in order, each number falls.

    Raises:
        RuntimeError: the boundaries are not 1-D.
    """
    if boundaries.ndim != 1:
        raise RuntimeError(f"boundaries tensor must be 1 dimension, but got dim({boundaries.ndim})")
    return searchsorted(boundaries, input, out_int32=out_int32, right=right)
