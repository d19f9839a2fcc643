"""Images in another size: each number of the result is a mean of those near its place.

Along each dimension the result is a matrix times the input, so the dimensions are taken one after the
other, and the gradient goes back by the transposed matrices.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor
from ...warning import warn
from ..scalar_types import scalar_type
from .adaptive_pooling import adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d, along
from .windows import Sizes

__all__ = ["interpolate", "upsample", "upsample_bilinear", "upsample_nearest"]

#: The modes that draw lines or curves, by how many dimensions the input has.
MODES = {"linear": 3, "bilinear": 4, "bicubic": 4, "trilinear": 5}
_AREA = {3: adaptive_avg_pool1d, 4: adaptive_avg_pool2d, 5: adaptive_avg_pool3d}


def interpolate(
    input: Tensor,
    size: Any = None,
    scale_factor: Any = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
    antialias: bool = False,
) -> Tensor:
    """The input in another size, its places filled by what is near.

    >>> import backprop as torch
    >>> interpolate(torch.tensor([[[0.0, 4.0]]]), scale_factor=2, mode="linear")
    tensor([[[0., 1., 3., 4.]]])

    Args:
        input: (N, C, L), (N, C, H, W) or (N, C, D, H, W).
        size: of the result, without N and C; one number, or one a dimension.
        scale_factor: how many times larger the result is, instead of `size`.
        mode: "nearest"; "linear", "bilinear" or "trilinear", straight between two neighbours; "bicubic", a
            curve through four (Keys, 1981); "area", means; "nearest-exact", without the shift of "nearest".
        align_corners: whether the outermost numbers stand at the middle of the outermost elements.
        recompute_scale_factor: whether places are computed from the sizes, and not by `scale_factor`.
        antialias: whether, where the result is smaller, wider means are taken.

    Raises:
        ValueError: the options contradict each other.
        NotImplementedError: the mode is unknown, or is for other dimensions.
    """
    x = input.array
    wanted, scales = _sizes(x.shape[2:], size, scale_factor, recompute_scale_factor)
    if align_corners is not None and mode not in MODES:
        raise ValueError(
            "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic "
            "| trilinear\nLeave it out."
        )
    if antialias and (mode not in ("bilinear", "bicubic") or x.ndim != 4):
        raise ValueError(
            "Anti-alias option is restricted to bilinear, bicubic, and lanczos modes and requires a 4-D "
            "tensor as input\nLeave it out."
        )
    known = (*MODES, "nearest", "nearest-exact", "area")
    if x.ndim not in (3, 4, 5) or mode not in known:
        raise NotImplementedError(
            "Input Error: Only 3D, 4D and 5D input Tensors supported (got "
            f"{x.ndim}D) for the modes: nearest | linear | bilinear | bicubic | trilinear | lanczos | area | "
            f"nearest-exact (got {mode})\nImages have the shape (batch, channels, height, width)."
        )
    if x.ndim != MODES.get(mode, x.ndim):
        raise NotImplementedError(
            f"Got {x.ndim}D input, but {mode} mode needs {MODES[mode]}D input\n"
            "'linear' is for series, 'bilinear' and 'bicubic' for images, 'trilinear' for volumes."
        )
    if mode == "area":
        return _AREA[x.ndim](input, wanted)
    _refuse(input, wanted, mode)
    places = list(zip(x.shape[2:], wanted, scales, strict=True))
    title = mode.title().replace("-E", "E")
    name = f"Upsample{title}{x.ndim - 2}D{'Aa' if antialias else ''}Backward0"
    if mode.startswith("nearest"):
        return _nearest(input, places, 0.5 if mode == "nearest-exact" else 0, name)
    tables = [_table(*each, mode, bool(align_corners), antialias, x.dtype) for each in places]
    return _by_tables(input, tables, name)


Place = tuple[int, int, "float | None"]


def _nearest(input: Tensor, places: list[Place], shift: float, name: str) -> Tensor:
    """Each number of the result is that of the input at or below its place."""
    y, tables = input.array, []
    for axis, (size, wanted, factor) in enumerate(places, 2):
        scale = np.float32(size / wanted if factor is None else 1 / factor)
        at = (np.arange(wanted, dtype=np.float32) + np.float32(shift)) * scale
        chosen = np.minimum(at.astype(np.int64), size - 1)
        tables.append((chosen[:, None] == np.arange(size)).astype(y.dtype))
        y = np.take(y, chosen, axis)

    def rule(grad: Array) -> Array:
        for axis, table in enumerate(tables, 2):
            grad = along(axis, table.T, grad)
        return grad

    return tape(y, name, (input,), rule)


def _by_tables(input: Tensor, tables: list[Array], name: str) -> Tensor:
    y = input.array
    for axis, table in enumerate(tables, 2):
        y = along(axis, table, y)

    def rule(grad: Array) -> Array:
        for axis, table in enumerate(tables, 2):
            grad = along(axis, table.T, grad)
        return grad

    return tape(np.ascontiguousarray(y), name, (input,), rule)


def _table(
    size: int,
    wanted: int,
    factor: float | None,
    mode: str,
    align_corners: bool,
    antialias: bool,
    kind: Any,
) -> Array:
    """How much each of `size` elements counts in each of `wanted` numbers: (wanted, size)."""
    number = np.arange(wanted)
    if align_corners:
        scale = (size - 1) / (wanted - 1) if wanted > 1 else 0.0
        at = number * scale
    else:
        scale = size / wanted if factor is None else 1 / factor
        at = (number + 0.5) * scale - 0.5
    curve, reach, a = (_line, 1, 0.0) if mode != "bicubic" else (_cubic, 2, -0.75)
    if antialias:
        return _wide_table(size, at, max(scale, 1.0), curve, reach).astype(kind)
    if mode != "bicubic":
        at = np.maximum(at, 0)
    start = np.floor(at).astype(int)
    table = np.zeros((wanted, size))
    for step in range(1 - reach, reach + 1):
        near = np.clip(start + step, 0, size - 1)
        np.add.at(table, (number, near), curve(np.abs(at - start - step), a))
    return table.astype(kind)


def _wide_table(
    size: int, at: Array, scale: float, curve: Callable[[Array, float], Array], reach: int
) -> Array:
    """As `_table`, with windows as wide as what is made one number of; each row adds up to 1."""
    support = reach * scale
    element = np.arange(size)
    first = np.maximum((at + 0.5 - support + 0.5).astype(int), 0)[:, None]
    last = np.minimum((at + 0.5 + support + 0.5).astype(int), size)[:, None]
    inside = (element >= first) & (element < last)
    table = np.where(inside, curve(np.abs(element - at[:, None]) / scale, -0.5), 0)
    return np.asarray(table / table.sum(axis=1, keepdims=True))


def _line(distance: Array, a: float) -> Array:
    """1 at its own place, 0 at the next."""
    return np.maximum(1 - distance, 0)


def _cubic(distance: Array, a: float) -> Array:
    """Keys' curve, of slope `a` at the next place; 0 from a distance of 2 on.

    Source: Keys, Cubic Convolution Interpolation for Digital Image Processing (1981).
    """
    d = distance
    near = ((a + 2) * d - (a + 3)) * d * d + 1
    far = ((a * d - 5 * a) * d + 8 * a) * d - 4 * a
    return np.where(d <= 1, near, np.where(d < 2, far, 0))


def _sizes(
    shape: Sizes, size: Any, scale_factor: Any, recompute: bool | None
) -> tuple[Sizes, list[float | None]]:
    """The size of the result, and the factors that places are computed by."""
    if size is None and scale_factor is None:
        raise ValueError(
            "either size or scale_factor should be defined\nSay how large the result is to be."
        )
    if size is not None and scale_factor is not None:
        raise ValueError(
            "only one of size or scale_factor should be defined\nLeave one of them out."
        )
    if size is not None:
        if recompute:
            raise ValueError(
                "recompute_scale_factor is not meaningful with an explicit size.\nLeave it out."
            )
        if isinstance(size, (tuple, list)) and len(size) != len(shape):
            raise ValueError(
                "Input and output must have the same number of spatial dimensions, but got input with "
                f"spatial dimensions of {list(shape)} and output size of {size}. Please provide input tensor "
                "in (N, C, d1, d2, ...,dK) format and output size in (o1, o2, ...,oK) format."
            )
        given = size if isinstance(size, (tuple, list)) else (size,) * len(shape)
        return tuple(map(int, given)), [None] * len(shape)
    if isinstance(scale_factor, (tuple, list)) and len(scale_factor) != len(shape):
        raise ValueError(
            "Input and scale_factor must have the same number of spatial dimensions, but got input with "
            f"spatial dimensions of {list(shape)} and scale_factor of shape {scale_factor}. Please provide "
            "input tensor in (N, C, d1, d2, ...,dK) format and scale_factor in (s1, s2, ...,sK) format."
        )
    factors = (
        scale_factor if isinstance(scale_factor, (tuple, list)) else (scale_factor,) * len(shape)
    )
    wanted = tuple(
        math.floor(length * float(factor)) for length, factor in zip(shape, factors, strict=True)
    )
    return wanted, [None] * len(shape) if recompute else [float(each) for each in factors]


def _refuse(input: Tensor, wanted: Sizes, mode: str) -> None:
    x = input.array
    if min(*wanted, *x.shape[2:]) < 1:
        raise RuntimeError(
            f"Input and output sizes should be greater than 0, but got input {x.shape[2:]} output {wanted}\n"
            "Nothing can be made of nothing."
        )
    if x.dtype.kind != "f" and not (x.dtype == np.uint8 and mode.startswith("nearest")):
        kernel = f"upsample_{mode.replace('-', '_')}{x.ndim - 2}d_channels_last"
        raise NotImplementedError(
            f"\"{kernel}\" not implemented for '{scalar_type(input.dtype)}'\n"
            "Convert the numbers first, with .float()."
        )


def upsample(
    input: Tensor,
    size: Any = None,
    scale_factor: Any = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
) -> Tensor:
    """The older name of `interpolate`."""
    _warn_of("upsample")
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(input: Tensor, size: Any = None, scale_factor: Any = None) -> Tensor:
    """The older name of `interpolate` with the mode "nearest"."""
    _warn_of("upsample_nearest")
    return interpolate(input, size, scale_factor, mode="nearest")


def upsample_bilinear(input: Tensor, size: Any = None, scale_factor: Any = None) -> Tensor:
    """The older name of `interpolate` with the mode "bilinear" and aligned corners."""
    _warn_of("upsample_bilinear")
    return interpolate(input, size, scale_factor, mode="bilinear", align_corners=True)


def _warn_of(name: str) -> None:
    warn(f"`nn.functional.{name}` is deprecated. Use `nn.functional.interpolate` instead.")
