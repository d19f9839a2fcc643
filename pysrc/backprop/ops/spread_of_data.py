"""How data spread: distances, covariances, mean and variance at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method
from .dimensions import Dim
from .operands import floating
from .reduction import mean, std, var

__all__ = ["cdist", "corrcoef", "cov", "std_mean", "var_mean"]


def cdist(x1: Tensor, x2: Tensor, p: float = 2.0, compute_mode: Any = None) -> Tensor:
    """The distance of each of (..., n, d) from each of (..., m, d), as (..., n, m).

    Args:
        x1: n points.
        x2: m points.
        p: the norm that measures: 2 for straight lines, 1 along the axes, inf for the largest difference.
        compute_mode: how PyTorch computes it; the numbers are the same.

    Raises:
        RuntimeError: the points have another number of coordinates.
    """
    if x1.shape[-1] != x2.shape[-1]:
        raise RuntimeError(
            f"X1 and X2 must have the same number of columns. X1: {x1.shape[-1]} X2: {x2.shape[-1]}"
        )
    a, b = x1.array, x2.array
    between = a[..., :, None, :] - b[..., None, :, :]
    size = np.abs(between)
    if p == np.inf:
        result = size.max(-1)
    elif p == 0:
        result = (size != 0).sum(-1).astype(a.dtype)
    else:
        result = (size**p).sum(-1) ** a.dtype.type(1 / p)

    def rule(grad: Array) -> Gradients:
        # Where two points are one, no direction is better than another: their difference is 0.
        far = np.where(result == 0, 1, result)[..., None]
        if p == np.inf:
            share = np.where(size == result[..., None], np.sign(between), 0)
        elif p == 0:
            share = np.zeros_like(between)
        else:
            share = np.sign(between) * size ** (p - 1) / far ** (p - 1)
        blame = np.where(share == 0, 0, share * grad[..., None])
        return blame.sum(-2).astype(a.dtype), 0 - blame.sum(-3).astype(a.dtype)

    euclidean = max(a.shape[-2], b.shape[-2]) > 25 and p == 2
    name = "EuclideanDistBackward0" if euclidean else "CdistBackward0"
    return tape(result, name, (x1, x2), rule, saved=(x1, x2), saves_result=True)


@method()
def cov(input: Tensor, *, correction: int = 1) -> Tensor:
    """The covariances of variables, one a row, over observations, one a column.

    Raises:
        RuntimeError: the tensor has more than two dimensions.
    """
    if input.ndim > 2:
        raise RuntimeError(
            f"cov(): expected input to have two or fewer dimensions but got an input with {input.ndim} "
            "dimensions"
        )
    if input.array.dtype == bool:
        raise RuntimeError(
            "cov(): bool dtype is not supported for input\nConvert it with .float()."
        )
    rows = floating(input.reshape(1, -1) if input.ndim < 2 else input)
    centred = rows - rows.mean(1, keepdim=True)
    return (centred @ centred.T / max(rows.shape[1] - correction, 0)).squeeze()


@method()
def corrcoef(input: Tensor) -> Tensor:
    """The correlations of variables, one a row: covariances over both deviations, from -1 to 1."""
    covariance = cov(input)
    if covariance.ndim == 0:
        return covariance / covariance
    deviation = covariance.diagonal().sqrt()
    return (covariance / deviation.unsqueeze(1) / deviation.unsqueeze(0)).clamp(-1, 1)


def var_mean(
    input: Tensor,
    dim: Dim = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: Any = None,
) -> tuple[Tensor, Tensor]:
    """The variance and the mean, over all or along `dim`."""
    chosen = int(unbiased) if correction is None else correction
    return _both(
        var(input, dim, correction=chosen, keepdim=keepdim), mean(input, dim, keepdim), "Var"
    )


def std_mean(
    input: Tensor,
    dim: Dim = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: Any = None,
) -> tuple[Tensor, Tensor]:
    """The standard deviation and the mean, over all or along `dim`."""
    chosen = int(unbiased) if correction is None else correction
    return _both(
        std(input, dim, correction=chosen, keepdim=keepdim), mean(input, dim, keepdim), "Std"
    )


def _both(spread: Tensor, middle: Tensor, title: str) -> tuple[Tensor, Tensor]:
    """The two of them under the name of the function that computes both at once."""
    name = f"{title}MeanBackward0"
    first, second = (
        tape(each.array, name, (each,), lambda grad: grad) for each in (spread, middle)
    )
    return first, second
