"""How many numbers fall into each of several bins."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..dtypes import Array
from ..return_types import histogram as histogram_type
from ..tensor import Tensor, method, wrap
from .operands import type_name
from .spacing import linspace

__all__ = ["histc", "histogram"]


@method()
def histc(input: Tensor, bins: int = 100, min: float = 0, max: float = 0) -> Tensor:
    """The number of elements in each of `bins` equal parts from `min` to `max`.

    >>> import backprop as torch
    >>> torch.histc(torch.tensor([1.0, 2.0, 1.0]), bins=4, min=0, max=3)
    tensor([0., 2., 1., 0.])

    Args:
        input: of any shape.
        bins: how many parts.
        min: where the first begins; with `max` the same, they are the smallest and the largest element.
        max: where the last ends, which is part of it.

    Raises:
        RuntimeError: there is no bin, or `max` is below `min`, or infinite.
        NotImplementedError: the elements are no real numbers.
    """
    x = _numbers(input, bins)
    first, last = _bounds(x, min, max, "torch.histc")
    edges = x.dtype.type(first), x.dtype.type(last)
    inside = x[(x >= edges[0]) & (x <= edges[1])]
    places = ((inside - edges[0]) / (edges[1] - edges[0]) * bins).astype(np.int64)
    counts = np.bincount(np.minimum(places, bins - 1), minlength=bins)
    return wrap(counts.astype(x.dtype))


@method()
def histogram(
    input: Tensor,
    bins: Any,
    *,
    range: tuple[float, float] | None = None,
    weight: Tensor | None = None,
    density: bool = False,
) -> Any:
    """How many elements each bin holds, and where the bins begin and end.

    Args:
        input: of any shape.
        bins: the number of equal bins, or a tensor of their edges.
        range: where equal bins begin and end; from the smallest to the largest element if left out.
        weight: how much each element counts; 1 if left out.
        density: divide by the sum and the width, so that the area is 1.

    Raises:
        RuntimeError: there is no bin, or the range is none.
        NotImplementedError: the elements are no real numbers.
    """
    x = _numbers(input, 1 if isinstance(bins, Tensor) else bins)
    if isinstance(bins, Tensor):
        edges = bins.array
    else:
        low, high = range or (0.0, 0.0)
        first, last = _bounds(x, low, high, "torch.histogram")
        edges = linspace(first, last, bins + 1, dtype=input.dtype).array
    inside = (x >= edges[0]) & (x <= edges[-1])
    places = np.searchsorted(edges, x[inside], side="right") - 1
    weights = None if weight is None else weight.array.reshape(-1)[inside]
    counts = np.bincount(np.minimum(places, len(edges) - 2), weights, len(edges) - 1)
    counts = counts.astype(x.dtype)
    if density:
        counts = counts / (counts.sum() * np.diff(edges))
    return histogram_type(wrap(counts), wrap(edges))


def _numbers(input: Tensor, bins: int) -> Array:
    if bins <= 0:
        raise RuntimeError(
            f"torch.histogram(): bins must be > 0, but got {bins} for dimension 0\nThere has to be a bin."
        )
    if input.array.dtype.kind != "f":
        raise NotImplementedError(
            f"\"histogram_cpu\" not implemented for '{type_name(input.dtype)}'\n"
            "Convert it first, with .float()."
        )
    return input.array.reshape(-1)


def _bounds(x: Array, low: float, high: float, name: str) -> tuple[float, float]:
    if low == high and x.size:
        low, high = float(x.min()), float(x.max())
    if not np.isfinite((low, high)).all():
        words = f"{low:g}, {high:g}".replace("nan", "-nan")
        raise RuntimeError(f"{name}: range of [{words}] is not finite\nGive min and max.")
    if high < low:
        raise RuntimeError(f"{name}: max must be larger than min\nThey are {high} and {low}.")
    return (low - 1, high + 1) if low == high else (low, high)
