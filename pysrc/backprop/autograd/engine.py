"""The walk back along the tape: reverse-mode differentiation.

Start at the loss, whose gradient by itself is 1. Take the youngest operation that has received a
gradient, ask its rule for the gradients by its inputs, and hand them on. Where a value was used twice,
what arrives is added. Since an operation is always younger than what went into it, each node is
visited once, after everything that depends on it. There is no recursion, so depth has no limit.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from heapq import heappop, heappush

import numpy as np

from .. import teaching
from ..dtypes import Array
from ..tensor import Tensor, wrap
from . import anomaly
from .node import Node, Observers

Totals = dict[Tensor, Array]

#: Called with each leaf that a gradient has reached, while somebody wants to know: see `viz.last_step`.
arrivals: list[Callable[[Tensor], None]] = []


def propagate(
    roots: Sequence[tuple[Tensor, Array]],
    *,
    retain_graph: bool,
    wanted: Sequence[Tensor] = (),
) -> Totals:
    """Send each root's gradient back to the leaves, and return what arrives at each of them.

    Args:
        roots: tensors with the gradient of the loss by each, of the same shape.
        retain_graph: keep the rules for another pass; otherwise each is let go as it is used.
        wanted: tensors in the middle of the graph whose gradients are asked for as well.

    Raises:
        RuntimeError: a node was used up by an earlier pass, or a tensor that a rule needs was changed.
    """
    totals: Totals = {}
    arrived: dict[Node, Array] = {}
    queue: list[tuple[int, Node]] = []

    for tensor, gradient in roots:
        _hand(tensor.grad_fn or tensor, gradient, arrived, totals, queue)
    asked: dict[Node, list[Tensor]] = {}
    for tensor in wanted:
        if tensor.grad_fn is not None:
            asked.setdefault(tensor.grad_fn, []).append(tensor)

    searching = anomaly.state.enabled

    while queue:
        node = heappop(queue)[1]
        gradient = arrived.pop(node)
        if node.observers is not None:
            gradient = _observe(node.observers, gradient)
        if asked and node in asked:
            for tensor in asked[node]:
                totals[tensor] = gradient
        if node.rule is None:
            raise RuntimeError(
                "Trying to backward through the graph a second time (or directly access saved tensors "
                "after they have already been freed). Saved intermediate values of the graph are freed "
                "when you call .backward() or autograd.grad().\n"
                "Compute the loss again before each backward, or pass retain_graph=True to the first "
                "one if you need both."
            )
        for counter, then in node.saved:
            if counter[0] != then:
                raise node.modified()
        returned = node.rule(gradient)
        if searching:
            anomaly.check(node, returned)
        if not retain_graph:
            node.rule = None
        gradients = returned if isinstance(returned, tuple) else (returned,)
        for edge, each in zip(node.edges, gradients, strict=True):
            if edge is not None and each is not None:
                _hand(edge, each, arrived, totals, queue)
        del returned, gradients, each  # so that a leaf can take the array over: see `accumulate`
    for notice in arrivals:
        for tensor in totals:
            notice(tensor)
    return totals


def _hand(
    target: Node | Tensor,
    gradient: Array,
    arrived: dict[Node, Array],
    totals: Totals,
    queue: list[tuple[int, Node]],
) -> None:
    """Add to what has arrived at a node, which then waits for its turn, or at a leaf."""
    if isinstance(target, Node):
        if target in arrived:
            arrived[target] = arrived[target] + gradient
        else:
            arrived[target] = gradient
            heappush(queue, (-target.sequence, target))
    elif target in totals:
        totals[target] = totals[target] + gradient
    else:
        totals[target] = gradient


def _observe(observers: Observers, gradient: Array) -> Array:
    """Show the gradient to the tensor's hooks and, if asked, keep it as ``.grad``."""
    for hook in tuple(observers.hooks.values()):
        gradient = apply_hook(hook, gradient)
    tensor = observers.keeper()
    if tensor is not None:
        accumulate(tensor, gradient)
    return gradient


def apply_hook(hook: object, gradient: Array) -> Array:
    """Call one hook; what it returns, if anything, takes the gradient's place."""
    with_gradient = wrap(np.asarray(gradient))
    replacement = hook(with_gradient)  # type: ignore[operator]
    return replacement.array if isinstance(replacement, Tensor) else gradient


def _references_of_one_owner() -> int:
    only = np.empty(0)
    return sys.getrefcount(only)


