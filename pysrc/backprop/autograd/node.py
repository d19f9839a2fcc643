"""The tape: what is remembered of each operation, so that blame can travel back through it.

A `Node` belongs to the tensor that an operation made. It knows which tensors went in (its edges, in
order, so that ``x * x`` has two), and holds one function: given the gradient of the loss by the
operation's output, it returns the gradient by each input. That is the chain rule, one link of it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..dtypes import Array
from .edges import AccumulateGrad, shown_edges
from .freeing import hand_over, see_to_the_rest
from .observers import Observers
from .watching import of_rules

if TYPE_CHECKING:
    from ..tensor import Tensor

Gradients = tuple["Array | None", ...]
Rule = Callable[[Array], "Array | Gradients"]

_PLAIN = """
    Add Alias AsStrided Cat Ceil Clone ConstantPadNd Cumsum DiagEmbed Diagonal Expand Fill Flip Floor Fmod
    Lerp Mean Neg Permute PixelShuffle PixelUnshuffle Remainder Repeat Roll Round Rsub Select Sign Slice
    Split SplitWithSizes Squeeze Stack Sub Sum T ToCopy Trace Transpose Tril Triu Trunc Unbind UnsafeView
    Unsqueeze View Zero
"""
#: The operations that keep nothing for the way back, unless tensors were saved for them.
KEEPING_NOTHING = frozenset(
    (
        "CopyBackwards",
        "CopySlices",
        *(f"{name}Backward{n}" for name in _PLAIN.split() for n in range(5)),
    )
)

_tick = itertools.count().__next__
_kinds: dict[str, type[Node]] = {}


def _kind(operation: str) -> type[Node]:
    """The class of an operation's nodes: programs print ``type(y.grad_fn)``."""
    members = {"__slots__": (), "__module__": "builtins"}
    _kinds[operation] = kind = type(operation, (Node,), members)
    return kind


class Node:
    """One operation on the tape; PyTorch calls it ``grad_fn``.

    Attributes:
        operation: PyTorch's name for it, such as ``MulBackward0``.
        edges: for each input, the node that made it, or the tensor itself where it is a leaf that wants
            a gradient, or None where no gradient is wanted.
        rule: the local gradient; None once a backward pass has used it up.
        sequence: when it was made. A node's inputs are always older than the node itself, so walking
            from the youngest to the oldest is a topological order, without any sorting of the graph.
        saved: the version counters of the tensors that the rule needs, and what they were.
        observers: who looks at the gradient on its way: see `Observers`.
        memory: what diagrams know of it, where `viz.remember` was on; else None.
    """

    __slots__ = (
        "__weakref__",
        "edges",
        "memory",
        "observers",
        "operation",
        "rule",
        "saved",
        "sequence",
    )

    def __init__(
        self, operation: str, inputs: Sequence[Tensor], rule: Rule, saved: Sequence[Tensor] = ()
    ) -> None:
        self.operation = operation
        self.edges: tuple[Node | Tensor | None, ...] = tuple(
            [each.node or (each if each.requires_grad else None) for each in inputs]
        )
        self.rule: Rule | None = rule
        self.saved: tuple[tuple[list[int], int], ...] = (
            tuple([(each.version_counter, each.version_counter[0]) for each in saved])
            if saved
            else ()
        )
        self.sequence = _tick()
        self.observers: Observers | None = None
        self.memory: Any = None

    def __del__(self) -> None:
        if not hand_over((self.edges, self.rule, self.memory)):
            self.edges, self.rule, self.memory = (), None, None
            see_to_the_rest()

    def backward(self, gradient: Array, retain_graph: bool) -> Gradients:
        """Pass the blame on: from the gradient by the operation's result to that by each of its inputs.

        Args:
            gradient: the gradient of the loss by the result, of its shape.
            retain_graph: keep the rule for another pass.

        Raises:
            RuntimeError: an earlier pass has used the rule up, or a tensor that it needs was changed.
        """
        if self.observers is not None:
            gradient = self.observers.see(gradient)
        if self.rule is None:
            raise RuntimeError(
                "Trying to backward through the graph a second time (or directly access saved tensors "
                "after they have already been freed). Saved intermediate values of the graph are freed "
                "when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to "
                "backward through the graph a second time or if you need to access saved tensors after "
                "calling backward.\n"
                "Compute the loss again before each backward, or pass retain_graph=True to the first one if "
                "you need both."
            )
        for counter, then in self.saved:
            if counter[0] != then:
                raise self.modified()
        returned = self.rule(gradient)
        gradients = returned if isinstance(returned, tuple) else (returned,)
        for watcher in of_rules:
            watcher.returned(self, gradients)
        # What saves nothing, such as an addition, can be gone through again: in PyTorch too.
        if not retain_graph and (self.saved or self.operation not in KEEPING_NOTHING):
            self.rule = None
        return gradients

    def shown(self) -> Node:
        """The node itself, from now on of the class of its operation: see `_kind`.

        Until somebody looks, all are of one class: Python is faster where a walk meets one class only.
        """
        if type(self) is Node:
            self.__class__ = _kinds.get(self.operation) or _kind(self.operation)
        return self

    def name(self) -> str:
        """PyTorch's name of the operation's backward, such as ``MulBackward0``."""
        return self.operation

    @property
    def next_functions(self) -> tuple[tuple[Any, int], ...]:
        """What comes next on the way back, as PyTorch shows it."""
        return shown_edges(self.operation, [_shown(edge) for edge in self.edges])

    def observed(self) -> Observers:
        """The node's observers, made now if there were none."""
        if self.observers is None:
            self.observers = Observers()
        return self.observers

    def modified(self) -> RuntimeError:
        """The error for a tensor that the rule needs and that was changed in place since."""
        counter, then = next(pair for pair in self.saved if pair[0][0] != pair[1])
        return RuntimeError(
            "one of the variables needed for gradient computation has been modified by an "
            f"inplace operation: it is needed by {self.operation}, is at version "
            f"{counter[0]}; expected version {then} instead.\n"
            "Use the operation without the underscore, which makes a new tensor "
            "(y = y + 1 instead of y += 1 or y.add_(1)), or change a y.clone()."
        )

    def __repr__(self) -> str:
        return f"<{self.operation} object at {id(self):#x}>"


def _shown(edge: Node | Tensor | None) -> Any:
    """An edge as PyTorch shows it: what lies behind a leaf is a node too."""
    if edge is None:
        return None
    return edge.shown() if isinstance(edge, Node) else AccumulateGrad(edge)
