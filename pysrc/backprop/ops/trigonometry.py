"""Angles, and the curves of their sides; each rule below its function."""

from __future__ import annotations

from collections.abc import Callable
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

__all__ = [
    "acos", "arccos", "arcsin", "arctan", "arctan2", "asin", "atan", "atan2", "cos", "cosh", "sin",
    "sinh", "tan",
]  # fmt: skip


def curve(
    input: Tensor, function: Any, slope: Callable[[Array, Array], Array], name: str
) -> Tensor:
    """`function` of each element, whose slope is a function of the input x and the result y."""
    a = floating(input)
    x = a.array
    with np.errstate(invalid="ignore"):
        y = function(x)

    def rule(grad: Array) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            return grad * slope(x, y)

    return tape(y, name, (a,), rule, saved=(a,))


@method()
def sin(input: Tensor) -> Tensor:
    """The sine of an angle in radians; its slope is the cosine."""
    return curve(input, partial(nearest, np.sin), lambda x, y: nearest(np.cos, x), "SinBackward0")


@method()
def cos(input: Tensor) -> Tensor:
    """The cosine of an angle in radians; its slope is minus the sine."""
    return curve(input, partial(nearest, np.cos), lambda x, y: -nearest(np.sin, x), "CosBackward0")


@method()
def tan(input: Tensor) -> Tensor:
    """The tangent of an angle in radians; its slope is ``1 + y^2``."""
    return curve(input, partial(nearest, np.tan), lambda x, y: 1 + y * y, "TanBackward0")


@method("asin", "arcsin")
def asin(input: Tensor) -> Tensor:
    """The angle whose sine is given; its slope is ``1 / sqrt(1 - x^2)``."""
    return curve(
        input, partial(nearest, np.arcsin), lambda x, y: 1 / np.sqrt(1 - x * x), "AsinBackward0"
    )


@method("acos", "arccos")
def acos(input: Tensor) -> Tensor:
    """The angle whose cosine is given; its slope is ``-1 / sqrt(1 - x^2)``."""
    return curve(
        input, partial(nearest, np.arccos), lambda x, y: -1 / np.sqrt(1 - x * x), "AcosBackward0"
    )


@method("atan", "arctan")
def atan(input: Tensor) -> Tensor:
    """The angle whose tangent is given; its slope is ``1 / (1 + x^2)``."""
    return curve(input, partial(nearest, np.arctan), lambda x, y: 1 / (1 + x * x), "AtanBackward0")


@method()
def sinh(input: Tensor) -> Tensor:
    """The hyperbolic sine, ``(e^x - e^-x) / 2``; its slope is the hyperbolic cosine."""
    return curve(
        input, partial(nearest, np.sinh), lambda x, y: nearest(np.cosh, x), "SinhBackward0"
    )


@method()
def cosh(input: Tensor) -> Tensor:
    """The hyperbolic cosine, ``(e^x + e^-x) / 2``; its slope is the hyperbolic sine."""
    return curve(
        input, partial(nearest, np.cosh), lambda x, y: nearest(np.sinh, x), "CoshBackward0"
    )


@method("atan2", "arctan2")
def atan2(input: Tensor, other: Tensor) -> Tensor:
    """The angle of the point (`other`, `input`), in radians."""
    a, b = operands(input, other)
    a, b = floating(a), floating(b)
    y, x = a.array, b.array

    def rule(grad: Array) -> Gradients:
        squared = x * x + y * y  # where it is 0 there is no angle, and no slope is taken
        scale = np.divide(1, squared, out=np.zeros_like(squared), where=squared != 0)
        return unbroadcast(grad * x * scale, y.shape), unbroadcast(grad * -y * scale, x.shape)

    return tape(nearest(np.arctan2, y, x), "Atan2Backward0", (a, b), rule, saved=(a, b))


arccos, arcsin, arctan, arctan2 = acos, asin, atan, atan2
