"""Average pooling: the mean of each window of a series, an image or a volume, and its relatives."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor
from .windows import Windows, batched, pooling_windows, sizes

__all__ = [
    "avg_pool1d",
    "avg_pool2d",
    "avg_pool3d",
    "lp_pool1d",
    "lp_pool2d",
    "lp_pool3d",
]


def avg_pool1d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    """`avg_pool2d` of series, (N, C, L) or (C, L)."""
    return _avg_pool(1, input, kernel_size, stride, padding, ceil_mode, count_include_pad, None)


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
    divisor = divisor_override
    return _avg_pool(2, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor)


def avg_pool3d(
    input: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Tensor:
    """`avg_pool2d` of volumes, (N, C, D, H, W) or (C, D, H, W)."""
    divisor = divisor_override
    return _avg_pool(3, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor)


def _avg_pool(
    dimensions: int,
    input: Tensor,
    kernel_size: Any,
    stride: Any,
    padding: Any,
    ceil_mode: bool,
    with_margin: bool,
    divisor: int | None,
) -> Tensor:
    if divisor == 0:
        raise RuntimeError("divisor must be not zero\nLeave it out to divide by the window's size.")
    images = batched(input, f"avg_pool{dimensions}d", dimensions)
    windows = pooling_windows(images, kernel_size, stride, padding, 1, ceil_mode)
    counts = np.asarray(1 if divisor is None else divisor)
    if divisor is None:
        for axis in range(dimensions):
            counts = np.multiply.outer(counts, _counts(windows, axis, with_margin))
    counts = counts.astype(images.dtype)
    total = np.zeros((*images.shape[:2], *windows.output), images.dtype)
    for values in windows.slices(windows.padded(images)):
        total += values
    shape = total.shape[total.ndim - input.array.ndim :]

    def rule(grad: Array) -> Array:
        share = grad.reshape(total.shape) / counts
        padded = windows.empty_like(images, grad.dtype)
        for values in windows.slices(padded):
            values += share
        return windows.inside(padded).reshape(input.array.shape)

    # PyTorch takes a series for an image of one row.
    name = "SqueezeBackward1" if dimensions == 1 else f"AvgPool{dimensions}DBackward0"
    mean = (total / counts).astype(images.dtype, copy=False)
    return tape(mean.reshape(shape), name, (input,), rule)


def _counts(windows: Windows, axis: int, with_margin: bool) -> Array:
    """How many elements of each window count, along one axis."""
    start = np.arange(windows.output[axis]) * windows.stride[axis] - windows.before[axis]
    end = start + windows.kernel[axis]
    if with_margin:
        return np.minimum(end, windows.size[axis] + windows.after[axis]) - start
    return np.minimum(end, windows.size[axis]) - np.maximum(start, 0)


def lp_pool1d(
    input: Tensor,
    norm_type: float,
    kernel_size: Any,
    stride: Any = None,
    ceil_mode: bool = False,
) -> Tensor:
    """`lp_pool2d` of series, (N, C, L) or (C, L)."""
    return _lp_pool(1, input, norm_type, kernel_size, stride, ceil_mode)


def lp_pool2d(
    input: Tensor,
    norm_type: float,
    kernel_size: Any,
    stride: Any = None,
    ceil_mode: bool = False,
) -> Tensor:
    """``sum(x^p)^(1/p)`` of each window, where p is the `norm_type`: 1 for the sum.

    Args:
        input: (N, C, H, W) or (C, H, W).
        norm_type: p.
        kernel_size: of a window; one number, or height and width, as for the stride.
        stride: from one window to the next; the size of a window if left out.
        ceil_mode: whether a last window may reach beyond the input.
    """
    return _lp_pool(2, input, norm_type, kernel_size, stride, ceil_mode)


def lp_pool3d(
    input: Tensor,
    norm_type: float,
    kernel_size: Any,
    stride: Any = None,
    ceil_mode: bool = False,
) -> Tensor:
    """`lp_pool2d` of volumes, (N, C, D, H, W) or (C, D, H, W)."""
    return _lp_pool(3, input, norm_type, kernel_size, stride, ceil_mode)


def _lp_pool(
    dimensions: int, input: Tensor, p: float, kernel_size: Any, stride: Any, ceil_mode: bool
) -> Tensor:
    mean = _avg_pool(dimensions, input**p, kernel_size, stride, 0, ceil_mode, True, None)
    # PyTorch's way to write the sum, which keeps its gradient at 0 from being NaN.
    total = mean.sign() * mean.abs().relu() * math.prod(sizes(kernel_size, dimensions))
    return total ** (1.0 / p)
