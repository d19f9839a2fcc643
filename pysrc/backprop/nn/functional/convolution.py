"""Convolution: the same small linear layer at every place of an image."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor
from .windows import Pair, Windows, batched, pair

__all__ = ["conv2d"]


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

    The windows are laid side by side as columns of a matrix; then it is a linear layer, ``W @ columns``,
    with a linear layer's gradients: ``dW = dy @ columns.T`` and ``dcolumns = W.T @ dy``. An element of
    the image takes the blame of all windows that it is in.

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

    Source: Chellapilla et al., High Performance Convolutional Neural Networks (2006).
    """
    images, w = batched(input, "conv2d"), weight.array
    _refuse_unfitting(images, input, weight, bias, groups)
    outputs, kernel = w.shape[0], (w.shape[2], w.shape[3])
    before, after = _margins(padding, kernel, pair(stride), pair(dilation))
    size = (images.shape[2], images.shape[3])
    windows = Windows(size, kernel, pair(stride), before, after, pair(dilation))
    count, channels = images.shape[:2]
    height, width = windows.output

    columns = np.empty((count, channels, *kernel, height, width), images.dtype)
    for i, j, values in windows.slices(windows.padded(images)):
        columns[:, :, i, j] = values
    columns = columns.reshape(count, groups, -1, height * width)
    matrix = w.reshape(groups, outputs // groups, -1)
    y = (matrix @ columns).reshape(count, outputs, height, width)
    if bias is not None:
        y += bias.array[:, None, None]
    wants_input, wants_weight = input.requires_grad, weight.requires_grad

    def rule(grad: Array) -> Gradients:
        dy = grad.reshape(count, groups, outputs // groups, height * width)
        by_input = by_weight = by_bias = None
        if wants_weight:
            by_weight = (dy @ columns.swapaxes(2, 3)).sum(axis=0).reshape(w.shape)
        if wants_input:
            back = (matrix.swapaxes(1, 2) @ dy).reshape(count, channels, *kernel, height, width)
            padded = windows.empty_like(images, grad.dtype)
            for i, j, values in windows.slices(padded):
                values += back[:, :, i, j]
            by_input = windows.inside(padded).reshape(input.array.shape)
        if bias is None:
            return by_input, by_weight
        by_bias = grad.reshape(y.shape).sum(axis=(0, 2, 3))
        return by_input, by_weight, by_bias

    inputs = (input, weight) if bias is None else (input, weight, bias)
    unbatched = input.array.ndim == 3
    name = "SqueezeBackward1" if unbatched else "ConvolutionBackward0"
    return tape(y[0] if unbatched else y, name, inputs, rule, saved=(input, weight))


def _margins(padding: Any, kernel: Pair, stride: Pair, dilation: Pair) -> tuple[Pair, Pair]:
    """The margins before and after; where "same" needs an odd number, the greater part comes after."""
    if padding == "valid":
        return (0, 0), (0, 0)
    if padding != "same":
        return pair(padding), pair(padding)
    if stride != (1, 1):
        raise RuntimeError(
            "padding='same' is not supported for strided convolutions\n"
            "With a stride the output is smaller. Give the margin as a number."
        )
    total = [distance * (size - 1) for distance, size in zip(dilation, kernel, strict=True)]
    before = (total[0] // 2, total[1] // 2)
    return before, (total[0] - before[0], total[1] - before[1])


def _refuse_unfitting(
    images: Array, input: Tensor, weight: Tensor, bias: Tensor | None, groups: int
) -> None:
    w = weight.array
    if images.dtype != w.dtype:
        raise RuntimeError(
            f"Input type ({input.dtype}) and weight type ({weight.dtype}) should be the same\n"
            "Convert the images, with .float()."
        )
    if w.ndim == 4 and images.shape[1] != w.shape[1] * groups:
        raise RuntimeError(
            f"Given groups={groups}, weight of size {list(w.shape)}, expected input{list(images.shape)} to "
            f"have {w.shape[1] * groups} channels, but got {images.shape[1]} channels instead\n"
            "Images have the shape (batch, channels, height, width)."
        )
    if bias is not None and bias.array.shape != w.shape[:1]:
        raise RuntimeError(
            f"Given weight of size {list(w.shape)}, expected bias to be 1-dimensional with {w.shape[0]} "
            f"elements, but got bias of size {list(bias.array.shape)} instead\n"
            "There is one bias for each output channel."
        )
