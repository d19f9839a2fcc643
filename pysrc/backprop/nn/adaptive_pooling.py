"""Pooling layers that give as many numbers as they are asked for, whatever the size of the input."""

from __future__ import annotations

from typing import Any

from ..tensor import Tensor
from . import functional
from .module import Module

__all__ = [
    "AdaptiveAvgPool1d",
    "AdaptiveAvgPool2d",
    "AdaptiveAvgPool3d",
    "AdaptiveMaxPool1d",
    "AdaptiveMaxPool2d",
    "AdaptiveMaxPool3d",
]


class _AdaptiveAvgPool(Module):
    """What the three means share."""

    def __init__(self, output_size: Any) -> None:
        super().__init__()
        self.output_size = output_size

    def extra_repr(self) -> str:
        """How many numbers it gives."""
        return f"output_size={self.output_size}"


class AdaptiveAvgPool1d(_AdaptiveAvgPool):
    """As `AdaptiveAvgPool2d`, for series.

    Shapes: (N, C, L) or (C, L) to the same with `output_size` elements.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.adaptive_avg_pool1d(input, self.output_size)


class AdaptiveAvgPool2d(_AdaptiveAvgPool):
    """The means of `output_size` windows: see `functional.adaptive_avg_pool2d`.

    >>> import backprop as torch
    >>> torch.nn.AdaptiveAvgPool2d((1, 1))(torch.arange(4.0).reshape(1, 2, 2))
    tensor([[[1.5000]]])

    Shapes: (N, C, H, W) or (C, H, W) to the same with the `output_size`, one number or height and width.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.adaptive_avg_pool2d(input, self.output_size)


class AdaptiveAvgPool3d(_AdaptiveAvgPool):
    """As `AdaptiveAvgPool2d`, for volumes.

    Shapes: (N, C, D, H, W) or (C, D, H, W) to the same with the `output_size`.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.adaptive_avg_pool3d(input, self.output_size)


class _AdaptiveMaxPool(Module):
    """What the three maxima share."""

    def __init__(self, output_size: Any, return_indices: bool = False) -> None:
        super().__init__()
        self.output_size = output_size
        self.return_indices = return_indices

    def extra_repr(self) -> str:
        """How many numbers it gives."""
        return f"output_size={self.output_size}"


class AdaptiveMaxPool1d(_AdaptiveMaxPool):
    """As `AdaptiveMaxPool2d`, for series.

    Shapes: (N, C, L) or (C, L) to the same with `output_size` elements.
    """

    def forward(self, input: Tensor) -> Any:
        """See the class."""
        return functional.adaptive_max_pool1d(input, self.output_size, self.return_indices)


class AdaptiveMaxPool2d(_AdaptiveMaxPool):
    """The largest elements of `output_size` windows: see `functional.adaptive_max_pool2d`.

    Shapes: (N, C, H, W) or (C, H, W) to the same with the `output_size`, one number or height and width.
    """

    def forward(self, input: Tensor) -> Any:
        """See the class."""
        return functional.adaptive_max_pool2d(input, self.output_size, self.return_indices)


class AdaptiveMaxPool3d(_AdaptiveMaxPool):
    """As `AdaptiveMaxPool2d`, for volumes.

    Shapes: (N, C, D, H, W) or (C, D, H, W) to the same with the `output_size`.
    """

    def forward(self, input: Tensor) -> Any:
        """See the class."""
        return functional.adaptive_max_pool3d(input, self.output_size, self.return_indices)
