"""Operations that change a tensor's own memory, with PyTorch's underscore.

``x.add_(1)`` writes over x. If x is part of a graph, its place there is taken by the new operation,
and its version counter goes up, so that a rule that still needs the old numbers refuses to go on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from ..autograd.grad_mode import state
from ..autograd.node import Node, Rule
from ..autograd.view import View, take_place
from ..dtypes import Array
from ..tensor import Tensor, method, wrap
from .deferred import defer
from .literals import number_as
from .operands import as_operand, type_name

__all__: list[str] = []


def leaf_in_place() -> RuntimeError:
    """PyTorch's error for a change of a leaf that wants a gradient, with what to do."""
    return RuntimeError(
        "a leaf Variable that requires grad is being used in an in-place operation.\n"
        "Change it inside `with torch.no_grad():`, as an optimizer does, or use the operation "
        "without the underscore."
    )


def view_of_leaf_in_place() -> RuntimeError:
    """As `leaf_in_place`, where the change is of a part of the leaf."""
    return RuntimeError(
        "a view of a leaf Variable that requires grad is being used in an in-place operation.\n"
        "Change it inside `with torch.no_grad():`, or work on a .clone()."
    )


def check_writable(target: Tensor, others: Sequence[Tensor]) -> bool:
    """Whether the change must be remembered.

    Raises:
        RuntimeError: a leaf that requires a gradient would change, or a view for which PyTorch cannot
            say what the change means.
    """
    if not target.array.flags.writeable:
        raise RuntimeError(
            "unsupported operation: more than one element of the written-to tensor refers to a single "
            "memory location. Please clone() the tensor before performing the operation.\n"
            "expand() repeats numbers without copying them."
        )
    if not state.enabled:
        return False
    if target.requires_grad and target.node is None:
        raise leaf_in_place()
    remembered = target.requires_grad
    for each in others:
        remembered = remembered or each.requires_grad
    view = target.view_of
    if view is not None and (remembered or view.base.requires_grad):
        _check_view(view, target)
        return True
    return remembered


def _check_view(view: View, target: Tensor) -> None:
    """Raise RuntimeError, in PyTorch's words, where a change through a view cannot be remembered."""
    if view.base.requires_grad and view.base.node is None:
        raise view_of_leaf_in_place()
    if not view.remembered:
        raise RuntimeError(
            "A view was created in no_grad mode and is being modified inplace with grad mode enabled. "
            "Given that this use case is ambiguous and error-prone, it is forbidden.\n"
            "Make the view and change it both inside the no_grad block, or both outside."
        )
    if view.several:
        name = "" if target.node is None else f" of {target.node.operation}"
        raise RuntimeError(
            f"Output{name} is a view and is being modified inplace. This view is the output of a "
            "function that returns multiple views. Such functions do not allow the output views to be "
            "modified inplace.\nUse the operation without the underscore, or an index: y[0].add_(1)."
        )


def before(target: Tensor, *, copy: bool = False) -> Tensor:
    """A tensor with the numbers and the place in the graph that `target` has had so far."""
    previous = wrap(target.array.copy() if copy else target.array)
    previous.node, previous.requires_grad = target.node, target.requires_grad
    return previous


def replace(
    target: Tensor,
    change: Callable[[Array], None],
    operation: str,
    others: Sequence[Tensor],
    rule: Rule,
) -> Tensor:
    """Change `target`'s memory by `change` and remember it as `operation` on it and `others`."""
    remembered = check_writable(target, others)
    if remembered:
        result = wrap(target.array)
        result.node = Node(operation, (before(target), *others), rule)
        result.requires_grad = True
    change(target.array)
    target.version_counter[0] += 1
    if remembered:
        take_place(target, result, before)
    return target


