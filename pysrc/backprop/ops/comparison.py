"""Questions with yes or no for an answer: they have no gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..tensor import Tensor, method, wrap
from .operands import operands, type_name

__all__ = [
    "allclose",
    "bitwise_and",
    "bitwise_left_shift",
    "bitwise_not",
    "bitwise_or",
    "bitwise_right_shift",
    "bitwise_xor",
    "eq",
    "equal",
    "ge",
    "greater",
    "greater_equal",
    "gt",
    "isclose",
    "isfinite",
    "isin",
    "isinf",
    "isnan",
    "le",
    "less",
    "less_equal",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "lt",
    "ne",
    "not_equal",
]

#: What an operator takes beside a tensor; of others Python says that it does not.
_OPERANDS = (Tensor, int, float, np.generic, np.ndarray)


def _comparison(name: str, longer: str, function: Any, says: str) -> Any:
    def compare(input: Any, other: Any) -> Tensor:
        a, b = operands(input, other)
        return wrap(function(a.array, b.array))

    def compare_by_operator(input: Tensor, other: Any) -> Any:
        # Beside a text, None or a list Python decides: they are not equal, and no smaller.
        if isinstance(other, _OPERANDS):
            return compare(input, other)
        return NotImplemented

    compare.__name__ = compare.__qualname__ = name
    compare.__doc__ = f"Whether each element {says} the other's; a tensor of bools, broadcast."
    method(f"__{name}__")(compare_by_operator)
    return method(name, longer)(compare)


eq = _comparison("eq", "eq", np.equal, "equals")
ne = _comparison("ne", "not_equal", np.not_equal, "differs from")
lt = _comparison("lt", "less", np.less, "is less than")
le = _comparison("le", "less_equal", np.less_equal, "is at most")
gt = _comparison("gt", "greater", np.greater, "is greater than")
ge = _comparison("ge", "greater_equal", np.greater_equal, "is at least")
greater, greater_equal, less, less_equal, not_equal = gt, ge, lt, le, ne


def _combination(name: str, function: Any, *operators: str) -> Any:
    def combine(input: Tensor, other: Any) -> Tensor:
        a, b = operands(input, other)
        if operators and a.array.dtype.kind == "f":
            raise NotImplementedError(
                f"\"{name}_cpu\" not implemented for '{type_name(a.dtype)}'\n"
                "It is for masks and whole numbers, such as (x > 0) & (x < 1)."
            )
        return wrap(function(a.array, b.array))

    combine.__name__ = combine.__qualname__ = name
    combine.__doc__ = "The two combined, element by element."
    return method(name, *operators)(combine)


logical_and = _combination("logical_and", np.logical_and)
logical_or = _combination("logical_or", np.logical_or)
logical_xor = _combination("logical_xor", np.logical_xor)
bitwise_and = _combination("bitwise_and", np.bitwise_and, "__and__", "__rand__")
bitwise_or = _combination("bitwise_or", np.bitwise_or, "__or__", "__ror__")
bitwise_xor = _combination("bitwise_xor", np.bitwise_xor, "__xor__", "__rxor__")


def _shift(name: str, short: str, function: Any) -> Any:
    def shift(input: Any, other: Any) -> Tensor:
        a, b = operands(input, other)
        if a.array.dtype.kind not in "iu":
            raise NotImplementedError(
                f"\"{short}_cpu\" not implemented for '{type_name(a.dtype)}'\n"
                "It moves the bits of whole numbers. To multiply by powers of 2, use torch.ldexp."
            )
        return wrap(function(a.array, b.array))

    def shift_by_operator(input: Tensor, other: Any) -> Any:
        return shift(input, other) if isinstance(other, _OPERANDS) else NotImplemented

    def shift_a_number(input: Tensor, other: Any) -> Any:
        return shift(other, input) if isinstance(other, _OPERANDS) else NotImplemented

    shift.__name__ = shift.__qualname__ = name
    shift.__doc__ = f"The bits of `input` moved to the {name[8:-6]} by `other` places."
    method(f"__{short}__")(shift_by_operator)
    method(f"__r{short}__")(shift_a_number)
    return method(name)(shift)


bitwise_left_shift = _shift("bitwise_left_shift", "lshift", np.left_shift)
bitwise_right_shift = _shift("bitwise_right_shift", "rshift", np.right_shift)


@method("logical_not")
def logical_not(input: Tensor) -> Tensor:
    """Whether each element is zero or False."""
    return wrap(np.logical_not(input.array))


@method("bitwise_not", "__invert__")
def bitwise_not(input: Tensor) -> Tensor:
    """Every bit turned round: of a bool, its opposite.

    Raises:
        TypeError: the elements are real numbers.
    """
    if input.array.dtype.kind == "f":
        raise TypeError(
            "~ (operator.invert) is only implemented on integer and Boolean-type tensors\n"
            "It is for masks, such as ~(x > 0)."
        )
    return wrap(np.invert(input.array))


def isin(elements: Tensor, test_elements: Tensor) -> Tensor:
    """Whether each element is among `test_elements`."""
    return wrap(np.isin(elements.array, test_elements.array))


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
            f"{type_name(input.dtype)} did not match {type_name(other.dtype)}\n"
            "Convert one of them, such as with .to(other.dtype)."
        )
    return bool(np.allclose(input.array, other.array, rtol, atol, equal_nan))
