"""Python's numbers and nested lists as arrays: which type they get, and what is no tensor."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any, NoReturn

import numpy as np

from .. import dtypes
from ..dtypes import Array
from ..tensor import Tensor

_NUMBERS = frozenset((float, int, bool))
#: Numbers below it fit into every type of their kind that can be the default.
_SMALL = 65504


def array_of(data: Any, dtype: dtypes.dtype | None = None) -> Array:
    """A new array with `data`: a number, nested sequences of numbers, an array or a tensor.

    Python's floats count as the default type; numbers, arrays and tensors of another type keep that,
    and what is mixed gets the smallest type that holds all. The numbers themselves go straight to the
    type of the result, so that float64 has all of a literal's digits.

    Raises:
        ValueError: rows differ in length, or a whole number has more than 64 bits.
        TypeError: there is something in it that no tensor holds.
        RuntimeError: the same, or a number does not fit into `dtype`.
    """
    if dtype is None:
        # Most are one number, of the type that it has by itself.
        if type(data) is float and -_SMALL < data < _SMALL:
            return np.array(data, dtypes.get_default_dtype().numpy)
        if type(data) is int and -_SMALL < data < _SMALL:
            return np.array(data, np.int64)
    if isinstance(data, Tensor):
        data = data.array
    if isinstance(data, (np.ndarray, np.generic)):
        dtypes.of_array(data)  # type: ignore[arg-type]
        with np.errstate(all="ignore"):
            return np.array(data, dtype=None if dtype is None else dtype.numpy)
    found: set[Any] = set()  # dtypes, and Python's types of numbers
    plain = _collect(data, found)
    kinds = [each if isinstance(each, dtypes.dtype) else dtypes.of_scalar(each()) for each in found]
    inferred = reduce(dtypes.promote, kinds) if kinds else dtypes.get_default_dtype()
    kind = dtype or inferred
    try:
        return _filled(plain, inferred, kind)
    except ValueError as error:
        if "inhomogeneous" not in str(error):
            raise
        _raise_ragged(plain, _sizes(plain), 0, kind)


def number_as(value: Any, kind: dtypes.dtype) -> Array:
    """A number, to be put into a tensor of type `kind`, as an array of no dimensions.

    Raises:
        RuntimeError: a type of whole numbers does not hold it.
        OverflowError: it is a whole number of more than 64 bits.
    """
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise OverflowError("int too big to convert\nA whole number has 64 bits at most.")
    if kind.category == dtypes.INTEGER:
        return _fitted(np.asarray(value), kind, f"{kind.name}_t")
    with np.errstate(all="ignore"):
        return np.asarray(value).astype(kind.numpy)


def _collect(data: Any, found: set[Any]) -> Any:
    """`data` without tensors, for NumPy; the types of its elements are added to `found`."""
    if isinstance(data, (list, tuple)):
        return _collect_row(data, found)
    if isinstance(data, Tensor):
        found.add(data.dtype)
        return _number_in(data)
    if isinstance(data, (np.ndarray, np.generic)):
        found.add(dtypes.of_array(data))  # type: ignore[arg-type]
        if isinstance(data, np.ndarray) and data.ndim == 0:
            raise TypeError("len() of unsized object")
        return data
    if isinstance(data, (bool, int, float)):
        found.add(dtypes.of_scalar(data))
        return data
    if isinstance(data, (str, bytes)):
        raise TypeError(
            f"new(): invalid data type '{type(data).__name__}'\nA tensor holds numbers only."
        )
    if isinstance(data, complex):
        raise TypeError("Complex numbers do not exist here.\nUse two tensors of real ones.")
    if isinstance(data, Sequence):
        return _collect_row(list(data), found)
    raise RuntimeError(
        f"Could not infer dtype of {type(data).__name__}\nA tensor holds numbers only."
    )


def _collect_row(row: Any, found: set[Any]) -> Any:
    kinds = set(map(type, row))
    if kinds <= _NUMBERS:  # as most rows are
        found |= kinds
        return row
    if row and isinstance(row[0], str):
        raise ValueError("too many dimensions 'str'\nA tensor holds numbers only.")
    return [_collect(each, found) for each in row]


def _number_in(tensor: Tensor) -> Any:
    if tensor.array.size != 1:
        raise ValueError(
            "only one element tensors can be converted to Python scalars\n"
            "To put tensors together, use torch.stack(list_of_tensors)."
        )
    return tensor.array.item()


def _filled(plain: Any, inferred: dtypes.dtype, kind: dtypes.dtype) -> Array:
    """An array of type `kind`, from numbers that would be of type `inferred` by themselves."""
    if kind.category == dtypes.INTEGER:
        try:
            floats = inferred.category == dtypes.FLOATING
            return _fitted(np.array(plain) if floats else np.array(plain, np.int64), kind)
        except OverflowError:
            raise ValueError(
                "Overflow when unpacking long long\n"
                "A whole number has 64 bits at most. Write it with a decimal point."
            ) from None
    with np.errstate(all="ignore"):
        # By way of float64, as which Python holds them.
        if kind.category == dtypes.FLOATING:
            return np.array(plain, np.float64).astype(kind.numpy, copy=False)
        return np.array(plain, kind.numpy)


def _fitted(numbers: Array, kind: dtypes.dtype, name: str = "") -> Array:
    """The numbers as a type of whole numbers, unless one is too large for it."""
    if kind.numpy == numbers.dtype:
        return numbers
    if numbers.dtype == bool:  # NumPy compares these as its own integers, of 32 bits in Pyodide
        return numbers.astype(kind.numpy)
    if numbers.dtype == object:  # NumPy's way out for whole numbers of more than 64 bits
        raise OverflowError
    limits = np.iinfo(kind.numpy)
    # An unsigned type also takes negative whole numbers that it could hold without their sign.
    lowest = limits.min if limits.min or numbers.dtype.kind == "f" else -limits.max
    if numbers.size and not (lowest <= numbers.min() and numbers.max() <= limits.max):
        raise RuntimeError(
            f"value cannot be converted to type {name or kind.name} without overflow\n"
            f"It holds whole numbers from {limits.min} to {limits.max}."
        )
    return numbers.astype(kind.numpy)


def _length(data: Any) -> int | None:
    return len(data) if isinstance(data, (Sequence, np.ndarray)) else None


def _sizes(data: Any) -> list[int]:
    """The shape that the first element of each dimension promises."""
    sizes = []
    while (size := _length(data)) is not None:
        sizes.append(size)
        if not size:
            break
        data = data[0]
    return sizes


def _raise_ragged(data: Any, sizes: list[int], depth: int, kind: dtypes.dtype) -> NoReturn:
    """Raise PyTorch's error for the first element that does not fit the shape that the first ones promise."""
    _check_rows(data, sizes, depth, kind)
    raise ValueError("expected a sequence of numbers\nA tensor holds numbers only.")


def _check_rows(data: Any, sizes: list[int], depth: int, kind: dtypes.dtype) -> None:
    length = _length(data)
    if depth == len(sizes):
        if length is not None:
            name = type(data).__name__
            raise TypeError(
                f"must be real number, not {name}"
                if kind.is_floating_point
                else f"'{name}' object cannot be interpreted as an integer"
            )
        return
    if length is None:
        raise TypeError("not a sequence\nEach row of a tensor needs the same number of elements.")
    if length != sizes[depth]:
        raise ValueError(
            f"expected sequence of length {sizes[depth]} at dim {depth} (got {length})\n"
            "Each row of a tensor needs the same number of elements."
        )
    for each in data:
        _check_rows(each, sizes, depth + 1, kind)
