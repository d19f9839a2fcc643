"""Several steps of arithmetic in one operation, as optimizers have them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method
from .operands import operands

__all__ = ["addcdiv", "addcmul", "lerp"]


@method()
def lerp(input: Tensor, end: Tensor, weight: Any) -> Tensor:
    """The point at `weight` on the way from `input` (0) to `end` (1)."""
    a, b = operands(input, end)
    x, y = a.array, b.array
    if not isinstance(weight, Tensor):

        def rule_of_number(grad: Array) -> Gradients:
            return unbroadcast(grad * (1 - weight), x.shape), unbroadcast(grad * weight, y.shape)

        return tape(x + (y - x) * x.dtype.type(weight), "LerpBackward0", (a, b), rule_of_number)
    w = weight.array

    def rule(grad: Array) -> Gradients:
        return (
            unbroadcast(grad * (1 - w), x.shape),
            unbroadcast(grad * w, y.shape),
            unbroadcast(grad * (y - x), w.shape),
        )

    return tape(x + (y - x) * w, "LerpBackward1", (a, b, weight), rule, saved=(a, b, weight))


@method()
def addcmul(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """``input + value * tensor1 * tensor2``."""
    c, x, y = input.array, tensor1.array, tensor2.array

    def rule(scaled: Array) -> tuple[Array, Array]:
        return scaled * y, scaled * x

    return _added("AddcmulBackward0", c + value * x * y, (input, tensor1, tensor2), value, rule)


@method()
def addcdiv(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """``input + value * tensor1 / tensor2``."""
    c, x, y = input.array, tensor1.array, tensor2.array

    def rule(scaled: Array) -> tuple[Array, Array]:
        return scaled / y, -scaled * x / (y * y)

    return _added("AddcdivBackward0", c + value * x / y, (input, tensor1, tensor2), value, rule)


def _added(
    name: str,
    result: Array,
    inputs: tuple[Tensor, Tensor, Tensor],
    value: float,
    rule_of_two: Callable[[Array], tuple[Array, Array]],
) -> Tensor:
    """What was added to the first of three tensors: `rule_of_two` is given the gradient times `value`."""

    def rule(grad: Array) -> Gradients:
        by_two = rule_of_two(grad * grad.dtype.type(value))
        return tuple(
            unbroadcast(each, tensor.array.shape)
            for each, tensor in zip((grad, *by_two), inputs, strict=True)
        )

    return tape(result, name, inputs, rule, inputs[1:])
