"""Windows that slide over an image, which convolution and pooling share.

Take the element at place (i, j) of every window: they stand at regular distances in the image, so they
are one slice of it. There are as many slices as a window has elements, and each is as large as the
result. Whatever is done with windows is done slice by slice, and its gradient goes back the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...dtypes import Array
from ...tensor import Tensor

Pair = tuple[int, int]


def pair(value: Any) -> Pair:
    """One number for height and width alike, or two."""
    if isinstance(value, (tuple, list)):
        return (int(value[0]), int(value[-1]))
    return (int(value), int(value))


class Windows:
    """The windows of one size over images of one size; all pairs are height and width.

    Attributes:
        size: of the images.
        kernel: the size of a window.
        stride: from one window to the next.
        before: the margin above and on the left.
        after: the margin below and on the right.
        dilation: from one element of a window to the next.
        ceil_mode: whether a last window may reach beyond the margin.
    """

    def __init__(
        self,
        size: Pair,
        kernel: Pair,
        stride: Pair,
        before: Pair,
        after: Pair,
        dilation: Pair = (1, 1),
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
    def output(self) -> Pair:
        """How many windows there are, along height and width.

        Raises:
            RuntimeError: there is none.
        """
        counts = (self._count(0), self._count(1))
        if min(counts) < 1:
            raise RuntimeError(
                f"Given input size: {self.size}. Calculated output size: {counts}. Output size is too "
                "small\nThe window does not fit into the image: use a smaller one, or padding."
            )
        return counts

    def _count(self, axis: int) -> int:
        reach = self.dilation[axis] * (self.kernel[axis] - 1) + 1
        room = self.size[axis] + self.before[axis] + self.after[axis] - reach
        stride = self.stride[axis]
        if not self.ceil_mode:
            return room // stride + 1
        count = -(-room // stride) + 1
        # A window that would begin in the margin on the far side is left out.
        return count - ((count - 1) * stride >= self.size[axis] + self.before[axis])

    def padded(self, images: Array, value: float = 0) -> Array:
        """The images, (N, C, H, W), with their margins, and as far as the last window reaches."""
        if self._full() == self.size:
            return images
        whole = np.full((*images.shape[:2], *self._full()), value, images.dtype)
        self.inside(whole)[...] = images
        return whole

    def inside(self, padded: Array) -> Array:
        """What `padded` made larger, in its own size again: a view."""
        (top, left), (height, width) = self.before, self.size
        return padded[:, :, top : top + height, left : left + width]

    def empty_like(self, images: Array, kind: Any) -> Array:
        """Zeros, of the shape that `padded` gives."""
        return np.zeros((*images.shape[:2], *self._full()), kind)

    def _full(self) -> Pair:
        sizes = []
        for axis, count in enumerate(self.output):
            reach = self.dilation[axis] * (self.kernel[axis] - 1) + 1
            margins = self.size[axis] + self.before[axis] + self.after[axis]
            sizes.append(max(margins, (count - 1) * self.stride[axis] + reach))
        return (sizes[0], sizes[1])

    def slices(self, padded: Array) -> Iterator[tuple[int, int, Array]]:
        """For each place of a window, row by row: (i, j, a view of that element of every window)."""
        (rows, columns), (down, across) = self.output, self.stride
        for i in range(self.kernel[0]):
            top = i * self.dilation[0]
            for j in range(self.kernel[1]):
                left = j * self.dilation[1]
                yield (
                    i,
                    j,
                    padded[
                        :,
                        :,
                        top : top + (rows - 1) * down + 1 : down,
                        left : left + (columns - 1) * across + 1 : across,
                    ],
                )


def batched(input: Tensor, name: str) -> Array:
    """The images as (N, C, H, W), also where there is one alone, (C, H, W).

    Raises:
        RuntimeError: it is neither.
    """
    x = input.array
    if x.ndim not in (3, 4):
        raise RuntimeError(
            f"Expected 3D (unbatched) or 4D (batched) input to {name}, but got input of size: "
            f"{list(x.shape)}\nImages have the shape (batch, channels, height, width)."
        )
    return x if x.ndim == 4 else x[None]
