"""Normalization that divides by how large the numbers are, and leaves their mean where it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...ops.exponential import rsqrt
from ...tensor import Tensor
from .average_pooling import avg_pool2d
from .padding import pad

__all__ = ["local_response_norm", "rms_norm"]


def rms_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    eps: float | None = None,
) -> Tensor:
    """``x / sqrt(mean(x^2) + eps) * weight``, with the mean of each example.

    >>> import backprop as torch
    >>> rms_norm(torch.tensor([3.0, 4.0, 5.0, 5.0]), (4,))
    tensor([0.6928, 0.9238, 1.1547, 1.1547])

    Args:
        input: (..., *normalized_shape).
        normalized_shape: the last dimensions, over which the mean is taken.
        weight: of `normalized_shape`, or None for 1.
        eps: keeps the root away from 0; the smallest difference from 1 of the type, if left out.

    Source: Zhang and Sennrich, Root Mean Square Layer Normalization (2019).

    Raises:
        RuntimeError: the last dimensions of the input are others.
    """
    shape, x = tuple(normalized_shape), input.array
    if x.shape[x.ndim - len(shape) :] != shape or len(shape) > x.ndim:
        sizes = "*" + ", ".join(map(str, shape))
        raise RuntimeError(
            f"Given normalized_shape={list(shape)}, expected input with shape [{sizes}], but got input of "
            f"size{list(x.shape)}\nIt is normalized over its last dimensions."
        )
    over = tuple(range(-len(shape), 0))
    least = float(np.finfo(x.dtype).eps) if eps is None else eps
    y = input * rsqrt((input * input).mean(over, keepdim=True) + least)
    return y if weight is None else y * weight


def local_response_norm(
    input: Tensor, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> Tensor:
    """``x / (k + alpha mean(x^2))^beta``, with the mean over `size` neighbouring channels.

    Args:
        input: (N, C, ...), of three dimensions or more.
        size: over how many channels the mean is taken; beyond the first and the last are zeros.
        alpha: how much the neighbours count.
        beta: the exponent.
        k: what is divided by where all neighbours are 0.

    Source: Krizhevsky et al., ImageNet Classification with Deep Convolutional Neural Networks (2012).

    Raises:
        ValueError: the input has fewer than three dimensions.
    """
    x = input.array
    if x.ndim < 3:
        raise ValueError(
            f"Expected 3D or higher dimensionality                          input (got {x.ndim} dimensions)"
            "\nThe channels are the second dimension, and places follow."
        )
    if x.size == 0:
        return input
    squares = (input * input).reshape(x.shape[0], 1, x.shape[1], -1)
    padded = pad(squares, (0, 0, size // 2, (size - 1) // 2))
    mean = avg_pool2d(padded, (size, 1), stride=1).reshape(x.shape)
    return input / (mean * alpha + k) ** beta
