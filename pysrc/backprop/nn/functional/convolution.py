"""Convolution: the same small linear layer at every place of a series, an image or a volume.

The windows are laid side by side as columns of a matrix; then it is a linear layer, ``W @ columns``, with
a linear layer's gradients: ``dW = dy @ columns.T`` and ``dcolumns = W.T @ dy``. An element of the image
takes the blame of all windows that it is in.

Source: Chellapilla et al., High Performance Convolutional Neural Networks (2006).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor
from .windows import Sizes, Windows, batched, shape_in_words, sizes

__all__ = ["conv1d", "conv2d", "conv3d"]


def conv1d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Tensor:
    """`conv2d` of series: (N, C, L) or (C, L), with a weight of (out, C / groups, length)."""
    return _convolution(1, input, weight, bias, stride, padding, dilation, groups)


def conv2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Tensor:
    """Each output is the weighted sum of a window over all channels, plus a bias.

    >>> import backprop as torch
    >>> image = torch.tensor([[[0.0, 0.0, 1.0, 1.0]]])
    >>> edge = torch.tensor([[[[-1.0, 1.0]]]])
    >>> conv2d(image, edge)
    tensor([[[0., 1., 0.]]])

    Args:
        input: (N, C, H, W) or (C, H, W).
        weight: (out, C / groups, height, width).
        bias: (out,) or None.
        stride: from one window to the next; one number, or height and width, as for all that follow.
        padding: the margin of zeros; "same" for an output as large as the input, "valid" for none.
        dilation: from one element of a window to the next.
        groups: into how many parts the channels are split, each seen by its own part of the outputs.

    Raises:
        RuntimeError: the shapes or the types don't fit, or "same" has a stride.
    """
    return _convolution(2, input, weight, bias, stride, padding, dilation, groups)


def conv3d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
) -> Tensor:
    """`conv2d` of volumes: (N, C, D, H, W) or (C, D, H, W), with a weight of one dimension more."""
    return _convolution(3, input, weight, bias, stride, padding, dilation, groups)


def _convolution(
    dimensions: int,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: int,
) -> Tensor:
    images, w = batched(input, f"conv{dimensions}d", dimensions), weight.array
    refuse_other_types(input, weight)
    _refuse_unfitting(images, weight, bias, groups, dimensions)
    outputs, kernel = w.shape[0], w.shape[2:]
    steps, gaps = sizes(stride, dimensions), sizes(dilation, dimensions)
    before, after = _margins(padding, kernel, steps, gaps)
    windows = Windows(images.shape[2:], kernel, steps, before, after, gaps)
    _refuse_too_small(windows)
    count, channels = images.shape[:2]

    places = math.prod(windows.output)
    columns = windows.columns(images).reshape(
        count, groups, channels // groups * math.prod(kernel), places
    )
    matrix = w.reshape(groups, outputs // groups, -1)
    y = (matrix @ columns).reshape(count, outputs, *windows.output)
    if bias is not None:
        y += for_channels(bias, dimensions)
    wants_input, wants_weight = input.requires_grad, weight.requires_grad

    def rule(grad: Array) -> Gradients:
        dy = grad.reshape(count, groups, outputs // groups, places)
        by_input = by_weight = None
        if wants_weight:
            by_weight = (dy @ columns.swapaxes(2, 3)).sum(axis=0).reshape(w.shape)
        if wants_input:
            by_input = windows.summed(matrix.swapaxes(1, 2) @ dy, channels)
            by_input = by_input.reshape(input.array.shape)
        return (by_input, by_weight, *by_bias(bias, grad.reshape(y.shape)))

    return taped(y, input, weight, bias, rule)


# What a transposed convolution needs too


def for_channels(bias: Tensor, dimensions: int) -> Array:
    """A bias, stretched over all places of its channel."""
    return bias.array.reshape(-1, *[1] * dimensions)


def by_bias(bias: Tensor | None, grad: Array) -> Gradients:
    """The gradient by the bias, if there is one."""
    return () if bias is None else (grad.sum(axis=(0, *range(2, grad.ndim))),)


def taped(y: Array, input: Tensor, weight: Tensor, bias: Tensor | None, rule: Any) -> Tensor:
    """The result of a convolution, remembered; for one image alone without the batch."""
    inputs = (input, weight) if bias is None else (input, weight, bias)
    alone = input.array.ndim < y.ndim
    name = "SqueezeBackward1" if alone else "ConvolutionBackward0"
    return tape(y[0] if alone else y, name, inputs, rule, saved=(input, weight))


def _margins(padding: Any, kernel: Sizes, stride: Sizes, dilation: Sizes) -> tuple[Sizes, Sizes]:
    """The margins before and after; where "same" needs an odd number, the greater part comes after."""
    if padding == "valid":
        padding = 0
    if padding != "same":
        return sizes(padding, len(kernel)), sizes(padding, len(kernel))
    if any(step != 1 for step in stride):
        raise RuntimeError(
            "padding='same' is not supported for strided convolutions\n"
            "With a stride the output is smaller. Give the margin as a number."
        )
    total = [gap * (size - 1) for gap, size in zip(dilation, kernel, strict=True)]
    return tuple(each // 2 for each in total), tuple(each - each // 2 for each in total)


def refuse_other_types(input: Tensor, weight: Tensor) -> None:
    """Raise RuntimeError if input and weight are of different types."""
    if input.array.dtype != weight.array.dtype:
        raise RuntimeError(
            f"Input type ({input.dtype}) and weight type ({weight.dtype}) should be the same\n"
            "Convert the images, with .float()."
        )


def _refuse_unfitting(
    images: Array, weight: Tensor, bias: Tensor | None, groups: int, dimensions: int
) -> None:
    w = weight.array
    if w.ndim == dimensions + 2 and images.shape[1] != w.shape[1] * groups:
        raise RuntimeError(
            f"Given groups={groups}, weight of size {list(w.shape)}, expected input{list(images.shape)} to "
            f"have {w.shape[1] * groups} channels, but got {images.shape[1]} channels instead\n"
            + shape_in_words(dimensions)
        )
    refuse_bias(w, bias, w.shape[0])


def refuse_bias(w: Array, bias: Tensor | None, outputs: int) -> None:
    """Raise RuntimeError if there is not one bias for each output channel."""
    if bias is not None and bias.array.shape != (outputs,):
        raise RuntimeError(
            f"Given weight of size {list(w.shape)}, expected bias to be 1-dimensional with {outputs} "
            f"elements, but got bias of size {list(bias.array.shape)} instead\n"
            "There is one bias for each output channel."
        )


def _refuse_too_small(windows: Windows) -> None:
    padded = [
        size + before + after
        for size, before, after in zip(windows.size, windows.before, windows.after, strict=True)
    ]
    reach = [windows.reach(axis) for axis in range(len(padded))]
    if any(each > size for each, size in zip(reach, padded, strict=True)):
        raise RuntimeError(
            f"Calculated padded input size per channel: ({by_lengths(padded)}). Kernel size: "
            f"({by_lengths(reach)}). Kernel size can't be greater than actual input size\n"
            "The window does not fit into the image: use a smaller one, or padding."
        )


def by_lengths(lengths: Sequence[int]) -> str:
    """The size of an image as PyTorch's errors write it: ``3 x 4``."""
    return " x ".join(map(str, lengths))
