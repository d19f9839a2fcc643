"""The convolutional layers that find out how many channels their input has."""

from __future__ import annotations

from typing import Any

from ..dtypes import dtype as dtype_type
from ..tensor import Tensor
from .conv import Conv1d, Conv2d, Conv3d, ConvolutionBase
from .lazy import LazyModuleMixin
from .transposed_conv import ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from .uninitialized import UninitializedParameter, is_lazy

__all__ = [
    "LazyConv1d",
    "LazyConv2d",
    "LazyConv3d",
    "LazyConvTranspose1d",
    "LazyConvTranspose2d",
    "LazyConvTranspose3d",
]


class _LazyChannels(LazyModuleMixin, ConvolutionBase):
    """What all share: the weight gets its shape from the first input."""

    def _make_later(
        self, out_channels: int, bias: bool, device: Any, dtype: dtype_type | None
    ) -> None:
        self.out_channels = out_channels
        self.weight = UninitializedParameter(device=device, dtype=dtype)
        if bias:
            self.bias = UninitializedParameter(device=device, dtype=dtype)

    def reset_parameters(self) -> None:
        """Draw weight and bias afresh, once they have a shape."""
        if not self.has_uninitialized_params() and self.in_channels != 0:
            super().reset_parameters()

    def initialize_parameters(self, input: Tensor, *args: Any, **kwargs: Any) -> None:
        """Take the number of channels from `input`, (N, C, ...) or (C, ...)."""
        if not self.has_uninitialized_params():
            return
        shape, alone = input.array.shape, self.dimensions + 1
        if len(shape) not in (alone, alone + 1):
            raise RuntimeError(
                f"Expected {alone}D (unbatched) or {alone + 1}D (batched) input to {self._get_name()}, but "
                f"got input of size: {input.shape}\nThere are channels, and a batch may come before them."
            )
        self.in_channels = shape[-alone]
        if self.in_channels % self.groups:
            raise ValueError(
                "in_channels must be divisible by groups\n"
                f"{self.in_channels} channels are no {self.groups} equal parts."
            )
        for parameter, size in (
            (self.weight, self.weight_shape()),
            (self.bias, (self.out_channels,)),
        ):
            if is_lazy(parameter):
                parameter.materialize(size)
        self.reset_parameters()


class _LazyConvolution(_LazyChannels):
    """What those that are not transposed share."""

    def __init__(
        self,
        out_channels: int,
        kernel_size: Any,
        stride: Any = 1,
        padding: Any = 0,
        dilation: Any = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: str = "zeros",
        device: Any = None,
        dtype: dtype_type | None = None,
    ) -> None:
        super().__init__(
            0, 0, kernel_size, stride, padding, dilation, groups, False, padding_mode, device, dtype
        )
        self._make_later(out_channels, bias, device, dtype)


class _LazyTransposed(_LazyChannels):
    """What those that are transposed share."""

    def __init__(
        self,
        out_channels: int,
        kernel_size: Any,
        stride: Any = 1,
        padding: Any = 0,
        output_padding: Any = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Any = 1,
        padding_mode: str = "zeros",
        device: Any = None,
        dtype: dtype_type | None = None,
    ) -> None:
        super().__init__(
            0,
            0,
            kernel_size,
            stride,
            padding,
            output_padding,
            groups,
            False,
            dilation,
            padding_mode,
            device,
            dtype,
        )
        self._make_later(out_channels, bias, device, dtype)


class LazyConv1d(_LazyConvolution, Conv1d):
    """A `Conv1d` that takes `in_channels` from its first input, and becomes a `Conv1d` then."""

    cls_to_become = Conv1d


class LazyConv2d(_LazyConvolution, Conv2d):
    """A `Conv2d` that takes `in_channels` from its first input, and becomes a `Conv2d` then.

    >>> import backprop as torch
    >>> layer = torch.nn.LazyConv2d(4, 3)
    >>> layer(torch.zeros(2, 1, 8, 8)).shape, layer
    (torch.Size([2, 4, 6, 6]), Conv2d(1, 4, kernel_size=(3, 3), stride=(1, 1)))
    """

    cls_to_become = Conv2d


class LazyConv3d(_LazyConvolution, Conv3d):
    """A `Conv3d` that takes `in_channels` from its first input, and becomes a `Conv3d` then."""

    cls_to_become = Conv3d


class LazyConvTranspose1d(_LazyTransposed, ConvTranspose1d):
    """A `ConvTranspose1d` that takes `in_channels` from its first input, and becomes one then."""

    cls_to_become = ConvTranspose1d


class LazyConvTranspose2d(_LazyTransposed, ConvTranspose2d):
    """A `ConvTranspose2d` that takes `in_channels` from its first input, and becomes one then."""

    cls_to_become = ConvTranspose2d


class LazyConvTranspose3d(_LazyTransposed, ConvTranspose3d):
    """A `ConvTranspose3d` that takes `in_channels` from its first input, and becomes one then."""

    cls_to_become = ConvTranspose3d
