"""The convolutional layers, for series, images and volumes."""

from __future__ import annotations

import math
from typing import Any

from ..dtypes import dtype as dtype_type
from ..ops.creation import zeros
from ..tensor import Tensor
from . import functional, init
from .functional.windows import sizes
from .module import Module
from .parameter import Parameter

__all__ = ["Conv1d", "Conv2d", "Conv3d"]

#: The paddings that are words, and how a margin may be filled.
WORDS = ("same", "valid")
MODES = ("zeros", "reflect", "replicate", "circular")


class ConvolutionBase(Module):
    """What all convolutions share: their options, their parameters, and how they are shown.

    Weight and bias start uniform in plus or minus ``1 / sqrt(fan_in)``, where ``fan_in`` is how many
    numbers a window has; weight first, as PyTorch draws them.
    """

    #: Of what is convolved: 1 for a series, 2 for an image, 3 for a volume.
    dimensions: int
    transposed = False

    bias: Parameter | None

    def __init__(
        self,
        in_channels: int,
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
        super().__init__()
        self._take_options(
            in_channels, out_channels, kernel_size, stride, padding, dilation, groups, padding_mode
        )
        self._make_parameters(bias, device, dtype)

    def _take_options(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Any,
        stride: Any,
        padding: Any,
        dilation: Any,
        groups: int,
        padding_mode: str,
        output_padding: Any = 0,
    ) -> None:
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = sizes(kernel_size, self.dimensions)
        self.stride = sizes(stride, self.dimensions)
        self.padding: str | tuple[int, ...] = (
            padding if isinstance(padding, str) else sizes(padding, self.dimensions)
        )
        self.dilation = sizes(dilation, self.dimensions)
        self.output_padding = sizes(output_padding, self.dimensions)
        self.groups = groups
        self.padding_mode = padding_mode
        self._refuse_impossible()

    def weight_shape(self) -> tuple[int, ...]:
        """(out, in / groups, ...), and the other way round for what is transposed."""
        ends = (self.out_channels, self.in_channels)
        first, second = reversed(ends) if self.transposed else ends
        return (first, second // self.groups, *self.kernel_size)

    def _make_parameters(self, bias: bool, device: Any, dtype: dtype_type | None) -> None:
        self.weight = Parameter(zeros(self.weight_shape(), dtype=dtype, device=device))
        shift = Parameter(zeros(self.out_channels, dtype=dtype)) if bias else None
        self.register_parameter("bias", shift)
        self.reset_parameters()

    def _refuse_impossible(self) -> None:
        if self.groups <= 0:
            raise ValueError("groups must be a positive integer\nOne group is no split.")
        for name in ("in_channels", "out_channels"):
            if getattr(self, name) % self.groups:
                raise ValueError(
                    f"{name} must be divisible by groups\n"
                    f"{getattr(self, name)} channels are no {self.groups} equal parts."
                )
        if isinstance(self.padding, str) and self.padding not in WORDS:
            raise ValueError(
                f"Invalid padding string '{self.padding}', should be one of {{'valid', 'same'}}\n"
                "Or give the margin as a number."
            )
        if self.padding == "same" and any(step != 1 for step in self.stride):
            raise ValueError(
                "padding='same' is not supported for strided convolutions\n"
                "With a stride the output is smaller. Give the margin as a number."
            )
        if self.padding_mode not in MODES:
            raise ValueError(
                f"padding_mode must be one of {MODES}, but got padding_mode='{self.padding_mode}'\n"
                "Leave it out for a margin of zeros."
            )

    def reset_parameters(self) -> None:
        """Draw weight and bias afresh."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in = init.fans(self.weight)[0]
            if fan_in:
                init.uniform_(self.bias, -1 / math.sqrt(fan_in), 1 / math.sqrt(fan_in))

    def extra_repr(self) -> str:
        """The sizes, and what is not as usual."""
        text = (
            f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, "
            f"stride={self.stride}"
        )
        nothing, one = (0,) * self.dimensions, (1,) * self.dimensions
        if self.padding != nothing:
            text += f", padding={self.padding}"
        if self.dilation != one:
            text += f", dilation={self.dilation}"
        if self.output_padding != nothing:
            text += f", output_padding={self.output_padding}"
        if self.groups != 1:
            text += f", groups={self.groups}"
        if self.bias is None:
            text += ", bias=False"
        if self.padding_mode != "zeros":
            text += f", padding_mode={self.padding_mode}"
        return text


class _Convolution(ConvolutionBase):
    """A convolution that is not transposed."""

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        padding: Any = self.padding
        if self.padding_mode != "zeros":
            input = functional.pad(input, self._margins(), self.padding_mode)
            padding = 0
        return self._convolve(input, padding)

    def _convolve(self, input: Tensor, padding: Any) -> Tensor:
        raise NotImplementedError

    def _margins(self) -> list[int]:
        """The margins as `functional.pad` takes them: of the last dimension first."""
        margins = []
        for axis in reversed(range(self.dimensions)):
            total = self.dilation[axis] * (self.kernel_size[axis] - 1)
            if self.padding == "same":
                margins += [total // 2, total - total // 2]
            else:
                margins += [0 if self.padding == "valid" else int(self.padding[axis])] * 2
        return margins


class Conv1d(_Convolution):
    """As `Conv2d`, for series.

    Shapes: (N, C, L) to (N, out_channels, L'), or both without N.
    """

    dimensions = 1

    def _convolve(self, input: Tensor, padding: Any) -> Tensor:
        return functional.conv1d(
            input, self.weight, self.bias, self.stride, padding, self.dilation, self.groups
        )


class Conv2d(_Convolution):
    """The same small linear layer at every place of an image: see `functional.conv2d`.

    Weight and bias start uniform in plus or minus ``1 / sqrt(fan_in)``, where ``fan_in`` is how many
    numbers a window has; weight first, as PyTorch draws them.

    >>> import backprop as torch
    >>> torch.nn.Conv2d(1, 4, 3)(torch.zeros(2, 1, 8, 8)).shape
    torch.Size([2, 4, 6, 6])

    Args:
        in_channels: C.
        out_channels: how many numbers are computed at each place.
        kernel_size: of the windows; one number, or height and width, as for all that follow.
        stride: from one window to the next.
        padding: the margin; "same" for an output as large as the input, "valid" for none.
        dilation: from one element of a window to the next.
        groups: into how many parts the channels are split, each seen by its own part of the outputs.
        bias: whether there is one.
        padding_mode: "zeros", or "reflect", "replicate" or "circular", which repeat the image.
        device: the CPU.
        dtype: of the parameters.

    Shapes: (N, C, H, W) to (N, out_channels, H', W'), or both without N, where
        ``H' = (H + 2 padding - dilation (kernel_size - 1) - 1) // stride + 1``.

    Raises:
        ValueError: the groups don't divide the channels, or an option is unknown.
    """

    dimensions = 2

    def _convolve(self, input: Tensor, padding: Any) -> Tensor:
        return functional.conv2d(
            input, self.weight, self.bias, self.stride, padding, self.dilation, self.groups
        )


class Conv3d(_Convolution):
    """As `Conv2d`, for volumes.

    Shapes: (N, C, D, H, W) to (N, out_channels, D', H', W'), or both without N.
    """

    dimensions = 3

    def _convolve(self, input: Tensor, padding: Any) -> Tensor:
        return functional.conv3d(
            input, self.weight, self.bias, self.stride, padding, self.dilation, self.groups
        )
