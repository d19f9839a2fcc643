"""Operations that change a tensor's own memory, with PyTorch's underscore.

``x.add_(1)`` writes over x. If x is part of a graph, its place there is taken by the new operation,
and its version counter goes up, so that a rule that still needs the old numbers refuses to go on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..autograd.grad_mode import state
from ..autograd.node import Node, Rule
from ..dtypes import Array
from ..tensor import Tensor, method, wrap

__all__: list[str] = []


def _check_writable(target: Tensor, others: Sequence[Tensor]) -> bool:
    """Whether the change must be remembered.

    Raises:
        RuntimeError: a leaf that requires a gradient would change, or a view inside a graph.
    """
    if not state.enabled:
        return False
    if target.requires_grad and target.grad_fn is None:
        raise RuntimeError(
            "a leaf Variable that requires grad is being used in an in-place operation.\n"
            "Change it inside `with torch.no_grad():`, as an optimizer does, or use the operation "
            "without the underscore."
        )
    remembered = target.requires_grad or any(each.requires_grad for each in others)
    base = target.base
    if base is not None and (remembered or base.requires_grad):
        if base.requires_grad and base.grad_fn is None:
            raise RuntimeError(
                "a view of a leaf Variable that requires grad is being used in an in-place operation.\n"
                "Change it inside `with torch.no_grad():`, or work on a .clone()."
            )
        raise RuntimeError(
            "an in-place change through a view, inside a graph, is not part of backprop.\n"
            "Write to the tensor itself by an index, such as y[0] = ... instead of y[0].add_(...), or "
            "use the operation without the underscore."
        )
    return remembered


def replace(
    target: Tensor,
    change: Callable[[Array], None],
    operation: str,
    others: Sequence[Tensor],
    rule: Rule,
) -> Tensor:
    """Change `target`'s memory by `change` and remember it as `operation` on it and `others`."""
    remembered = _check_writable(target, others)
    previous = wrap(target.array)
    previous.grad_fn, previous.requires_grad = target.grad_fn, target.requires_grad
    change(target.array)
    target.version_counter[0] += 1
    if remembered:
        target.grad_fn = Node(operation, (previous, *others), rule)
        target.requires_grad = True
    return target


def _in_place(name: str) -> None:
    """Make ``name_`` of the operation ``name``."""

    def change(input: Tensor, *args: Any, **options: Any) -> Tensor:
        others = [each for each in args if isinstance(each, Tensor)]
        remembered = _check_writable(input, others)
        previous = input
        if remembered:
            # The old numbers, for a rule that needs them after they have been written over.
            previous = wrap(input.array.copy())
            previous.grad_fn, previous.requires_grad = input.grad_fn, input.requires_grad
        result = getattr(previous, name)(*args, **options)
        if result.array.shape != input.array.shape:
            raise RuntimeError(
                f"output with shape {list(input.array.shape)} doesn't match the broadcast shape "
                f"{list(result.array.shape)}\nUse {name} without the underscore for a larger result."
            )
        if result.array.dtype.kind == "f" and input.array.dtype.kind != "f":
            raise RuntimeError(
                f"result type {result.dtype.name.capitalize()} can't be cast to the desired output type "
                f"{input.dtype.name.capitalize()}\nConvert the tensor first, with .float()."
            )
        input.array[...] = result.array
        input.version_counter[0] += 1
        if remembered:
            input.grad_fn, input.requires_grad = result.grad_fn, result.requires_grad
        return input

    change.__name__ = change.__qualname__ = f"{name}_"
    change.__doc__ = f"`{name}`, written over the tensor itself; returns the tensor."
    method(f"{name}_")(change)


for _name in [
    *("abs", "add", "ceil", "clamp", "clip", "cos", "div", "divide", "exp", "expm1", "floor"),
    *(
        "floor_divide",
        "log",
        "log1p",
        "log2",
        "log10",
        "masked_fill",
        "mul",
        "multiply",
        "neg",
        "pow",
    ),
    *(
        "reciprocal",
        "relu",
        "remainder",
        "round",
        "rsqrt",
        "sigmoid",
        "sign",
        "sin",
        "sqrt",
        "square",
    ),
    *("sub", "subtract", "tanh", "trunc"),
]:
    _in_place(_name)


def _augmented(dunder: str, name: str) -> None:
    def change(input: Tensor, other: Any) -> Tensor:
        return getattr(input, name)(other)

    method(dunder)(change)


_augmented("__iadd__", "add_")
_augmented("__isub__", "sub_")
_augmented("__imul__", "mul_")
_augmented("__itruediv__", "div_")
_augmented("__ipow__", "pow_")


@method()
def copy_(input: Tensor, src: Tensor, non_blocking: bool = False) -> Tensor:
    """Write the elements of `src`, broadcast and converted, over this tensor."""
    from ..autograd.broadcasting import unbroadcast

    shape = src.array.shape
    kind = src.array.dtype

    def rule(grad: Array) -> tuple[Array, Array]:
        return np.zeros_like(grad), unbroadcast(grad, shape).astype(kind)

    def change(array: Array) -> None:
        array[...] = src.array

    return replace(input, change, "CopyBackwards", (src,), rule)


@method()
def fill_(input: Tensor, value: Any) -> Tensor:
    """Write one number over every element."""
    number = value.item() if isinstance(value, Tensor) else value

    def change(array: Array) -> None:
        array.fill(number)

    return replace(input, change, "FillBackward0", (), np.zeros_like)


@method()
def zero_(input: Tensor) -> Tensor:
    """Write 0 over every element."""
    return fill_(input, 0)
