"""The transposed convolutional layers: small images to large ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..dtypes import dtype as dtype_type
from ..size import Size
from ..tensor import Tensor
from . import functional
from .conv import ConvolutionBase

__all__ = ["ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"]


class _Transposed(ConvolutionBase):
    """What the three share."""

    transposed = True

    def __init__(
        self,
        in_channels: int,
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
        super(ConvolutionBase, self).__init__()
        if padding_mode != "zeros":
            raise ValueError(
                f'Only "zeros" padding mode is supported for {type(self).__name__}\n'
                "Its padding cuts off; it adds no margin."
            )
        self._take_options(
            in_channels,
            out_channels,
            kernel_size,
            stride,
            padding,
            dilation,
            groups,
            padding_mode,
            output_padding,
        )
        self._make_parameters(bias, device, dtype)

    def _options(self, input: Tensor, output_size: Sequence[int] | None) -> tuple[Any, ...]:
        """What the function takes after the input."""
        extra = self.output_padding if output_size is None else self._extra(input, output_size)
        return (
            self.weight,
            self.bias,
            self.stride,
            self.padding,
            extra,
            self.groups,
            self.dilation,
        )

    def _extra(self, input: Tensor, output_size: Sequence[int]) -> tuple[int, ...]:
        """The output padding that gives the size which is asked for."""
        shape = input.array.shape[input.array.ndim - self.dimensions :]
        before = input.array.ndim - self.dimensions
        wanted = tuple(output_size)
        if len(wanted) == before + self.dimensions:
            wanted = wanted[before:]
        if len(wanted) != self.dimensions:
            raise ValueError(
                f"ConvTranspose{self.dimensions}D: for {input.array.ndim}D input, output_size must have "
                f"{self.dimensions} or {before + self.dimensions} elements (got {len(wanted)})\n"
                "Give one number for each dimension."
            )
        assert not isinstance(self.padding, str)
        least = [
            (size - 1) * step - 2 * cut + gap * (reach - 1) + 1
            for size, step, cut, gap, reach in zip(
                shape, self.stride, self.padding, self.dilation, self.kernel_size, strict=True
            )
        ]
        most = [size + step - 1 for size, step in zip(least, self.stride, strict=True)]
        if any(
            not low <= size <= high for low, size, high in zip(least, wanted, most, strict=True)
        ):
            raise ValueError(
                f"requested an output size of {wanted}, but valid sizes range from {least} to {most} "
                f"(for an input of {Size(shape)})\nThe stride leaves only these open."
            )
        return tuple(size - low for size, low in zip(wanted, least, strict=True))


class ConvTranspose1d(_Transposed):
    """As `ConvTranspose2d`, for series.

    Shapes: (N, C, L) to (N, out_channels, L'), or both without N.
    """

    dimensions = 1

    def forward(self, input: Tensor, output_size: Sequence[int] | None = None) -> Tensor:
        """See the class."""
        return functional.conv_transpose1d(input, *self._options(input, output_size))


class ConvTranspose2d(_Transposed):
    """Each element lays its multiple of a kernel down: see `functional.conv_transpose2d`.

    >>> import backprop as torch
    >>> torch.nn.ConvTranspose2d(3, 1, 4, stride=2, padding=1)(torch.zeros(2, 3, 8, 8)).shape
    torch.Size([2, 1, 16, 16])

    Args:
        in_channels: C.
        out_channels: how many numbers are computed at each place.
        kernel_size: one number, or height and width, as for all that follow.
        stride: from one kernel to the next.
        padding: how much is cut off of each side of the result.
        output_padding: rows and columns more at the end.
        groups: into how many parts the channels are split.
        bias: whether there is one.
        dilation: from one element of the kernel to the next.
        padding_mode: "zeros", which is all there is.
        device: the CPU.
        dtype: of the parameters.

    Shapes: (N, C, H, W) to (N, out_channels, H', W'), or both without N, where
        ``H' = (H - 1) stride - 2 padding + dilation (kernel_size - 1) + output_padding + 1``; or of the
        `output_size` that is given with the input.

    Raises:
        ValueError: the groups don't divide the channels, or an option is unknown.
    """

    dimensions = 2

    def forward(self, input: Tensor, output_size: Sequence[int] | None = None) -> Tensor:
        """See the class."""
        return functional.conv_transpose2d(input, *self._options(input, output_size))


class ConvTranspose3d(_Transposed):
    """As `ConvTranspose2d`, for volumes.

    Shapes: (N, C, D, H, W) to (N, out_channels, D', H', W'), or both without N.
    """

    dimensions = 3

    def forward(self, input: Tensor, output_size: Sequence[int] | None = None) -> Tensor:
        """See the class."""
        return functional.conv_transpose3d(input, *self._options(input, output_size))
