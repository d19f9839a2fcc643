"""New tensors of numbers at equal distances, rounded as PyTorch rounds them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .. import dtypes
from ..dtypes import Array
from ..fused import fused_multiply_add
from ..tensor import Tensor
from ..warning import warn
from .creation import finish, floating_kind

__all__ = ["arange", "linspace", "logspace", "range"]

_FLOAT64 = np.dtype(np.float64)


def arange(
    start: float,
    end: float | None = None,
    step: float = 1,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """The numbers from `start` (0 if there is only one argument) up to, not including, `end`.

    Raises:
        RuntimeError: the step is 0, or leads away from the end.
    """
    if end is None:
        start, end = 0, start
    if step == 0:
        raise RuntimeError("step must be nonzero")
    if (end - start) * step < 0:
        raise RuntimeError(
            "upper bound and lower bound inconsistent with step sign\n"
            f"From {start} in steps of {step} one never reaches {end}."
        )
    whole = all(isinstance(each, int) for each in (start, end, step))
    kind = dtype or (dtypes.int64 if whole else dtypes.get_default_dtype())
    count = math.ceil((end - start) / step)
    if kind.is_floating_point:
        return finish(_steps(start, step, count, kind.numpy), requires_grad, device)
    array = (start + np.arange(count) * step).astype(kind.numpy)
    return finish(array, requires_grad, device)


def _steps(start: float, step: float, count: int, kind: np.dtype[Any]) -> Array:
    """`start`, ``start + step`` and so on, as where two vectors of 32 bytes are filled at a time.

    The first number of each vector is rounded before multiples of the step are added to it. What is left
    over is filled one by one.
    """
    lanes = 32 // kind.itemsize
    index = np.arange(count)
    lane = np.where(index < count - count % (2 * lanes), index % lanes, 0)
    first = fused_multiply_add(index - lane, step, start, _FLOAT64).astype(kind)
    rest = fused_multiply_add(lane, step, first, _FLOAT64).astype(kind)
    return np.where(lane > 0, rest, first)


def range(
    start: float = 0,
    end: float | None = None,
    step: float = 1,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """The old form of `arange`: the numbers from `start` to `end`, which is included; always real ones.

    Raises:
        TypeError: there is no end.
        RuntimeError: the step is 0, or leads away from the end.
    """
    if end is None:
        raise TypeError(
            'range() missing 1 required positional arguments: "end"\nUse torch.arange(end).'
        )
    warn(
        "torch.range is deprecated and will be removed in a future release because its behavior is "
        "inconsistent with Python's range builtin. Instead, use torch.arange, which produces values in "
        "[start, end)."
    )
    if step == 0:
        raise RuntimeError("step must be nonzero")
    if (end - start) * step < 0:
        raise RuntimeError(
            "upper bound and lower bound inconsistent with step sign\n"
            f"From {start} in steps of {step} one never reaches {end}."
        )
    count = math.floor((end - start) / step) + 1
    array = (start + np.arange(count) * step).astype((dtype or dtypes.get_default_dtype()).numpy)
    return finish(array, requires_grad, device)


def linspace(
    start: float,
    end: float,
    steps: int,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """`steps` numbers at equal distances from `start` to `end`, both included."""
    kind = floating_kind(dtype)
    exact = kind if kind in (np.float32, np.float64) else _FLOAT64
    first, last = exact.type(start), exact.type(end)
    step = (last - first) / exact.type(max(steps - 1, 1))
    rising, falling = _from_both_ends(steps)
    array = np.concatenate(
        [
            fused_multiply_add(rising, step, first, exact),
            fused_multiply_add(falling, -step, last, exact),
        ]
    )
    return finish(array.astype(kind), requires_grad, device)


def logspace(
    start: float,
    end: float,
    steps: int,
    base: float = 10.0,
    *,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """`steps` numbers from ``base ** start`` to ``base ** end``, each the same multiple of the one before."""
    step = (float(end) - start) / max(steps - 1, 1)
    rising, falling = _from_both_ends(steps)
    exponents = np.concatenate([start + rising * step, end - falling * step])
    array = np.power(float(base), exponents).astype(floating_kind(dtype))
    return finish(array, requires_grad, device)


def _from_both_ends(steps: int) -> tuple[Array, Array]:
    """How many steps from the start the first half is, and how many from the end the second."""
    half = 1 if steps == 1 else steps // 2
    return np.arange(half), np.arange(steps - half - 1, -1, -1)
