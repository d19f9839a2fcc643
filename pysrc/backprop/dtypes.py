"""Data types with PyTorch's names, and PyTorch's rule for mixing them.

The rule (https://pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc) has three
categories, bool < integer < floating point. The highest category among all operands decides; within
it, a tensor with dimensions outranks a zero-dimensional one, and that outranks a Python number.
"""

from __future__ import annotations

from typing import Any

import numpy as np

#: The arrays that hold the numbers, of any element type.
Array = np.ndarray[Any, np.dtype[Any]]
Scalar = bool | int | float


class dtype:  # noqa: N801 - PyTorch's name
    """The type of a tensor's elements, such as ``float32``.

    >>> float32
    torch.float32
    >>> float32.is_floating_point, int64.is_floating_point
    (True, False)
    """

    __slots__ = ("category", "name", "numpy")

    def __init__(self, name: str, numpy_type: Any, category: int) -> None:
        self.name = name
        self.numpy: np.dtype[Any] = np.dtype(numpy_type)
        self.category = category

    @property
    def is_floating_point(self) -> bool:
        """Whether the elements are real numbers, so that gradients make sense."""
        return self.category == FLOATING

    @property
    def itemsize(self) -> int:
        """The size of one element in bytes."""
        return self.numpy.itemsize

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __reduce__(self) -> str:
        return self.name


BOOLEAN, INTEGER, FLOATING = range(3)

float16 = half = dtype("float16", np.float16, FLOATING)
float32 = dtype("float32", np.float32, FLOATING)
float64 = double = dtype("float64", np.float64, FLOATING)
uint8 = dtype("uint8", np.uint8, INTEGER)
int8 = dtype("int8", np.int8, INTEGER)
int16 = short = dtype("int16", np.int16, INTEGER)
int32 = dtype("int32", np.int32, INTEGER)
int64 = long = dtype("int64", np.int64, INTEGER)
bool_ = dtype("bool", np.bool_, BOOLEAN)

ALL = (float16, float32, float64, uint8, int8, int16, int32, int64, bool_)
_BY_NUMPY = {each.numpy: each for each in ALL}

_default = float32


def get_default_dtype() -> dtype:
    """The type that new floating-point tensors get: ``float32`` unless changed."""
    return _default


def set_default_dtype(d: dtype) -> None:
    """Make `d` the type of new floating-point tensors.

    Raises:
        TypeError: `d` is not a floating-point type.
    """
    global _default
    if not isinstance(d, dtype):
        raise TypeError(
            "invalid dtype object: only floating-point types are supported as the default type"
        )
    if not d.is_floating_point:
        raise TypeError("only floating-point types are supported as the default type")
    _default = d


def of_array(array: Array) -> dtype:
    """The dtype of a NumPy array.

    Raises:
        TypeError: there is no such tensor type (strings, objects, complex numbers).
    """
    try:
        return _BY_NUMPY[array.dtype]
    except KeyError:
        raise TypeError(
            f"can't convert np.ndarray of type numpy.{array.dtype.type.__name__}. The only supported "
            f"types are: {', '.join(each.name for each in ALL)}."
        ) from None


def of_scalar(value: Scalar | np.generic) -> dtype:
    """The dtype that a Python number gets where nothing else decides."""
    if isinstance(value, (bool, np.bool_)):
        return bool_
    if isinstance(value, (int, np.integer)):
        return int64
    return _default


#: Python's own types stand for those that hold all they do.
_PYTHONS: dict[Any, dtype] = {float: float64, int: int64, bool: bool_}


def given(function: str, value: Any) -> dtype | None:
    """The dtype that `value` stands for as an argument of a function: a dtype, or Python's own type.

    Raises:
        TypeError: it is neither.
    """
    if value is None or isinstance(value, dtype):
        return value
    try:
        return _PYTHONS[value]
    except (KeyError, TypeError):
        raise TypeError(
            f"{function}(): argument 'dtype' must be torch.dtype, not {type(value).__name__}\n"
            "The types are torch.float32, torch.int64 and so on."
        ) from None


def promote(a: dtype, b: dtype) -> dtype:
    """The smallest type that holds both, for operands of the same rank of priority.

    >>> promote(float32, float64), promote(int64, float32), promote(uint8, int8)
    (torch.float64, torch.float32, torch.int16)
    """
    if a is b:
        return a
    if a.category != b.category:
        return a if a.category > b.category else b
    return _BY_NUMPY[np.promote_types(a.numpy, b.numpy)]


promote_types = promote


def result_type(a: Array, b: Array) -> dtype:
    """The type of an operation on two arrays, by PyTorch's rule (see the module's text)."""
    first, second = of_array(a), of_array(b)
    if first is second:
        return first
    if (a.ndim == 0) == (b.ndim == 0):
        return promote(first, second)
    ranked, weak = (first, second) if b.ndim == 0 else (second, first)
    return ranked if ranked.category >= weak.category else weak


class finfo:  # noqa: N801 - PyTorch's name
    """The limits of a floating-point type: `eps`, `max`, `min`, `tiny`, `bits`.

    >>> finfo(float32).eps
    1.1920928955078125e-07
    """

    def __init__(self, type: dtype | None = None) -> None:
        kind = type or _default
        limits = np.finfo(kind.numpy)
        self.dtype = kind.name
        self.bits = limits.bits
        self.eps, self.max, self.min = float(limits.eps), float(limits.max), float(limits.min)
        self.tiny = self.smallest_normal = float(limits.tiny)
        self.resolution = float(limits.resolution)


class iinfo:  # noqa: N801 - PyTorch's name
    """The limits of an integer type: `max`, `min`, `bits`.

    >>> iinfo(int8).max
    127
    """

    def __init__(self, type: dtype) -> None:
        limits = np.iinfo(type.numpy)
        self.dtype = type.name
        self.bits, self.max, self.min = limits.bits, int(limits.max), int(limits.min)


#: The types in C++, as PyTorch's errors have them.
IN_C = {
    "float32": "float",
    "float64": "double",
    "float16": "c10::Half",
    "int64": "long int",
    "int32": "int",
    "int16": "short int",
    "int8": "signed char",
    "uint8": "unsigned char",
    "bool": "bool",
}


def type_name(kind: dtype) -> str:
    """The name of a type in PyTorch's errors, such as ``Float``."""
    names = {
        "float32": "Float",
        "float64": "Double",
        "float16": "Half",
        "int64": "Long",
        "int32": "Int",
        "int16": "Short",
        "int8": "Char",
        "uint8": "Byte",
    }
    return names.get(kind.name, kind.name.capitalize())
