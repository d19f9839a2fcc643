"""The error function, its relatives, and the logit.

NumPy has no error function: Python's own serves, element by element, in float64.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method
from .operands import floating
from .trigonometry import curve

__all__ = ["erf", "erfc", "erfinv", "lgamma", "logit"]

_SLOPE = 2 / math.sqrt(math.pi)


def each(function: Any) -> Any:
    """`function` of Python's floats, for each element of an array; the array's type stays."""
    applied = np.frompyfunc(function, 1, 1)

    def of(array: Array) -> Array:
        return np.asarray(applied(array.astype(np.float64)), np.float64).astype(array.dtype)

    return of


@method()
def erf(input: Tensor) -> Tensor:
    """``2 / sqrt(pi)`` times the area below ``exp(-t^2)`` from 0 to the input."""
    return curve(input, each(math.erf), lambda x, y: _SLOPE * np.exp(-x * x), "ErfBackward0")


@method()
def erfc(input: Tensor) -> Tensor:
    """``1 - erf(input)``, exact also where that is small."""
    return curve(input, each(math.erfc), lambda x, y: -_SLOPE * np.exp(-x * x), "ErfcBackward0")


@method()
def erfinv(input: Tensor) -> Tensor:
    """The number whose error function is given; NaN outside of -1 to 1."""
    return curve(input, each(_erfinv), lambda x, y: np.exp(y * y) / _SLOPE, "ErfinvBackward0")


def _erfinv(y: float) -> float:
    if not abs(y) < 1:
        return math.copysign(math.inf, y) if abs(y) == 1 else math.nan
    if y == 0:
        return y
    # S. Winitzki's approximation (2008) is right to three digits; Halley's method doubles and more.
    a = 0.147
    log = math.log1p(-y * y)
    half = 2 / (math.pi * a) + log / 2
    x = math.sqrt(math.sqrt(half * half - log / a) - half)
    for _ in range(3):
        # 1 - |y| is exact near 1, where erf(x) - y loses digits.
        error = (1 - abs(y)) - math.erfc(x) if x > 1 else math.erf(x) - abs(y)
        newton = error / (_SLOPE * math.exp(-x * x))
        x -= newton / (1 + x * newton)
    return math.copysign(x, y)


@method()
def logit(input: Tensor, eps: float | None = None) -> Tensor:
    """``log(p / (1 - p))``, the inverse of the sigmoid; `eps` keeps p from 0 and 1 by so much."""
    a = floating(input)
    x = a.array
    p = x if eps is None else np.clip(x, eps, 1 - eps).astype(x.dtype)
    with np.errstate(divide="ignore", invalid="ignore"):
        result = np.log(p / (1 - p))

    def rule(grad: Array) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = grad / (x * (1 - x))
        if eps is None:
            return np.where((x < 0) | (x > 1), np.nan, slope).astype(x.dtype)
        return np.where((x < eps) | (x > 1 - eps), 0, slope).astype(x.dtype)

    return tape(result, "LogitBackward0", (a,), rule, saved=(a,))


@method()
def lgamma(input: Tensor) -> Tensor:
    """The logarithm of the absolute value of the gamma function."""
    return curve(input, each(_lgamma), lambda x, y: each(_digamma)(x), "LgammaBackward0")


def _lgamma(x: float) -> float:
    # At 0, -1, -2, ... are poles; Python raises there.
    return math.inf if x <= 0 and x == math.floor(x) else math.lgamma(x)


def _digamma(x: float) -> float:
    """The slope of `lgamma`: reflected, moved up to 6 and beyond, then its asymptotic series."""
    if x <= 0 and x == math.floor(x):
        return math.nan if x else -math.inf
    if x < 0:
        return _digamma(1 - x) - math.pi / math.tan(math.pi * x)
    moved = 0.0
    while x < 10:
        moved -= 1 / x
        x += 1
    z = 1 / (x * x)
    series = z * (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z / 132))))
    return moved + math.log(x) - 0.5 / x - series
