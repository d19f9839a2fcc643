"""The way back from max pooling: each winner at the place where it stood, and 0 elsewhere."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor
from ..scalar_types import scalar_type
from .convolution import by_lengths
from .windows import Sizes, batched, sizes

__all__ = ["max_unpool1d", "max_unpool2d", "max_unpool3d"]


def max_unpool1d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    output_size: Any = None,
) -> Tensor:
    """`max_unpool2d` of series, (N, C, L) or (C, L)."""
    return _unpool(1, input, indices, kernel_size, stride, padding, output_size)


def max_unpool2d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    output_size: Any = None,
) -> Tensor:
    """Each element of the input at its place in a larger image of zeros.

    Args:
        input: (N, C, H, W) or (C, H, W).
        indices: of its shape: the places in the (flattened) larger image, as `max_pool2d` returns them.
        kernel_size: of the pool's windows; one number, or height and width, as for all that follow.
        stride: of the pool; the size of a window if left out.
        padding: of the pool.
        output_size: of the larger image; a stride leaves open which it was.

    Raises:
        RuntimeError: there is not one place for each element, or one is outside of the image.
        ValueError: the `output_size` is impossible.
    """
    return _unpool(2, input, indices, kernel_size, stride, padding, output_size)


def max_unpool3d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Any,
    stride: Any = None,
    padding: Any = 0,
    output_size: Any = None,
) -> Tensor:
    """`max_unpool2d` of volumes, (N, C, D, H, W) or (C, D, H, W)."""
    return _unpool(3, input, indices, kernel_size, stride, padding, output_size)


def _unpool(
    dimensions: int,
    input: Tensor,
    indices: Tensor,
    kernel_size: Any,
    stride: Any,
    padding: Any,
    output_size: Any,
) -> Tensor:
    images = batched(input, f"max_unpool{dimensions}d", dimensions)
    kernel, margin = sizes(kernel_size, dimensions), sizes(padding, dimensions)
    steps = kernel if stride is None else sizes(stride, dimensions)
    size = _size(images.shape[2:], kernel, steps, margin, output_size)
    if indices.array.dtype != np.int64:
        raise RuntimeError(
            f"elements in indices should be type int64 but got: {scalar_type(indices.dtype)}\n"
            "They are what max_pool returns with return_indices=True."
        )
    if indices.array.shape != input.array.shape:
        raise RuntimeError(
            "Expected shape of indices to be same as that of the input tensor "
            f"({list(input.array.shape)}) but got indices tensor with shape: {list(indices.array.shape)}\n"
            "There is one place for each element."
        )
    places = indices.array.reshape(*images.shape[:2], -1)
    outside = places[(places < 0) | (places >= math.prod(size))]
    if outside.size:
        raise RuntimeError(
            f"Found an invalid max index: {outside[0]} (output volumes are of size "
            f"{by_lengths(size).replace(' ', '')})\nGive the output_size that the pool's input had."
        )
    flat = np.zeros((*images.shape[:2], math.prod(size)), images.dtype)
    np.put_along_axis(flat, places, images.reshape(places.shape), axis=2)
    before = input.array.shape[: input.array.ndim - dimensions]

    def rule(grad: Array) -> Array:
        taken = np.take_along_axis(grad.reshape(flat.shape), places, axis=2)
        return taken.reshape(input.array.shape)

    # PyTorch takes a series for an image of one row.
    name = "SqueezeBackward1" if dimensions == 1 else f"MaxUnpool{dimensions}DBackward0"
    return tape(flat.reshape(*before, *size), name, (input,), rule)


def _size(shape: Sizes, kernel: Sizes, stride: Sizes, padding: Sizes, wanted: Any) -> Sizes:
    """The size of the larger image: as asked for, or the smallest that the pool can have had."""
    usual = tuple(
        (size - 1) * step + length - 2 * margin
        for size, step, length, margin in zip(shape, stride, kernel, padding, strict=True)
    )
    if wanted is None:
        return usual
    given = tuple(wanted)
    if len(given) == len(shape) + 2:
        given = given[2:]
    if len(given) != len(shape):
        raise ValueError(
            "output_size should be a sequence containing "
            f"{len(shape)} or {len(shape) + 2} elements, but it has a length of '{len(given)}'\n"
            "Give one number for each dimension."
        )
    for axis, (size, middle, step) in enumerate(zip(given, usual, stride, strict=True)):
        if not middle - step < size < middle + step:
            raise ValueError(
                f'invalid output_size "{given}" (dim {axis} must be between {middle - step} and '
                f"{middle + step})\nThe stride leaves only these open."
            )
    return given
