"""The walk back along the tape: reverse-mode differentiation.

Start at the loss, whose gradient by itself is 1. Take the youngest operation that has received a
gradient, ask its rule for the gradients by its inputs, and hand them on. Where a value was used twice,
what arrives is added. Since an operation is always younger than what went into it, each node is
visited once, after everything that depends on it. There is no recursion, so depth has no limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from heapq import heappop, heappush
from typing import Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .accumulation import accumulate
from .node import Gradients, Node
from .roots import as_sequence, roots_of
from .watching import of_arrivals


def propagate(roots: Sequence[tuple[Tensor, Array]], retain_graph: bool) -> dict[Tensor, Array]:
    """Send each root's gradient back to the leaves, and return what arrives at each of them.

    Args:
        roots: tensors with the gradient of the loss by each, of the same shape.
        retain_graph: keep the rules for another pass; otherwise each is let go as it is used.

    Raises:
        RuntimeError: a node was used up by an earlier pass, or a tensor that a rule needs was changed.
    """
    arrived: dict[Any, Array] = {}  # by nodes whose turn comes, and by leaves
    waiting: list[tuple[int, Node]] = []
    edges: tuple[Node | Tensor | None, ...] = tuple([tensor.node or tensor for tensor, _ in roots])
    gradients: Gradients = tuple([gradient for _, gradient in roots])
    while True:
        for edge, gradient in zip(edges, gradients, strict=True):
            if edge is None or gradient is None:
                continue
            if edge in arrived:
                arrived[edge] = arrived[edge] + gradient
            else:
                arrived[edge] = gradient
                if isinstance(edge, Node):
                    heappush(waiting, (-edge.sequence, edge))
        if not waiting:
            return arrived
        node = heappop(waiting)[1]
        edges, gradients = node.edges, node.backward(arrived.pop(node), retain_graph)


def backward(
    tensors: Tensor | Sequence[Tensor],
    grad_tensors: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    inputs: Sequence[Tensor] | None = None,
) -> None:
    """Compute the gradient of `tensors` by every leaf and add it to the leaf's ``.grad``.

    Args:
        tensors: one or more results; a scalar needs no gradient of its own.
        grad_tensors: for each, the gradient of the loss by it, of the same shape.
        retain_graph: keep the graph, so that backward can run through it again.
        create_graph: not available here.
        inputs: the only leaves to be given a gradient; all of them if left out.

    Raises:
        RuntimeError: nothing requires a gradient; a non-scalar without a gradient; a graph used up.
        NotImplementedError: `create_graph` is true.
    """
    roots = roots_of(as_sequence(tensors), grad_tensors, create_graph)
    arrived = _arrived(roots, bool(retain_graph), inputs)
    for leaf in list(arrived):
        accumulate(leaf, arrived.pop(leaf))  # handed over, so that a leaf can take the array


def grad(
    outputs: Tensor | Sequence[Tensor],
    inputs: Tensor | Sequence[Tensor],
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    only_inputs: bool = True,
    allow_unused: bool | None = None,
    is_grads_batched: bool = False,
    materialize_grads: bool = False,
) -> tuple[Tensor | None, ...]:
    """Return the gradients of `outputs` by `inputs`, and leave every ``.grad`` as it is.

    >>> import backprop
    >>> x = backprop.tensor(3.0, requires_grad=True)
    >>> backprop.autograd.grad(x * x, x)
    (tensor(6.),)

    Raises:
        RuntimeError: an input has no part in the outputs (unless `allow_unused`), or as `backward`.
    """
    sources = as_sequence(inputs)
    for source in sources:
        if not source.requires_grad:
            raise RuntimeError(
                "One of the differentiated Tensors does not require grad.\n"
                "Make it with requires_grad=True, or call .requires_grad_() on it before it is used."
            )
    roots = roots_of(as_sequence(outputs), grad_outputs, create_graph)
    arrived = _arrived(roots, bool(retain_graph), sources)
    found: list[Tensor | None] = []
    for place, source in enumerate(sources):
        if source in arrived:
            found.append(wrap(np.array(arrived[source], dtype=source.array.dtype)))
        elif materialize_grads:
            found.append(wrap(np.zeros_like(source.array)))
        elif allow_unused:
            found.append(None)
        else:
            raise RuntimeError(
                f"The differentiated Tensor at index {place} appears to not have been used in the graph. "
                "Set allow_unused=True if this is the desired behavior.\n"
                "Check that the output is computed from this very tensor, not from a copy of it."
            )
    return tuple(found)


def _arrived(
    roots: Sequence[tuple[Tensor, Array]], retain_graph: bool, chosen: Sequence[Tensor] | None
) -> dict[Tensor, Array]:
    """The gradients by all leaves; or by the `chosen` tensors, which may be in the middle of the graph."""
    within: dict[Tensor, Tensor] = {}
    if chosen is None:
        found = propagate(roots, retain_graph)
    else:
        handles = [
            each.register_hook(partial(within.__setitem__, each))
            for each in chosen
            if each.node is not None
        ]
        try:
            found = propagate(roots, retain_graph)
        finally:
            for handle in handles:
                handle.remove()
    for watcher in of_arrivals:
        for leaf in found:
            watcher.arrived(leaf)
    if chosen is not None:
        found |= {tensor: gradient.array for tensor, gradient in within.items()}
        found = {tensor: found[tensor] for tensor in chosen if tensor in found}
    return found
