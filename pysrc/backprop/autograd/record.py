"""The one place where an operation's result becomes part of the graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..tensor import Tensor, wrap
from .grad_mode import state
from .node import Node, Rule


def record(
    data: Any,
    operation: str,
    inputs: Sequence[Tensor],
    rule: Rule,
    saved: Sequence[Tensor] = (),
    *,
    saves_result: bool = False,
    view_of: Tensor | None = None,
) -> Tensor:
    """Make the tensor that an operation returns and, if a gradient is wanted, remember how it was made.

    Args:
        data: the result as an array (or a NumPy scalar).
        operation: PyTorch's name of the operation's backward.
        inputs: the tensors that went in, in order.
        rule: the local gradient: from the gradient by the result to the gradient by each input.
        saved: the tensors whose values `rule` uses; changing one in place is then an error.
        saves_result: whether `rule` uses the result's own value.
        view_of: the tensor whose memory the result shares, so that both count their changes together.
    """
    if type(data) is not np.ndarray:
        data = np.asarray(data)
    result = wrap(data)
    if view_of is not None:
        result.version_counter = view_of.version_counter
        result.base = view_of if view_of.base is None else view_of.base
    if state.enabled:
        for each in inputs:
            if each.requires_grad:
                counters = tuple([tensor.version_counter for tensor in saved])
                if saves_result:
                    counters += (result.version_counter,)
                result.grad_fn = Node(operation, inputs, rule, counters)
                result.requires_grad = True
                break
    return result
