"""Windows that slide over a series, an image or a volume, which convolution, pooling and folding share.

Take the element at one place of every window: they stand at regular distances in the image, so they are
one slice of it. There are as many slices as a window has elements, and each is as large as the result.
Whatever is done with windows is done slice by slice, and its gradient goes back the same way.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from ...dtypes import Array
from ...tensor import Tensor

Sizes = tuple[int, ...]


def sizes(value: Any, dimensions: int) -> Sizes:
    """One number for all dimensions alike, or one for each."""
    if isinstance(value, (tuple, list)):
        given = tuple(int(each) for each in value)
        return given * dimensions if len(given) == 1 else given
    return (int(value),) * dimensions


class Windows:
    """The windows of one size over images of one size; each attribute has a number a dimension.

    Attributes:
        size: of the images.
        kernel: the size of a window.
        stride: from one window to the next.
        before: the margin above and on the left.
        after: the margin below and on the right; less than 0 where the last elements are in no window.
        dilation: from one element of a window to the next.
        ceil_mode: whether a last window may reach beyond the margin.
    """

    def __init__(
        self,
        size: Sizes,
        kernel: Sizes,
        stride: Sizes,
        before: Sizes,
        after: Sizes,
        dilation: Sizes,
        ceil_mode: bool = False,
    ) -> None:
        self.size = size
        self.kernel = kernel
        self.stride = stride
        self.before = before
        self.after = after
        self.dilation = dilation
        self.ceil_mode = ceil_mode

    @property
    def output(self) -> Sizes:
        """How many windows there are, along each dimension.

        Raises:
            RuntimeError: there is none.
        """
        counts = tuple([self._count(axis) for axis in range(len(self.size))])
        if min(counts) < 1:
            raise RuntimeError(
                f"Given input size: {self.size}. Calculated output size: {counts}. Output size is too "
                "small\nThe window does not fit into the image: use a smaller one, or padding."
            )
        return counts

    def reach(self, axis: int) -> int:
        """How long a window is, with the gaps between its elements."""
        return self.dilation[axis] * (self.kernel[axis] - 1) + 1

    def _count(self, axis: int) -> int:
        room = self.size[axis] + self.before[axis] + self.after[axis] - self.reach(axis)
        stride = self.stride[axis]
        if not self.ceil_mode:
            return room // stride + 1
        count = -(-room // stride) + 1
        # A window that would begin in the margin on the far side is left out.
        return count - ((count - 1) * stride >= self.size[axis] + self.before[axis])

    def padded(self, images: Array, value: float = 0) -> Array:
        """The images, (N, C, ...), with their margins, and as far as the last window reaches."""
        if self._full() == self.size:
            return images
        whole = np.full((*images.shape[:2], *self._full()), value, images.dtype)
        self.inside(whole)[...] = images
        return whole

    def inside(self, padded: Array) -> Array:
        """What `padded` made larger, in its own size again: a view."""
        places = [
            slice(before, before + size)
            for before, size in zip(self.before, self.size, strict=True)
        ]
        return padded[(slice(None), slice(None), *places)]

    def empty_like(self, images: Array, kind: Any) -> Array:
        """Zeros, of the shape that `padded` gives."""
        return np.zeros((*images.shape[:2], *self._full()), kind)

    def _full(self) -> Sizes:
        found = []
        for axis, count in enumerate(self.output):
            margins = self.before[axis] + self.size[axis] + max(self.after[axis], 0)
            found.append(max(margins, (count - 1) * self.stride[axis] + self.reach(axis)))
        return tuple(found)

    def slices(self, padded: Array) -> Iterator[Array]:
        """For each place of a window, the last dimension first: a view of that element of every window."""
        along = [
            [
                slice(place * gap, place * gap + (count - 1) * stride + 1, stride)
                for place in range(length)
            ]
            for length, gap, count, stride in zip(
                self.kernel, self.dilation, self.output, self.stride, strict=True
            )
        ]
        for places in itertools.product(*along):
            yield padded[(slice(None), slice(None), *places)]

    def columns(self, images: Array) -> Array:
        """Every window laid out as a column, (N, C * elements of a window, number of windows)."""
        count, channels = images.shape[:2]
        found = np.empty((count, channels, math.prod(self.kernel), *self.output), images.dtype)
        for place, values in enumerate(self.slices(self.padded(images))):
            found[:, :, place] = values
        return found.reshape(count, channels * found.shape[2], math.prod(self.output))

    def summed(self, columns: Array, channels: int) -> Array:
        """The way back from `columns`: each element of the images is the sum over all windows it is in."""
        count = len(columns)
        apart = columns.reshape(count, channels, math.prod(self.kernel), *self.output)
        padded = np.zeros((count, channels, *self._full()), columns.dtype)
        for place, values in enumerate(self.slices(padded)):
            values += apart[:, :, place]
        return self.inside(padded)


def pooling_windows(
    images: Array, kernel_size: Any, stride: Any, padding: Any, dilation: Any, ceil_mode: bool
) -> Windows:
    """The windows of a pool, which lie side by side if no stride is given.

    Raises:
        RuntimeError: the margin is more than half a window.
    """
    dimensions = images.ndim - 2
    kernel, margin = sizes(kernel_size, dimensions), sizes(padding, dimensions)
    if any(2 * width > size for width, size in zip(margin, kernel, strict=True)):
        raise RuntimeError(
            "pad should be at most half of effective kernel size, but got "
            f"pad={max(margin)}, kernel_size={min(kernel)} and dilation={sizes(dilation, 1)[0]}\n"
            "A window in a wider margin would see nothing of the image."
        )
    return Windows(
        size=images.shape[2:],
        kernel=kernel,
        stride=kernel if stride is None or stride == [] else sizes(stride, dimensions),
        before=margin,
        after=margin,
        dilation=sizes(dilation, dimensions),
        ceil_mode=ceil_mode,
    )


def batched(input: Tensor, name: str, dimensions: int) -> Array:
    """The images as (N, C, ...), also where there is one alone, (C, ...).

    Raises:
        RuntimeError: it is neither.
    """
    x = input.array
    alone = dimensions + 1
    if x.ndim not in (alone, alone + 1):
        raise RuntimeError(
            f"Expected {alone}D (unbatched) or {alone + 1}D (batched) input to {name}, but got input of "
            f"size: {list(x.shape)}\n{shape_in_words(dimensions)}"
        )
    return x if x.ndim > alone else x[None]


def shape_in_words(dimensions: int) -> str:
    """What the input of a layer for series, images or volumes looks like."""
    return (
        "Series have the shape (batch, channels, length).",
        "Images have the shape (batch, channels, height, width).",
        "Volumes have the shape (batch, channels, depth, height, width).",
    )[dimensions - 1]