def in_place(name: str) -> None:
    """Make ``name_`` of the operation ``name``."""

    def change(input: Tensor, *args: Any, **options: Any) -> Tensor:
        others = [each for each in (*args, *options.values()) if isinstance(each, Tensor)]
        remembered = check_writable(input, others)
        # The old numbers are copied for a rule that needs them after they have been written over.
        previous = before(input, copy=True) if remembered else input
        result = getattr(previous, name)(*args, **options)
        if result.array.shape != input.array.shape:
            raise RuntimeError(
                f"output with shape {list(input.array.shape)} doesn't match the broadcast shape "
                f"{list(result.array.shape)}\nUse {name} without the underscore for a larger result."
            )
        if result.dtype.category > input.dtype.category:
            raise RuntimeError(
                f"result type {type_name(result.dtype)} can't be cast to the desired output type "
                f"{type_name(input.dtype)}\nConvert the tensor first, with .float()."
            )
        input.array[...] = result.array
        input.version_counter[0] += 1
        if remembered and result.node is not None:
            _count_with(input, result)
            take_place(input, result, before)
        return input

    change.__name__ = change.__qualname__ = f"{name}_"
    change.__doc__ = f"`{name}`, written over the tensor itself; returns the tensor."
    method(f"{name}_")(change)


def _count_with(input: Tensor, result: Tensor) -> None:
    """Where the rule of `result` needs its own value, let it be that of `input`, where it is now."""
    node = result.node
    assert node is not None
    now = (input.version_counter, input.version_counter[0])
    node.saved = tuple([now if each[0] is result.version_counter else each for each in node.saved])


_NAMES = """
    abs bitwise_and bitwise_left_shift bitwise_or
    bitwise_right_shift bitwise_xor ceil clamp clamp_max clamp_min clip cos div divide eq exp
    exp2 expm1 floor floor_divide fmod lerp log log1p log2 log10 logical_and logical_not
    logical_or masked_fill mul multiply nan_to_num neg pow reciprocal relu remainder
    round rsqrt sigmoid sign sin sqrt square subtract tanh tril triu trunc
"""
for _name in _NAMES.split():
    defer(f"{_name}_", partial(in_place, _name))


def _augmented(dunder: str, name: str) -> None:
    def change(input: Tensor, other: Any) -> Tensor:
        return getattr(input, name)(other)

    method(dunder)(change)


_augmented("__iadd__", "add_")
_augmented("__isub__", "sub_")
_augmented("__imul__", "mul_")
_augmented("__itruediv__", "div_")
_augmented("__ipow__", "pow_")
_augmented("__ifloordiv__", "floor_divide_")
_augmented("__imod__", "remainder_")
_augmented("__iand__", "bitwise_and_")
_augmented("__ior__", "bitwise_or_")
_augmented("__ixor__", "bitwise_xor_")
_augmented("__ilshift__", "bitwise_left_shift_")
_augmented("__irshift__", "bitwise_right_shift_")


@method()
def copy_(input: Tensor, src: Any, non_blocking: bool = False) -> Tensor:
    """Write the elements of `src`, a tensor or a number, broadcast and converted, over this tensor.

    Raises:
        TypeError: it is neither.
    """
    if not isinstance(src, (Tensor, bool, int, float)):
        raise TypeError(
            f"copy_(): argument 'other' (position 1) must be Tensor, not {type(src).__name__}\n"
            "Make a tensor of it first, with torch.tensor(...)."
        )
    src = as_operand(src, input)
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
    number = number_as(value.item() if isinstance(value, Tensor) else value, input.dtype)

    def change(array: Array) -> None:
        array.fill(number)

    if not isinstance(value, Tensor):
        return replace(input, change, "FillBackward2", (), np.zeros_like)

    def rule(grad: Array) -> tuple[Array, Array]:
        return np.zeros_like(grad), np.asarray(grad.sum()).reshape(value.array.shape)

    return replace(input, change, "FillBackward3", (value,), rule)


@method()
def zero_(input: Tensor) -> Tensor:
    """Write 0 over every element."""

    def change(array: Array) -> None:
        array.fill(0)

    return replace(input, change, "ZeroBackward0", (), np.zeros_like)
