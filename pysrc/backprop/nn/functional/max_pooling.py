"""Max pooling: the largest element of each window of a series, an image or a volume."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor, wrap_counts
from .windows import Windows, batched, pooling_windows

__all__ = [
    "max_pool1d",
    "max_pool1d_with_indices",
    "max_pool2d",
    "max_pool2d_with_indices",
    "max_pool3d",
    "max_pool3d_with_indices",
]


def max_pool1d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """`max_pool2d` of series, (N, C, L) or (C, L)."""
    result = _max_pool(1, input, kernel_size, stride, padding, dilation, ceil_mode)
    return result if return_indices else result[0]


def max_pool2d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """The largest element of each window; it alone takes the window's blame.

    Args:
        input: (N, C, H, W) or (C, H, W).
        kernel_size: of a window; one number, or height and width, as for all that follow.
        stride: from one window to the next; the size of a window if left out.
        padding: the margin, which never wins.
        dilation: from one element of a window to the next.
        ceil_mode: whether a last window may reach beyond the margin.
        return_indices: whether to return also where in its (flattened) image each winner stands.

    Raises:
        RuntimeError: the margin is more than half a window, or no window fits.
    """
    result = _max_pool(2, input, kernel_size, stride, padding, dilation, ceil_mode)
    return result if return_indices else result[0]


def max_pool3d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Any:
    """`max_pool2d` of volumes, (N, C, D, H, W) or (C, D, H, W)."""
    result = _max_pool(3, input, kernel_size, stride, padding, dilation, ceil_mode)
    return result if return_indices else result[0]


def max_pool1d_with_indices(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """`max_pool1d`, with the places of the winners."""
    return _max_pool(1, input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool2d_with_indices(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """`max_pool2d`, with the places of the winners."""
    return _max_pool(2, input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool3d_with_indices(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    dilation: Any = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> tuple[Tensor, Tensor]:
    """`max_pool3d`, with the places of the winners."""
    return _max_pool(3, input, kernel_size, stride, padding, dilation, ceil_mode)


def _max_pool(
    dimensions: int,
    input: Tensor,
    kernel_size: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    ceil_mode: bool,
) -> tuple[Tensor, Tensor]:
    images = batched(input, f"max_pool{dimensions}d", dimensions)
    windows = pooling_windows(images, kernel_size, stride, padding, dilation, ceil_mode)
    least = -np.inf if images.dtype.kind == "f" else np.iinfo(images.dtype).min
    best: Array | None = None
    winner: Array | None = None
    for place, values in enumerate(windows.slices(windows.padded(images, least))):
        if best is None or winner is None:
            best, winner = values.copy(), np.zeros(values.shape, np.int64)
            continue
        # The first of equals wins, and NaN beats everything.
        better = (values > best) | np.isnan(values)
        best = np.where(better, values, best)
        winner[better] = place
    assert best is not None
    assert winner is not None
    shape = best.shape[best.ndim - input.array.ndim :]

    def rule(grad: Array) -> Array:
        blame = grad.reshape(best.shape)
        padded = windows.empty_like(images, grad.dtype)
        for place, values in enumerate(windows.slices(padded)):
            values += np.where(winner == place, blame, 0)
        return windows.inside(padded).reshape(input.array.shape)

    # PyTorch takes a series for an image of one row.
    name = "Squeeze" if dimensions == 1 else f"MaxPool{dimensions}DWithIndices"
    number = int(dimensions == 1)
    result = tape(best.reshape(shape), f"{name}Backward{number}", (input,), rule)
    return result, wrap_counts(_places(windows, winner).reshape(shape))


def _places(windows: Windows, winner: Array) -> Array:
    """Where the winners stand in the flattened image, from their places in the windows."""
    within = np.unravel_index(winner, windows.kernel)
    dimensions = len(windows.size)
    found: Any = 0
    for axis, inside in enumerate(within):
        start = np.arange(windows.output[axis]) * windows.stride[axis] - windows.before[axis]
        first = start.reshape(-1, *[1] * (dimensions - 1 - axis))
        found = found * windows.size[axis] + first + inside * windows.dilation[axis]
    return np.asarray(found)
