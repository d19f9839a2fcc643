"""Pooling layers: smaller series, images and volumes."""

from __future__ import annotations

from typing import Any

from ..tensor import Tensor
from . import functional
from .functional.windows import sizes
from .module import Module

__all__ = [
    "AvgPool1d",
    "AvgPool2d",
    "AvgPool3d",
    "LPPool1d",
    "LPPool2d",
    "LPPool3d",
    "MaxPool1d",
    "MaxPool2d",
    "MaxPool3d",
]


class _MaxPool(Module):
    """What the three share."""

    def __init__(
        self,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        dilation: Any = 1,
        return_indices: bool = False,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if stride is not None else kernel_size
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

    def _options(self) -> tuple[Any, ...]:
        """What the function takes after the input."""
        return (
            self.kernel_size,
            self.stride,
            self.padding,
            self.dilation,
            self.ceil_mode,
            self.return_indices,
        )

    def extra_repr(self) -> str:
        """The windows."""
        return (
            f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, "
            f"dilation={self.dilation}, ceil_mode={self.ceil_mode}"
        )


class MaxPool1d(_MaxPool):
    """As `MaxPool2d`, for series.

    Shapes: (N, C, L) or (C, L) to the same with fewer elements.
    """

    def forward(self, input: Tensor) -> Any:
        """See the class."""
        return functional.max_pool1d(input, *self._options())


class MaxPool2d(_MaxPool):
    """The largest element of each window: see `functional.max_pool2d`.

    >>> import backprop as torch
    >>> torch.nn.MaxPool2d(2)(torch.arange(16.0).reshape(1, 4, 4))
    tensor([[[ 5.,  7.],
             [13., 15.]]])

    Shapes: (N, C, H, W) or (C, H, W) to the same with
        ``H' = (H + 2 padding - dilation (kernel_size - 1) - 1) // stride + 1``.
    """

    def forward(self, input: Tensor) -> Any:
        """See the class."""
        return functional.max_pool2d(input, *self._options())


class MaxPool3d(_MaxPool):
    """As `MaxPool2d`, for volumes.

    Shapes: (N, C, D, H, W) or (C, D, H, W) to the same with fewer elements.
    """

    def forward(self, input: Tensor) -> Any:
        """See the class."""
        return functional.max_pool3d(input, *self._options())


class AvgPool1d(Module):
    """As `AvgPool2d`, for series.

    Shapes: (N, C, L) or (C, L) to the same with fewer elements.
    """

    def __init__(
        self,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ) -> None:
        super().__init__()
        self.kernel_size = sizes(kernel_size, 1)
        self.stride = sizes(stride, 1) if stride is not None else self.kernel_size
        self.padding = sizes(padding, 1)
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.avg_pool1d(
            input,
            self.kernel_size,
            self.stride,
            self.padding,
            self.ceil_mode,
            self.count_include_pad,
        )

    def extra_repr(self) -> str:
        """The windows."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class _AvgPool(Module):
    """What the two for images and volumes share."""

    def __init__(
        self,
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        divisor_override: int | None = None,
    ) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if stride is not None else kernel_size
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

    def _options(self) -> tuple[Any, ...]:
        """What the function takes after the input."""
        return (
            self.kernel_size,
            self.stride,
            self.padding,
            self.ceil_mode,
            self.count_include_pad,
            self.divisor_override,
        )

    def extra_repr(self) -> str:
        """The windows."""
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class AvgPool2d(_AvgPool):
    """The mean of each window: see `functional.avg_pool2d`.

    Shapes: (N, C, H, W) or (C, H, W) to the same with
        ``H' = (H + 2 padding - kernel_size) // stride + 1``.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.avg_pool2d(input, *self._options())


class AvgPool3d(_AvgPool):
    """As `AvgPool2d`, for volumes.

    Shapes: (N, C, D, H, W) or (C, D, H, W) to the same with fewer elements.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.avg_pool3d(input, *self._options())


class _LPPool(Module):
    """What the three share."""

    def __init__(
        self, norm_type: float, kernel_size: Any, stride: Any = None, ceil_mode: bool = False
    ) -> None:
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode

    def _options(self) -> tuple[Any, ...]:
        """What the function takes after the input."""
        return (float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)

    def extra_repr(self) -> str:
        """The norm, and the windows."""
        return (
            f"norm_type={self.norm_type}, kernel_size={self.kernel_size}, stride={self.stride}, "
            f"ceil_mode={self.ceil_mode}"
        )


class LPPool1d(_LPPool):
    """As `LPPool2d`, for series.

    Shapes: (N, C, L) or (C, L) to the same with fewer elements.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.lp_pool1d(input, *self._options())


class LPPool2d(_LPPool):
    """The p-norm of each window, where p is the `norm_type`: see `functional.lp_pool2d`.

    Shapes: (N, C, H, W) or (C, H, W) to the same with fewer elements.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.lp_pool2d(input, *self._options())


class LPPool3d(_LPPool):
    """As `LPPool2d`, for volumes.

    Shapes: (N, C, D, H, W) or (C, D, H, W) to the same with fewer elements.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.lp_pool3d(input, *self._options())
