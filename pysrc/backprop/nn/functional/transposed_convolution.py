"""Transposed convolution: what a convolution does on the way back, taken forwards."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...autograd.node import Gradients
from ...dtypes import Array
from ...tensor import Tensor
from .convolution import by_bias, by_lengths, for_channels, refuse_bias, refuse_other_types, taped
from .windows import Sizes, Windows, batched, shape_in_words, sizes

__all__ = ["conv_transpose1d", "conv_transpose2d", "conv_transpose3d"]


def conv_transpose1d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Tensor:
    """`conv_transpose2d` of series: (N, C, L) or (C, L), with a weight of (C, out / groups, length)."""
    return _transposed(1, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Tensor:
    """Each element of the input lays its multiple of the kernel down; where kernels overlap, they add up.

    It is what a convolution of the same options does on the way back, so it turns the size of that
    convolution's output into the size of its input.

    >>> import backprop as torch
    >>> conv_transpose2d(torch.tensor([[[1.0, 10.0]]]), torch.tensor([[[[1.0, 2.0]]]]), stride=2)
    tensor([[[ 1.,  2., 10., 20.]]])

    Args:
        input: (N, C, H, W) or (C, H, W).
        weight: (C, out / groups, height, width).
        bias: (out,) or None.
        stride: from one kernel to the next; one number, or height and width, as for all that follow.
        padding: how much is cut off of each side of the result.
        output_padding: rows and columns more at the end; a stride leaves open how many there were.
        groups: into how many parts the channels are split, each with its own part of the outputs.
        dilation: from one element of the kernel to the next.

    Shapes: (N, C, H, W) to (N, out, H', W') with
        ``H' = (H - 1) stride - 2 padding + dilation (height - 1) + output_padding + 1``.

    Raises:
        RuntimeError: the shapes or the types don't fit, or `output_padding` is as large as the stride.

    Source: Zeiler et al., Deconvolutional Networks (2010).
    """
    return _transposed(2, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose3d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Tensor:
    """`conv_transpose2d` of volumes: (N, C, D, H, W) or (C, D, H, W)."""
    return _transposed(3, input, weight, bias, stride, padding, output_padding, groups, dilation)


def _transposed(
    dimensions: int,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Any,
    padding: Any,
    output_padding: Any,
    groups: int,
    dilation: Any,
) -> Tensor:
    images, w = batched(input, f"conv_transpose{dimensions}d", dimensions), weight.array
    refuse_other_types(input, weight)
    _refuse_unfitting_transposed(images, weight, bias, groups, dimensions)
    count, channels = images.shape[:2]
    outputs, kernel = w.shape[1] * groups, w.shape[2:]
    steps, gaps = sizes(stride, dimensions), sizes(dilation, dimensions)
    before, extra = sizes(padding, dimensions), sizes(output_padding, dimensions)
    _refuse_large_extra(extra, steps, gaps)
    size = tuple(
        (length - 1) * step - 2 * cut + gap * (reach - 1) + more + 1
        for length, step, cut, gap, reach, more in zip(
            images.shape[2:], steps, before, gaps, kernel, extra, strict=True
        )
    )
    if min(size) < 1:
        raise RuntimeError(
            f"Given input size per channel: ({by_lengths(images.shape[2:])}). Calculated output size per "
            f"channel: ({by_lengths(size)}). Output size is too small\nThe padding cuts all of it off."
        )
    # Seen from its output, the windows of a convolution whose result is the input.
    after = tuple(cut - more for cut, more in zip(before, extra, strict=True))
    windows = Windows(size, kernel, steps, before, after, gaps)

    x = images.reshape(count, groups, channels // groups, math.prod(images.shape[2:]))
    matrix = w.reshape(groups, channels // groups, -1)
    y = np.ascontiguousarray(windows.summed(matrix.swapaxes(1, 2) @ x, outputs))
    if bias is not None:
        y += for_channels(bias, dimensions)

    wants_input, wants_weight = input.requires_grad, weight.requires_grad

    def rule(grad: Array) -> Gradients:
        dy = grad.reshape(y.shape)
        columns = windows.columns(dy).reshape(count, groups, matrix.shape[2], x.shape[3])
        by_input = by_weight = None
        if wants_input:
            by_input = (matrix @ columns).reshape(input.array.shape)
        if wants_weight:
            by_weight = (x @ columns.swapaxes(2, 3)).sum(axis=0).reshape(w.shape)
        return (by_input, by_weight, *by_bias(bias, dy))

    return taped(y, input, weight, bias, rule)


def _refuse_unfitting_transposed(
    images: Array, weight: Tensor, bias: Tensor | None, groups: int, dimensions: int
) -> None:
    w = weight.array
    if images.shape[1] != w.shape[0]:
        raise RuntimeError(
            f"Given transposed=1, weight of size {list(w.shape)}, expected input{list(images.shape)} to "
            f"have {w.shape[0]} channels, but got {images.shape[1]} channels instead\n"
            + shape_in_words(dimensions)
        )
    refuse_bias(w, bias, w.shape[1] * groups)


def _refuse_large_extra(extra: Sizes, stride: Sizes, dilation: Sizes) -> None:
    for more, step, gap in zip(extra, stride, dilation, strict=True):
        if more >= step and more >= gap:
            raise RuntimeError(
                "output padding must be smaller than either stride or dilation, but got output_padding"
                f"={more}, stride={step}, dilation={gap}\n"
                "It only chooses between the sizes that a stride leaves open."
            )
