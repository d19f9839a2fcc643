"""The one place where an operation is written onto the tape: its result becomes part of the graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .grad_mode import state
from .node import Node, Rule
from .view import View
from .watching import of_operations


def tape(
    data: Any,
    operation: str,
    inputs: Sequence[Tensor],
    rule: Rule,
    saved: Sequence[Tensor] = (),
    *,
    saves_result: bool = False,
) -> Tensor:
    """Make the tensor that an operation returns and, if a gradient is wanted, remember how it was made.

    Args:
        data: the result as an array (or a NumPy scalar).
        operation: PyTorch's name of the operation's backward.
        inputs: the tensors that went in, in order.
        rule: the local gradient: from the gradient by the result to the gradient by each input.
        saved: the tensors whose values `rule` uses; changing one in place is then an error.
        saves_result: whether `rule` uses the result's own value.
    """
    result = wrap(data)
    if state.enabled:
        for each in inputs:
            if each.requires_grad:
                result.node = Node(
                    operation, inputs, rule, (*saved, result) if saves_result else saved
                )
                result.requires_grad = True
                break
    if of_operations:
        for watcher in of_operations:
            watcher.computed(result, operation, inputs)
    return result


def tape_view(
    input: Tensor,
    look: Callable[[Array], Array],
    operation: str,
    rule: Callable[[Array], Array],
    *,
    several: bool = False,
) -> Tensor:
    """As `tape`, for an operation that only looks at its input's memory in another way.

    Both then count their changes together, and a change of the one is a change of the other: see
    `view.py`.

    Args:
        input: the tensor that is looked at.
        look: gives the array of the result from the array of the input, sharing its memory.
        operation: PyTorch's name of the operation's backward.
        rule: the local gradient.
        several: whether the operation returns more than one view.
    """
    array = look(input.array)
    result = tape(array, operation, (input,), rule)
    # `reshape` copies where it must; what it returns then is no view.
    if np.may_share_memory(array, input.array):
        result.version_counter = input.version_counter
        View(result, input, look, rule, several=several)
    return result
