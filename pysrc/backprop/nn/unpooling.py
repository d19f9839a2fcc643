"""The way back from max pooling, as layers."""

from __future__ import annotations

from typing import Any

from ..tensor import Tensor
from . import functional
from .functional.windows import sizes
from .module import Module

__all__ = ["MaxUnpool1d", "MaxUnpool2d", "MaxUnpool3d"]


class _MaxUnpool(Module):
    """What the three share."""

    #: Of what is unpooled.
    dimensions: int

    def __init__(self, kernel_size: Any, stride: Any = None, padding: Any = 0) -> None:
        super().__init__()
        self.kernel_size = sizes(kernel_size, self.dimensions)
        self.stride = sizes(kernel_size if stride is None else stride, self.dimensions)
        self.padding = sizes(padding, self.dimensions)

    def extra_repr(self) -> str:
        """The windows."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class MaxUnpool1d(_MaxUnpool):
    """As `MaxUnpool2d`, for series.

    Shapes: (N, C, L) or (C, L) to the same with more elements.
    """

    dimensions = 1

    def forward(self, input: Tensor, indices: Tensor, output_size: Any = None) -> Tensor:
        """See the class."""
        return functional.max_unpool1d(
            input, indices, self.kernel_size, self.stride, self.padding, output_size
        )


class MaxUnpool2d(_MaxUnpool):
    """Each winner at the place where it stood, and 0 elsewhere: see `functional.max_unpool2d`.

    >>> import backprop as torch
    >>> pool = torch.nn.MaxPool2d(2, return_indices=True)
    >>> torch.nn.MaxUnpool2d(2)(*pool(torch.arange(4.0).reshape(1, 2, 2)))
    tensor([[[0., 0.],
             [0., 3.]]])

    Shapes: (N, C, H, W) or (C, H, W) to the same with more elements.
    """

    dimensions = 2

    def forward(self, input: Tensor, indices: Tensor, output_size: Any = None) -> Tensor:
        """See the class."""
        return functional.max_unpool2d(
            input, indices, self.kernel_size, self.stride, self.padding, output_size
        )


class MaxUnpool3d(_MaxUnpool):
    """As `MaxUnpool2d`, for volumes.

    Shapes: (N, C, D, H, W) or (C, D, H, W) to the same with more elements.
    """

    dimensions = 3

    def forward(self, input: Tensor, indices: Tensor, output_size: Any = None) -> Tensor:
        """See the class."""
        return functional.max_unpool3d(
            input, indices, self.kernel_size, self.stride, self.padding, output_size
        )
