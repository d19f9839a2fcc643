"""The inverses of the hyperbolic curves, degrees, and the longest side of a right triangle."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import numpy as np

from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..nearest import nearest
from ..tensor import Tensor, method
from .operands import floating, operands
from .trigonometry import curve

__all__ = [
    "acosh",
    "arccosh",
    "arcsinh",
    "arctanh",
    "asinh",
    "atanh",
    "deg2rad",
    "hypot",
    "rad2deg",
    "sinc",
]


@method("asinh", "arcsinh")
def asinh(input: Tensor) -> Tensor:
    """The number whose hyperbolic sine is given; its slope is ``1 / sqrt(x^2 + 1)``."""
    return curve(
        input, partial(nearest, np.arcsinh), lambda x, y: 1 / np.sqrt(x * x + 1), "AsinhBackward0"
    )


@method("acosh", "arccosh")
def acosh(input: Tensor) -> Tensor:
    """The number whose hyperbolic cosine is given; its slope is ``1 / sqrt(x^2 - 1)``."""
    return curve(
        input, partial(nearest, np.arccosh), lambda x, y: 1 / np.sqrt(x * x - 1), "AcoshBackward0"
    )


@method("atanh", "arctanh")
def atanh(input: Tensor) -> Tensor:
    """The number whose hyperbolic tangent is given; its slope is ``1 / (1 - x^2)``."""
    return curve(
        input, partial(nearest, np.arctanh), lambda x, y: 1 / (1 - x * x), "AtanhBackward0"
    )


@method()
def deg2rad(input: Tensor) -> Tensor:
    """Degrees as radians: ``input * pi / 180``."""
    return _scaled(input, math.pi / 180, "Deg2RadBackward0")


@method()
def rad2deg(input: Tensor) -> Tensor:
    """Radians as degrees: ``input * 180 / pi``."""
    return _scaled(input, 180 / math.pi, "Rad2DegBackward0")


def _scaled(input: Tensor, factor: float, name: str) -> Tensor:
    a = floating(input)

    def rule(grad: Array) -> Array:
        return grad * grad.dtype.type(factor)

    return tape(a.array * a.array.dtype.type(factor), name, (a,), rule)


@method()
def sinc(input: Tensor) -> Tensor:
    """``sin(pi x) / (pi x)``, and 1 at 0."""

    def slope(x: Array, y: Array) -> Array:
        # (cos(pi x) - sinc(x)) / x, whose limit at 0 is 0.
        return np.where(x == 0, 0, (np.cos(math.pi * x) - y) / np.where(x == 0, 1, x)).astype(
            x.dtype
        )

    return curve(input, np.sinc, slope, "SincBackward0")


@method()
def hypot(input: Tensor, other: Any) -> Tensor:
    """``sqrt(input^2 + other^2)``: the side opposite of a right angle."""
    a, b = operands(input, other)
    x, y = a.array, b.array
    z = np.hypot(x, y)

    def rule(grad: Array) -> Gradients:
        with np.errstate(divide="ignore", invalid="ignore"):
            return unbroadcast(grad * (x / z), x.shape), unbroadcast(grad * (y / z), y.shape)

    return tape(z, "HypotBackward0", (a, b), rule, saved=(a, b), saves_result=True)


arcsinh, arccosh, arctanh = asinh, acosh, atanh
