"""Several steps of arithmetic in one operation, as optimizers have them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .. import dtypes
from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..fused import fused_multiply_add
from ..tensor import Tensor, method
from .old_order import both_orders
from .operands import convert, operands

__all__ = ["addcdiv", "addcmul", "lerp"]


@method()
def lerp(input: Tensor, end: Tensor, weight: Any) -> Tensor:
    """The point at `weight` on the way from `input` (0) to `end` (1).

    Raises:
        RuntimeError: the types differ.
        NotImplementedError: they are types of whole numbers.
    """
    _check_lerp(input, end, weight)
    a, b = operands(input, end)
    x, y = a.array, b.array
    if not isinstance(weight, Tensor):

        def rule_of_number(grad: Array) -> Gradients:
            return unbroadcast(grad * (1 - weight), x.shape), unbroadcast(grad * weight, y.shape)

        return tape(_between(x, y, x.dtype.type(weight)), "LerpBackward0", (a, b), rule_of_number)
    w = weight.array.astype(x.dtype) if weight.array.ndim == 0 else weight.array

    def rule(grad: Array) -> Gradients:
        return (
            unbroadcast(grad * (1 - w), x.shape),
            unbroadcast(grad * w, y.shape),
            unbroadcast(grad * (y - x), w.shape).astype(weight.array.dtype),
        )

    return tape(_between(x, y, w), "LerpBackward1", (a, b, weight), rule, saved=(a, b, weight))


def _check_lerp(input: Tensor, end: Tensor, weight: Any) -> None:
    others = {"end": end}
    if isinstance(weight, Tensor) and weight.array.ndim:
        others["weight"] = weight
    for name, each in others.items():
        if each.array.dtype != input.array.dtype:
            raise RuntimeError(
                f"expected dtype {dtypes.IN_C[input.dtype.name]} for `{name}` but got dtype "
                f"{dtypes.IN_C[each.dtype.name]}\nConvert it, with .to({input.dtype})."
            )
    if input.array.dtype.kind != "f":
        kind = "tensor" if isinstance(weight, Tensor) else "scalar"
        raise NotImplementedError(
            f"\"lerp_kernel_{kind}\" not implemented for '{dtypes.type_name(input.dtype)}'\n"
            "Convert both first, with .float()."
        )


def _between(x: Array, y: Array, weight: Any) -> Array:
    """Counted from the nearer end, so that a weight of 1 gives it exactly."""
    kind = np.result_type(x, y, weight)
    near = np.abs(weight) < 0.5
    start, part = np.where(near, x, y), np.where(near, weight, weight - 1)
    return fused_multiply_add(y - x, part, start, kind)


@method()
def addcmul(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """``input + value * tensor1 * tensor2``."""
    input, tensor1, tensor2 = _of_one_type(input, tensor1, tensor2)
    c, x, y = input.array, tensor1.array, tensor2.array
    kind = np.result_type(c, x, y)
    if kind.kind != "f":
        value = int(value)  # whole numbers are multiplied by a whole one

    def rule(grad: Array) -> tuple[Array, Array]:
        return grad * (y * value), grad * (x * value)

    result = fused_multiply_add(value * x, y, c, kind)
    return _added("AddcmulBackward0", result, (input, tensor1, tensor2), rule)


@method()
def addcdiv(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """``input + value * tensor1 / tensor2``.

    Raises:
        RuntimeError: a whole number would be divided by another.
    """
    if tensor1.array.dtype.kind != "f" and tensor2.array.dtype.kind != "f":
        raise RuntimeError(
            "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will "
            "perform a true division of tensor1 and tensor2.\nConvert them first, with .float()."
        )
    input, tensor1, tensor2 = _of_one_type(input, tensor1, tensor2)
    c, x, y = input.array, tensor1.array, tensor2.array

    def rule(grad: Array) -> tuple[Array, Array]:
        return grad * (value / y), -grad * (value * x / (y * y))

    return _added("AddcdivBackward0", c + value * x / y, (input, tensor1, tensor2), rule)


def _of_one_type(*tensors: Tensor) -> tuple[Tensor, ...]:
    """All in the type of those with dimensions, unless one without is of a higher category."""
    kinds = {True: dtypes.bool_, False: dtypes.bool_}
    for each in tensors:
        ranked = each.array.ndim > 0
        kinds[ranked] = dtypes.promote(kinds[ranked], each.dtype)
    kind = max(kinds.values(), key=lambda each: each.category)
    if kinds[True].category == kind.category and any(each.array.ndim for each in tensors):
        kind = kinds[True]
    return tuple(convert(each, kind) for each in tensors)


def _added(
    name: str,
    result: Array,
    inputs: tuple[Tensor, Tensor, Tensor],
    rule_of_two: Callable[[Array], tuple[Array, Array]],
) -> Tensor:
    """What was added to the first of three tensors: `rule_of_two` is that of the other two."""

    def rule(grad: Array) -> Gradients:
        by_two = rule_of_two(grad)
        return tuple(
            unbroadcast(each, tensor.array.shape)
            for each, tensor in zip((grad, *by_two), inputs, strict=True)
        )

    return tape(result, name, inputs, rule, inputs[1:])


addcdiv = both_orders("addcdiv", addcdiv, 3, "value")
addcmul = both_orders("addcmul", addcmul, 3, "value")