#: What `sys.getrefcount` says of an array that one local name holds and nobody else.
_ONE_OWNER = _references_of_one_owner()


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
    outputs = _as_sequence(tensors)
    totals = propagate(
        _roots(outputs, grad_tensors, create_graph),
        retain_graph=bool(retain_graph),
        wanted=inputs or (),
    )
    chosen = None if inputs is None else set(inputs)
    for leaf in list(totals):
        gradient = totals.pop(leaf)
        if chosen is not None and leaf not in chosen:
            continue
        if leaf.hooks and leaf.grad_fn is None:
            for hook in tuple(leaf.hooks.values()):
                gradient = apply_hook(hook, gradient)
        owned = sys.getrefcount(gradient) == _ONE_OWNER
        accumulate(leaf, gradient, owned=owned)


def accumulate(tensor: Tensor, gradient: Array, *, owned: bool = False) -> None:
    """Add `gradient` to ``tensor.grad``, as PyTorch does until somebody clears it.

    An in-place update through a leaf's ``.grad`` must not reach a view of it, or another leaf's
    gradient, so it is copied, unless it is `owned`: held by nobody else. Copying always would be simpler;
    it costs as much as a third of a large layer's step.
    """
    if tensor.grad is None:
        kind = tensor.array.dtype
        if not (
            owned
            and type(gradient) is np.ndarray
            and gradient.base is None
            and gradient.dtype == kind
        ):
            gradient = np.array(gradient, dtype=kind)
        tensor.grad = made = wrap(gradient)
        made.made_at = tensor.version_counter[0]
    else:
        if tensor.grad_fn is None:
            teaching.notice_accumulation(tensor)
        tensor.grad.array += gradient
        tensor.grad.version_counter[0] += 1


def grad(
    outputs: Tensor | Sequence[Tensor],
    inputs: Tensor | Sequence[Tensor],
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    allow_unused: bool | None = None,
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
    sources = _as_sequence(inputs)
    for source in sources:
        if not source.requires_grad:
            raise RuntimeError(
                "One of the differentiated Tensors does not require grad.\n"
                "Make it with requires_grad=True, or call .requires_grad_() on it before it is used."
            )
    totals = propagate(
        _roots(_as_sequence(outputs), grad_outputs, create_graph),
        retain_graph=bool(retain_graph),
        wanted=sources,
    )
    found: list[Tensor | None] = []
    for place, source in enumerate(sources):
        if source in totals:
            found.append(wrap(np.array(totals[source], dtype=source.array.dtype)))
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


def _as_sequence(tensors: Tensor | Sequence[Tensor]) -> Sequence[Tensor]:
    return tensors if isinstance(tensors, (list, tuple)) else (tensors,)


def _roots(
    outputs: Sequence[Tensor],
    gradients: Tensor | Sequence[Tensor | None] | None,
    create_graph: bool,
) -> list[tuple[Tensor, Array]]:
    """Pair each output with the gradient to start from, 1 for a scalar."""
    if create_graph:
        raise NotImplementedError(
            "create_graph=True (the gradient of a gradient) is not part of backprop's NumPy "
            "implementation.\nUse a finite difference of the first gradient instead."
        )
    given = (
        [None] * len(outputs)
        if gradients is None
        else list(gradients)
        if isinstance(gradients, (list, tuple))
        else [gradients]
    )
    roots = []
    for output, gradient in zip(outputs, given, strict=True):
        if output.grad_fn is None and not output.requires_grad:
            raise RuntimeError(
                "element 0 of tensors does not require grad and does not have a grad_fn\n"
                "Nothing that went into it has requires_grad=True, or it was computed inside no_grad() "
                "or after detach()."
            )
        if gradient is None:
            if output.array.size != 1:
                raise RuntimeError(
                    "grad can be implicitly created only for scalar outputs\n"
                    f"This tensor has shape {tuple(output.array.shape)}. Reduce it to one number first, "
                    "such as with .mean() or .sum(), or pass the gradient as backward(gradient)."
                )
            if output.array != output.array:  # only NaN differs from itself
                teaching.notice_loss(output)
            roots.append((output, np.ones(output.array.shape, output.array.dtype)))
        else:
            if gradient.array.shape != output.array.shape:
                raise RuntimeError(
                    f"Mismatch in shape: grad_output[0] has a shape of {gradient.shape} and output[0] "
                    f"has a shape of {output.shape}.\nThe gradient needs the shape of the output."
                )
            roots.append((output, gradient.array))
    return roots
