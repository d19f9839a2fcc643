"""Questions with yes or no for an answer: they have no gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..tensor import Tensor, method, wrap
from .operands import operands

__all__ = [
    "allclose",
    "eq",
    "equal",
    "ge",
    "gt",
    "isclose",
    "isfinite",
    "isinf",
    "isnan",
    "le",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "lt",
    "ne",
]


def _comparison(name: str, function: Any, says: str) -> Any:
    def compare(input: Any, other: Any) -> Tensor:
        a, b = operands(input, other)
        return wrap(function(a.array, b.array))

    compare.__name__ = compare.__qualname__ = name
    compare.__doc__ = f"Whether each element {says} the other's; a tensor of bools, broadcast."
    return method(name, f"__{name}__")(compare)


eq = _comparison("eq", np.equal, "equals")
ne = _comparison("ne", np.not_equal, "differs from")
lt = _comparison("lt", np.less, "is less than")
le = _comparison("le", np.less_equal, "is at most")
gt = _comparison("gt", np.greater, "is greater than")
ge = _comparison("ge", np.greater_equal, "is at least")


def _combination(name: str, function: Any) -> Any:
    def combine(input: Tensor, other: Any) -> Tensor:
        a, b = operands(input, other)
        return wrap(function(a.array, b.array))

    combine.__name__ = combine.__qualname__ = name
    combine.__doc__ = "The two combined, element by element."
    return method(name)(combine)


logical_and = _combination("logical_and", np.logical_and)
logical_or = _combination("logical_or", np.logical_or)
logical_xor = _combination("logical_xor", np.logical_xor)
_combination("__and__", np.bitwise_and)
_combination("__or__", np.bitwise_or)
_combination("__xor__", np.bitwise_xor)


@method("logical_not")
def logical_not(input: Tensor) -> Tensor:
    """Whether each element is zero or False."""
    return wrap(np.logical_not(input.array))


@method("__invert__")
def _invert(input: Tensor) -> Tensor:
    return wrap(np.invert(input.array))


@method()
def isnan(input: Tensor) -> Tensor:
    """Whether each element is NaN."""
    return wrap(np.isnan(input.array))


@method()
def isinf(input: Tensor) -> Tensor:
    """Whether each element is infinite."""
    return wrap(np.isinf(input.array))


@method()
def isfinite(input: Tensor) -> Tensor:
    """Whether each element is neither NaN nor infinite."""
    return wrap(np.isfinite(input.array))


@method()
def equal(input: Tensor, other: Tensor) -> bool:
    """Whether both have the same shape and the same elements."""
    return bool(np.array_equal(input.array, other.array))


@method()
def isclose(
    input: Tensor, other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False
) -> Tensor:
    """Whether ``|input - other| <= atol + rtol * |other|``, element by element."""
    return wrap(np.isclose(input.array, other.array, rtol, atol, equal_nan))


@method()
def allclose(
    input: Tensor, other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False
) -> bool:
    """Whether `isclose` holds for every element.

    Raises:
        RuntimeError: the two have different types.
    """
    if input.array.dtype != other.array.dtype:
        raise RuntimeError(
            f"{input.dtype.name} did not match {other.dtype.name}\n"
            "Convert one of them, such as with .to(other.dtype)."
        )
    return bool(np.allclose(input.array, other.array, rtol, atol, equal_nan))
