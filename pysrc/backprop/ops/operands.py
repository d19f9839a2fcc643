"""Getting two operands to a common type, as PyTorch does, before an operation."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import dtypes
from ..dtypes import Array
from ..dtypes import type_name as type_name
from ..tensor import Tensor, wrap

__all__ = ["result_type"]


def result_type(tensor1: Any, tensor2: Any) -> dtypes.dtype:
    """The type that an operation on both, tensors or numbers, would have.

    >>> import backprop as torch
    >>> torch.result_type(torch.tensor([1, 2]), 1.0)
    torch.float32
    """
    if not isinstance(tensor1, Tensor) and not isinstance(tensor2, Tensor):
        return dtypes.promote(dtypes.of_scalar(tensor1), dtypes.of_scalar(tensor2))
    return operands(tensor1, tensor2)[0].dtype


def as_operand(value: Any, like: Tensor) -> Tensor:
    """`value` as a tensor; a Python number takes the type of `like` where that can hold it."""
    if isinstance(value, Tensor):
        return value
    if isinstance(value, np.ndarray):
        return wrap(value)
    if not isinstance(value, (bool, int, float, np.generic)):
        raise TypeError(
            f"unsupported operand type(s): 'Tensor' and '{type(value).__name__}'\n"
            "Make a tensor of it first, with torch.tensor(...)."
        )
    scalar, kind = dtypes.of_scalar(value), like.dtype
    chosen = (kind if kind.category >= scalar.category else scalar).numpy
    try:
        return wrap(np.asarray(value, dtype=chosen))
    except OverflowError:
        # A number that a small type does not hold is cut to its lowest bits, as in C.
        return wrap(number_of_64_bits(int(value)).astype(chosen))


def number_of_64_bits(value: int) -> Array:
    """A whole number as int64.

    Raises:
        OverflowError: it has more bits than that.
    """
    if not -(2**63) <= value < 2**63:
        raise OverflowError("int too big to convert\nA whole number has 64 bits at most.")
    return np.asarray(value, np.int64)


def operands(a: Any, b: Any) -> tuple[Tensor, Tensor]:
    """Both as tensors of the type that PyTorch's promotion gives them.

    Raises:
        RuntimeError: their shapes cannot be broadcast together.
    """
    if not isinstance(a, Tensor):
        a = as_operand(a, b)
    elif not isinstance(b, Tensor):
        b = as_operand(b, a)
    if a.array.dtype != b.array.dtype:
        kind = dtypes.result_type(a.array, b.array)
        a, b = convert(a, kind), convert(b, kind)
    if a.array.shape != b.array.shape:
        check_broadcast(a.array.shape, b.array.shape)
    return a, b


def factors(a: Tensor, b: Tensor) -> tuple[Tensor, ...]:
    """What the gradient of a product needs: for that by each factor the other one, and no more."""
    return (b,) * a.requires_grad + (a,) * b.requires_grad


def convert(tensor: Tensor, kind: dtypes.dtype) -> Tensor:
    """`tensor` in another type, as a remembered operation."""
    if tensor.array.dtype == kind.numpy:
        return tensor
    from .conversion import to

    return to(tensor, kind)


def no_bools(input: Tensor, name: str, kind: type[Exception] = NotImplementedError) -> None:
    """Raise, in PyTorch's words, for an operation that makes no sense of True and False."""
    if input.array.dtype == bool:
        raise kind(
            f"\"{name}\" not implemented for 'Bool'\nConvert it first, with .int() or .float()."
        )


def floating(value: Tensor) -> Tensor:
    """`value` itself if its elements are real numbers, otherwise converted to the default type."""
    return value if value.array.dtype.kind == "f" else convert(value, dtypes.get_default_dtype())


def check_broadcast(first: tuple[int, ...], second: tuple[int, ...]) -> None:
    """Raise RuntimeError if two shapes don't fit each other.

    They are compared from the right: two sizes fit if they are equal or one of them is 1.
    """
    for distance in range(1, min(len(first), len(second)) + 1):
        a, b = first[-distance], second[-distance]
        if a != b and a != 1 and b != 1:
            dimension = max(len(first), len(second)) - distance
            raise RuntimeError(
                f"The size of tensor a ({a}) must match the size of tensor b ({b}) at non-singleton "
                f"dimension {dimension}\n"
                f"Shapes are compared from the right: {list(first)} and {list(second)}. Sizes must be "
                "equal, or one of them 1. See .shape, and .reshape or .unsqueeze to change one."
            )
