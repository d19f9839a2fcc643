"""Images taken apart and put together: into windows, and into channels."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor
from .windows import Windows, batched, sizes

__all__ = [
    "channel_shuffle",
    "fold",
    "native_channel_shuffle",
    "pixel_shuffle",
    "pixel_unshuffle",
    "unfold",
]


def unfold(
    input: Tensor, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1
) -> Tensor:
    """Every window of an image as a column: what a convolution multiplies its weight with.

    >>> import backprop as torch
    >>> unfold(torch.arange(6.0).reshape(1, 1, 2, 3), 2)
    tensor([[[0., 1.],
             [1., 2.],
             [3., 4.],
             [4., 5.]]])

    Args:
        input: (N, C, H, W) or (C, H, W).
        kernel_size: of the windows; one number, or height and width, as for all that follow.
        dilation: from one element of a window to the next.
        padding: the margin of zeros.
        stride: from one window to the next.

    Returns:
        (N, C * elements of a window, number of windows).

    Raises:
        RuntimeError: no window fits, or the input has other dimensions.
    """
    images = batched(input, "unfold", 2)
    kernel, gaps = sizes(kernel_size, 2), sizes(dilation, 2)
    margin, steps = sizes(padding, 2), sizes(stride, 2)
    windows = Windows(images.shape[2:], kernel, steps, margin, margin, gaps)
    counts = _counts(windows)
    if min(counts) < 1:
        raise RuntimeError(
            f"Given input with spatial size {images.shape[2:]}, kernel_size={kernel}, dilation={gaps}, "
            f"padding={margin}, calculated shape of the array of sliding blocks as {counts}, but its "
            "components must be at least one.\nUse a smaller window, or padding."
        )
    columns = windows.columns(images)

    def rule(grad: Array) -> Array:
        image = windows.summed(grad.reshape(columns.shape), images.shape[1])
        return image.reshape(input.array.shape)

    y = columns if input.array.ndim == 4 else columns[0]
    return tape(y, "Im2ColBackward0", (input,), rule)


def fold(
    input: Tensor,
    output_size: Any,
    kernel_size: Any,
    dilation: Any = 1,
    padding: Any = 0,
    stride: Any = 1,
) -> Tensor:
    """The way back from `unfold`: where windows overlap, their elements add up.

    Args:
        input: (N, C * elements of a window, number of windows), or without N.
        output_size: of the image; one number, or height and width, as for all that follow.
        kernel_size: of the windows.
        dilation: from one element of a window to the next.
        padding: the margin, which is cut off.
        stride: from one window to the next.

    Returns:
        (N, C, H, W) or (C, H, W).

    Raises:
        RuntimeError: the sizes contradict each other.
    """
    columns = input.array if input.array.ndim == 3 else input.array[None]
    if columns.ndim != 3:
        raise RuntimeError(
            "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero "
            f"dimensions for input, but got: {list(input.array.shape)}\nIt is what unfold gives."
        )
    size, kernel, gaps = sizes(output_size, 2), sizes(kernel_size, 2), sizes(dilation, 2)
    margin, steps = sizes(padding, 2), sizes(stride, 2)
    windows = Windows(size, kernel, steps, margin, margin, gaps)
    axis = input.array.ndim - 2
    if columns.shape[1] % math.prod(kernel):
        raise RuntimeError(
            f"Expected size of input's dimension {axis} to be divisible by the product of kernel_size, but "
            f"got input.size({axis})={columns.shape[1]} and kernel_size={kernel}.\n"
            "Each column has the elements of a window, of all channels."
        )
    rows, across = _counts(windows)
    if rows * across != columns.shape[2]:
        raise RuntimeError(
            f"Given output_size={size}, kernel_size={kernel}, dilation={gaps}, padding={margin}, "
            f"stride={steps}, expected size of input's dimension {axis + 1} to match the calculated number "
            f"of sliding blocks {rows} * {across} = {rows * across}, but got "
            f"input.size({axis + 1})={columns.shape[2]}.\nThere is one column for each window."
        )
    images = windows.summed(columns, columns.shape[1] // math.prod(kernel))

    def rule(grad: Array) -> Array:
        return windows.columns(grad.reshape(images.shape)).reshape(input.array.shape)

    y = np.ascontiguousarray(images if axis == 1 else images[0])
    return tape(y, "Col2ImBackward0", (input,), rule)


def _counts(windows: Windows) -> tuple[int, int]:
    """How many windows there are, also where there is none."""
    down, across = (
        (windows.size[axis] + 2 * windows.before[axis] - windows.reach(axis))
        // windows.stride[axis]
        + 1
        for axis in (0, 1)
    )
    return down, across


def pixel_shuffle(input: Tensor, upscale_factor: int) -> Tensor:
    """r^2 channels become one that is r times as high and wide: (..., C r^2, H, W) to (..., C, H r, W r).

    Source: Shi et al., Real-Time Single Image and Video Super-Resolution (2016).

    Raises:
        RuntimeError: the factor is not above 0, or its square does not divide the channels.
    """
    x, r = input.array, upscale_factor
    _refuse_shape(input, "pixel_shuffle")
    if r <= 0:
        raise RuntimeError(
            f"pixel_shuffle expects a positive upscale_factor, but got {r}\nIt is how many times larger "
            "the image becomes."
        )
    *before, channels, height, width = x.shape
    if channels % (r * r):
        raise RuntimeError(
            "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of "
            f"upscale_factor, but input.size(-3)={channels} is not divisible by {r * r}\n"
            f"Each channel of the result is made of {r * r}."
        )
    apart = (*before, channels // (r * r), r, r, height, width)
    shape = (*before, channels // (r * r), height * r, width * r)
    return _rearranged(input, apart, (0, 3, 1, 4, 2), shape, "PixelShuffleBackward0")


def pixel_unshuffle(input: Tensor, downscale_factor: int) -> Tensor:
    """The way back from `pixel_shuffle`: (..., C, H r, W r) to (..., C r^2, H, W).

    Raises:
        RuntimeError: the factor is not above 0, or does not divide height and width.
    """
    x, r = input.array, downscale_factor
    _refuse_shape(input, "pixel_unshuffle")
    if r <= 0:
        raise RuntimeError(
            f"pixel_unshuffle expects a positive downscale_factor, but got {r}\nIt is how many times "
            "smaller the image becomes."
        )
    *before, channels, height, width = x.shape
    for name, size, axis in (("height", height, -2), ("width", width, -1)):
        if size % r:
            raise RuntimeError(
                f"pixel_unshuffle expects {name} to be divisible by downscale_factor, but "
                f"input.size({axis})={size} is not divisible by {r}\nCut off the rest first."
            )
    apart = (*before, channels, height // r, r, width // r, r)
    shape = (*before, channels * r * r, height // r, width // r)
    return _rearranged(input, apart, (0, 2, 4, 1, 3), shape, "PixelUnshuffleBackward0")


def channel_shuffle(input: Tensor, groups: int) -> Tensor:
    """Channels dealt out anew, so that each group gets some of all: (N, C, ...), unchanged in shape.

    Source: Zhang et al., ShuffleNet (2018).

    Raises:
        RuntimeError: the groups don't divide the channels, or there are fewer than three dimensions.
    """
    x = input.array
    if x.ndim < 3:
        raise RuntimeError(
            f"channel_shuffle expects input with > 2 dims, but got input with sizes {list(x.shape)}\n"
            "The second dimension has the channels, and places follow."
        )
    if groups <= 0 or x.shape[1] % groups:
        raise RuntimeError(
            f"Number of channels must be divisible by groups. Got {x.shape[1]} channels and {groups} "
            "groups.\nGroups are of equal size."
        )
    apart = (groups, x.shape[1] // groups, math.prod(x.shape[2:]))
    return _rearranged(input, (x.shape[0], *apart), (1, 0, 2), x.shape, "ChannelShuffleBackward0")


def native_channel_shuffle(input: Tensor, groups: int) -> Tensor:
    """The same as `channel_shuffle`."""
    return channel_shuffle(input, groups)


def _rearranged(input: Tensor, apart: Any, order: tuple[int, ...], shape: Any, name: str) -> Tensor:
    """The elements in a shape `apart`, its last dimensions in another order, in a `shape`."""
    x = input.array
    first = len(apart) - len(order)
    axes = (*range(first), *(first + each for each in order))
    moved = x.reshape(apart).transpose(axes)

    def rule(grad: Array) -> Array:
        return grad.reshape(moved.shape).transpose(np.argsort(axes)).reshape(x.shape)

    return tape(moved.reshape(tuple(shape)), name, (input,), rule)


def _refuse_shape(input: Tensor, name: str) -> None:
    if input.array.ndim < 3:
        raise RuntimeError(
            f"{name} expects input to have at least 3 dimensions, but got input with {input.array.ndim} "
            "dimension(s)\nThey are channels, height and width."
        )
