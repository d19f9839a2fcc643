"""Images looked at through a grid of places, which itself can be learned: spatial transformers.

Places are in units of half the image, from -1 at the left (or top) to 1 at the right (or bottom).

Source: Jaderberg et al., Spatial Transformer Networks (2015).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor
from ...warning import warn
from .activation import real

__all__ = ["affine_grid", "grid_sample"]


def affine_grid(theta: Tensor, size: Sequence[int], align_corners: bool | None = None) -> Tensor:
    """For each element of an image, the place that an affine map sends its own place to.

    >>> import backprop as torch
    >>> identity = torch.tensor([[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]])
    >>> affine_grid(identity, (1, 1, 1, 2), align_corners=True)
    tensor([[[[-1.,  0.],
              [ 1.,  0.]]]])

    Args:
        theta: the maps, (N, 2, 3).
        size: of the images, (N, C, H, W).
        align_corners: whether -1 and 1 are the middles of the outermost elements, and not their edges.

    Returns:
        (N, H, W, 2), as `grid_sample` takes it.

    Raises:
        ValueError: theta has another shape.
        NotImplementedError: the size is not that of images.
    """
    _warn_of_corners(align_corners)
    x = real(theta, "affine_grid")
    if len(size) != 4:
        raise NotImplementedError(
            "affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. Got "
            f"size {tuple(size)}.\nHere it is for images alone, (N, C, H, W)."
        )
    if x.ndim != 3 or x.shape[1:] != (2, 3):
        raise ValueError(
            "Expected a batch of 2D affine matrices of shape Nx2x3 for size "
            f"{tuple(size)}. Got {theta.shape}.\nEach has two rows of three numbers."
        )
    rows, columns = (_own_places(length, bool(align_corners)) for length in size[2:])
    base = np.ones((size[2], size[3], 3), x.dtype)
    base[..., 0], base[..., 1] = columns, rows[:, None]
    flat = base.reshape(-1, 3)

    def rule(grad: Array) -> Array:
        return grad.reshape(len(x), -1, 2).swapaxes(1, 2) @ flat

    y = (flat @ x.swapaxes(1, 2)).reshape(len(x), size[2], size[3], 2)
    return tape(y, "AffineGridGeneratorBackward0", (theta,), rule)


def _own_places(length: int, align_corners: bool) -> Array:
    if length == 1:
        return np.zeros(1)
    places = np.linspace(-1, 1, length)
    return places if align_corners else places * (length - 1) / length


def grid_sample(
    input: Tensor,
    grid: Tensor,
    mode: str = "bilinear",
    padding_mode: str = "zeros",
    align_corners: bool | None = None,
) -> Tensor:
    """The image at each place of a grid, between its elements the mean of the four nearest.

    Args:
        input: (N, C, H, W).
        grid: places, x first, (N, H', W', 2).
        mode: "bilinear", or "nearest" for the nearest element alone.
        padding_mode: what is outside: "zeros", "border" for the outermost elements, or "reflection".
        align_corners: whether -1 and 1 are the middles of the outermost elements, and not their edges.

    Returns:
        (N, C, H', W').

    Raises:
        ValueError: an option is unknown.
        RuntimeError: the shapes don't fit.
        NotImplementedError: a mode, or a number of dimensions, that only PyTorch has.
    """
    _refuse(input, grid, mode, padding_mode)
    _warn_of_corners(align_corners)
    images, places = real(input, "grid_sampler_2d_cpu"), grid.array
    count, channels, height, width = images.shape
    x, by_x = _inside(places[..., 0], width, padding_mode, bool(align_corners))
    y, by_y = _inside(places[..., 1], height, padding_mode, bool(align_corners))
    if mode == "nearest":
        x, y = np.rint(x), np.rint(y)
    left, top = np.floor(x), np.floor(y)
    number = np.arange(count)[:, None, None]
    corners = []
    for down in (0, 1):
        for right in (0, 1):
            column, row = left + right, top + down
            known = (column >= 0) & (column < width) & (row >= 0) & (row < height)
            at = (
                number,
                np.where(known, row, 0).astype(np.int64),
                np.where(known, column, 0).astype(np.int64),
            )
            share_x = x - left if right else left + 1 - x
            share_y = y - top if down else top + 1 - y
            corners.append((at, known, share_x, share_y, 2 * right - 1, 2 * down - 1))
    moved = images.transpose(0, 2, 3, 1)
    result = np.zeros((*x.shape, channels), images.dtype)
    for at, known, share_x, share_y, _, _ in corners:
        result += moved[at] * (known * share_x * share_y)[..., None]

    def rule(grad: Array) -> Gradients:
        g = grad.transpose(0, 2, 3, 1)
        by_input, by_grid = np.zeros_like(moved), np.zeros_like(places)
        for at, known, share_x, share_y, sign_x, sign_y in corners:
            np.add.at(by_input, at, g * (known * share_x * share_y)[..., None])
            if mode == "bilinear":
                blame = (g * moved[at]).sum(axis=-1) * known
                by_grid[..., 0] += blame * sign_x * share_y * by_x
                by_grid[..., 1] += blame * sign_y * share_x * by_y
        return by_input.transpose(0, 3, 1, 2), by_grid

    y_out = np.ascontiguousarray(result.transpose(0, 3, 1, 2)).astype(images.dtype, copy=False)
    return tape(y_out, "GridSampler2DBackward0", (input, grid), rule, saved=(input, grid))


def _inside(places: Array, size: int, padding_mode: str, aligned: bool) -> tuple[Array, Array]:
    """Places as numbers of elements, brought inside if so asked; and the slope of that."""
    kind = places.dtype.type
    scale = kind((size - 1) / 2 if aligned else size / 2)
    at = (places + 1) * scale - kind(0 if aligned else 0.5)
    slope = np.full_like(at, scale)
    if padding_mode == "reflection":
        low, span = (0, size - 1) if aligned else (-0.5, size)
        if span == 0:
            return np.zeros_like(at), np.zeros_like(at)
        distance = np.abs(at - low)
        slope = slope * np.where(at < low, -1, 1)
        turns = np.floor(distance / span)
        rest = distance - turns * span
        odd = turns % 2 == 1
        at = np.where(odd, span - rest, rest) + low
        slope = slope * np.where(odd, -1, 1)
    if padding_mode != "zeros":
        slope = slope * ((at > 0) & (at < size - 1))
        at = np.clip(at, 0, size - 1)
    return at.astype(places.dtype), slope.astype(places.dtype)


def _refuse(input: Tensor, grid: Tensor, mode: str, padding_mode: str) -> None:
    if mode not in ("bilinear", "nearest", "bicubic"):
        raise ValueError(
            "nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: "
            f"'{mode}'\nThe usual one is 'bilinear'."
        )
    if padding_mode not in ("zeros", "border", "reflection"):
        raise ValueError(
            "nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', "
            f"but got: '{padding_mode}'\nThe usual one is 'zeros'."
        )
    x, places = input.array, grid.array
    if mode == "bicubic" or x.ndim != 4:
        raise NotImplementedError(
            "grid_sample of this kind is not part of backprop.\n"
            "It samples images, (N, C, H, W), with the modes 'bilinear' and 'nearest'."
        )
    if places.ndim != 4 or places.shape[-1] != 2 or places.shape[0] != x.shape[0]:
        raise RuntimeError(
            "grid_sampler(): expected grid to have size (N, H, W, 2) and the same batch size as input, but "
            f"got input with sizes {list(x.shape)} and grid with sizes {list(places.shape)}\n"
            "Each place is two numbers, x first."
        )


def _warn_of_corners(align_corners: bool | None) -> None:
    if align_corners is None:
        warn(
            "Default grid_sample and affine_grid behavior has changed to align_corners=False since 1.3.0. "
            "Please specify align_corners=True if the old behavior is desired. See the documentation of "
            "grid_sample for details."
        )
