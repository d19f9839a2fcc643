"""Adaptive pooling: as many windows as the output is to have, whatever the size of the input.

Along each dimension, window number i of n goes from ``floor(i size / n)`` to ``ceil((i + 1) size / n)``:
the windows are as equal as whole numbers let them be, and overlap where they must.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor, wrap_counts
from .activation import real
from .windows import Sizes

__all__ = [
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "adaptive_avg_pool3d",
    "adaptive_max_pool1d",
    "adaptive_max_pool1d_with_indices",
    "adaptive_max_pool2d",
    "adaptive_max_pool2d_with_indices",
    "adaptive_max_pool3d",
    "adaptive_max_pool3d_with_indices",
]


def adaptive_avg_pool1d(input: Tensor, output_size: Any) -> Tensor:
    """`adaptive_avg_pool2d` of series, (N, C, L) or (C, L)."""
    return _average(1, input, output_size)


def adaptive_avg_pool2d(input: Tensor, output_size: Any) -> Tensor:
    """The mean of each window, of which there are `output_size`.

    >>> import backprop as torch
    >>> adaptive_avg_pool2d(torch.tensor([[[1.0, 2.0, 3.0]]]), (1, 2))
    tensor([[[1.5000, 2.5000]]])

    Args:
        input: (N, C, H, W) or (C, H, W).
        output_size: one number, or height and width; None for that of the input.

    Raises:
        RuntimeError: the input has other dimensions.
        NotImplementedError: its elements are whole numbers.
    """
    return _average(2, input, output_size)


def adaptive_avg_pool3d(input: Tensor, output_size: Any) -> Tensor:
    """`adaptive_avg_pool2d` of volumes, (N, C, D, H, W) or (C, D, H, W)."""
    return _average(3, input, output_size)


def _average(dimensions: int, input: Tensor, output_size: Any) -> Tensor:
    name = f"adaptive_avg_pool{dimensions}d"
    _refuse_other_dimensions(input, name, dimensions, ", but got")
    x = real(input, name)
    first = x.ndim - dimensions
    wanted = _wanted(output_size, x.shape[first:])
    # The windows are those of each dimension multiplied, so the means can be taken one after the other.
    shares = [
        _shares(size, count, x.dtype) for size, count in zip(x.shape[first:], wanted, strict=True)
    ]
    y = x
    for axis, share in enumerate(shares, first):
        y = along(axis, share, y)

    def rule(grad: Array) -> Array:
        for axis, share in enumerate(shares, first):
            grad = along(axis, share.T, grad)
        return grad

    # PyTorch takes a series for an image of one row, and one window for the mean of all.
    title = "SqueezeBackward1" if dimensions == 1 else f"AdaptiveAvgPool{dimensions}DBackward0"
    if dimensions > 1 and max(wanted) == 1:
        title = "MeanBackward1"
    return tape(np.ascontiguousarray(y), title, (input,), rule)


def _shares(size: int, count: int, kind: Any) -> Array:
    """How much each of `size` elements counts in each of `count` windows: (count, size)."""
    table = np.zeros((count, size), kind)
    for row, (start, end) in zip(table, _bounds(size, count), strict=True):
        row[start:end] = 1 / (end - start)
    return table


def along(axis: int, table: Array, x: Array) -> Array:
    """A matrix, applied along one axis."""
    return np.moveaxis(np.moveaxis(x, axis, -1) @ table.T, -1, axis)


def adaptive_max_pool1d(input: Tensor, output_size: Any, return_indices: bool = False) -> Any:
    """`adaptive_max_pool2d` of series, (N, C, L) or (C, L)."""
    result = _maximum(1, input, output_size)
    return result if return_indices else result[0]


def adaptive_max_pool2d(input: Tensor, output_size: Any, return_indices: bool = False) -> Any:
    """The largest element of each window, of which there are `output_size`; it takes all the blame.

    Args:
        input: (N, C, H, W) or (C, H, W).
        output_size: one number, or height and width; None for that of the input.
        return_indices: whether to return also where in its (flattened) image each winner stands.

    Raises:
        RuntimeError: the input has other dimensions.
    """
    result = _maximum(2, input, output_size)
    return result if return_indices else result[0]


def adaptive_max_pool3d(input: Tensor, output_size: Any, return_indices: bool = False) -> Any:
    """`adaptive_max_pool2d` of volumes, (N, C, D, H, W) or (C, D, H, W)."""
    result = _maximum(3, input, output_size)
    return result if return_indices else result[0]


def adaptive_max_pool1d_with_indices(
    input: Tensor, output_size: Any, return_indices: bool = False
) -> tuple[Tensor, Tensor]:
    """`adaptive_max_pool1d`, with the places of the winners."""
    return _maximum(1, input, output_size)


def adaptive_max_pool2d_with_indices(
    input: Tensor, output_size: Any, return_indices: bool = False
) -> tuple[Tensor, Tensor]:
    """`adaptive_max_pool2d`, with the places of the winners."""
    return _maximum(2, input, output_size)


def adaptive_max_pool3d_with_indices(
    input: Tensor, output_size: Any, return_indices: bool = False
) -> tuple[Tensor, Tensor]:
    """`adaptive_max_pool3d`, with the places of the winners."""
    return _maximum(3, input, output_size)


def _maximum(dimensions: int, input: Tensor, output_size: Any) -> tuple[Tensor, Tensor]:
    name = f"adaptive_max_pool{dimensions}d"
    _refuse_other_dimensions(input, name, dimensions, ", but got:")
    x = real(input, name)
    size = x.shape[x.ndim - dimensions :]
    wanted = _wanted(output_size, size)
    images = x.reshape(-1, *size)
    number = np.arange(images[0].size).reshape(size) if len(images) else np.zeros(size, int)
    best = np.empty((len(images), *wanted), x.dtype)
    winner = np.empty(best.shape, np.int64)
    bounds = [_bounds(length, count) for length, count in zip(size, wanted, strict=True)]
    for place in itertools.product(*[range(count) for count in wanted]):
        window: Any = tuple(slice(*along[step]) for along, step in zip(bounds, place, strict=True))
        inside = images[(slice(None), *window)].reshape(len(images), -1)
        # NumPy's argmax lets NaN win, and the first of equals, as PyTorch does.
        first = inside.argmax(axis=1)
        here: Any = (slice(None), *place)
        best[here] = inside[np.arange(len(images)), first]
        winner[here] = number[window].reshape(-1)[first]
    shape = x.shape[: x.ndim - dimensions] + wanted

    def rule(grad: Array) -> Array:
        full = np.zeros((len(images), number.size), grad.dtype)
        rows = np.arange(len(images))[:, None]
        np.add.at(full, (rows, winner.reshape(len(images), -1)), grad.reshape(len(images), -1))
        return full.reshape(x.shape)

    title = "SqueezeBackward1" if dimensions == 1 else f"AdaptiveMaxPool{dimensions}DBackward0"
    return tape(best.reshape(shape), title, (input,), rule), wrap_counts(winner.reshape(shape))


def _bounds(size: int, count: int) -> list[tuple[int, int]]:
    """Where each of `count` windows over `size` elements begins and ends."""
    return [(step * size // count, -(-(step + 1) * size // count)) for step in range(count)]


def _wanted(output_size: Any, size: Sizes) -> Sizes:
    """The number of windows along each dimension; None stands for one an element."""
    given = output_size if isinstance(output_size, (tuple, list)) else (output_size,) * len(size)
    if len(given) == 1:
        given = tuple(given) * len(size)
    if len(given) != len(size):
        raise RuntimeError(
            f"output_size must be {len(size)}\nGive one number for each of the last {len(size)} dimensions."
        )
    return tuple(
        own if count is None else int(count) for count, own in zip(given, size, strict=True)
    )


def _refuse_other_dimensions(input: Tensor, name: str, dimensions: int, got: str) -> None:
    if input.array.ndim in (dimensions + 1, dimensions + 2):
        return
    raise RuntimeError(
        f"{name}(): Expected {dimensions + 1}D or {dimensions + 2}D tensor{got} {list(input.array.shape)}\n"
        "There are channels before what is pooled, and a batch may come before them."
    )
