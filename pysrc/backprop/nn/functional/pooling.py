"""Pooling: one number for each window of an image."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor, wrap_counts
from .windows import Windows, batched, pair

__all__ = ["avg_pool2d", "max_pool2d"]


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
    images = batched(input, "max_pool2d")
    windows = _windows(images, kernel_size, stride, padding, dilation, ceil_mode)
    best, winner = None, None
    for place, (_, _, values) in enumerate(windows.slices(windows.padded(images, -np.inf))):
        if best is None or winner is None:
            best, winner = values.copy(), np.zeros(values.shape, np.int64)
            continue
        # The first of equals wins, and NaN beats everything.
        better = (values > best) | np.isnan(values)
        best = np.where(better, values, best)
        winner[better] = place
    assert best is not None
    assert winner is not None
    shape = best.shape if input.array.ndim == 4 else best.shape[1:]

    def rule(grad: Array) -> Array:
        blame = grad.reshape(best.shape)
        padded = windows.empty_like(images, grad.dtype)
        for place, (_, _, values) in enumerate(windows.slices(padded)):
            values += np.where(winner == place, blame, 0)
        return windows.inside(padded).reshape(input.array.shape)

    result = tape(best.reshape(shape), "MaxPool2DWithIndicesBackward0", (input,), rule)
    if not return_indices:
        return result
    return result, wrap_counts(_places(windows, winner).reshape(shape))


def _places(windows: Windows, winner: Array) -> Array:
    """Where the winners stand in the flattened image, from their places in the windows."""
    i, j = np.divmod(winner, windows.kernel[1])
    rows = np.arange(windows.output[0])[:, None] * windows.stride[0] - windows.before[0]
    columns = np.arange(windows.output[1]) * windows.stride[1] - windows.before[1]
    row, column = rows + i * windows.dilation[0], columns + j * windows.dilation[1]
    return np.asarray(row * windows.size[1] + column)


def avg_pool2d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Tensor:
    """The mean of each window, whose blame its elements share alike.

    Args:
        input: (N, C, H, W) or (C, H, W).
        kernel_size: of a window; one number, or height and width, as for all that follow.
        stride: from one window to the next; the size of a window if left out.
        padding: the margin, of zeros.
        ceil_mode: whether a last window may reach beyond the margin.
        count_include_pad: whether the zeros of the margin count in the mean.
        divisor_override: what to divide the sums by instead.

    Raises:
        RuntimeError: the margin is more than half a window, no window fits, or the divisor is 0.
    """
    if divisor_override == 0:
        raise RuntimeError("divisor must be not zero\nLeave it out to divide by the window's size.")
    images = batched(input, "avg_pool2d")
    windows = _windows(images, kernel_size, stride, padding, 1, ceil_mode)
    if divisor_override is not None:
        counts = np.asarray(divisor_override, images.dtype)
    else:
        rows, columns = (_counts(windows, axis, count_include_pad) for axis in (0, 1))
        counts = np.multiply.outer(rows, columns).astype(images.dtype)
    total = np.zeros((*images.shape[:2], *windows.output), images.dtype)
    for _, _, values in windows.slices(windows.padded(images)):
        total += values
    shape = total.shape if input.array.ndim == 4 else total.shape[1:]

    def rule(grad: Array) -> Array:
        share = grad.reshape(total.shape) / counts
        padded = windows.empty_like(images, grad.dtype)
        for _, _, values in windows.slices(padded):
            values += share
        return windows.inside(padded).reshape(input.array.shape)

    return tape((total / counts).reshape(shape), "AvgPool2DBackward0", (input,), rule)


def _counts(windows: Windows, axis: int, with_margin: bool) -> Array:
    """How many elements of each window count, along one axis."""
    start = np.arange(windows.output[axis]) * windows.stride[axis] - windows.before[axis]
    end = start + windows.kernel[axis]
    if with_margin:
        return np.minimum(end, windows.size[axis] + windows.after[axis]) - start
    return np.minimum(end, windows.size[axis]) - np.maximum(start, 0)


def _windows(
    images: Array, kernel_size: Any, stride: Any, padding: Any, dilation: Any, ceil_mode: bool
) -> Windows:
    kernel, margin = pair(kernel_size), pair(padding)
    if any(2 * width > size for width, size in zip(margin, kernel, strict=True)):
        raise RuntimeError(
            "pad should be at most half of effective kernel size, but got "
            f"pad={max(margin)}, kernel_size={min(kernel)} and dilation={pair(dilation)[0]}\n"
            "A window in a wider margin would see nothing of the image."
        )
    return Windows(
        size=(images.shape[2], images.shape[3]),
        kernel=kernel,
        stride=kernel if stride is None else pair(stride),
        before=margin,
        after=margin,
        dilation=pair(dilation),
        ceil_mode=ceil_mode,
    )
