"""What ``y.grad_fn.next_functions`` shows: the graph as PyTorch has it, also where ours is simpler."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..tensor import Tensor


class AccumulateGrad:
    """The end of the way back at a leaf: where its ``.grad`` is added to."""

    __slots__ = ("variable",)
    __module__ = "builtins"  # as PyTorch's

    def __init__(self, variable: Tensor) -> None:
        self.variable = variable

    def name(self) -> str:
        """PyTorch's name."""
        return "torch::autograd::AccumulateGrad"

    @property
    def next_functions(self) -> tuple[Any, ...]:
        """Nothing lies behind a leaf."""
        return ()

    def __repr__(self) -> str:
        return f"<AccumulateGrad object at {id(self.variable):#x}>"


class TBackward0:
    """The transposition of a layer's weights, which is a step of its own in PyTorch."""

    __slots__ = ("_behind",)
    __module__ = "builtins"

    def __init__(self, behind: Any) -> None:
        self._behind = behind

    def name(self) -> str:
        """PyTorch's name."""
        return "TBackward0"

    @property
    def next_functions(self) -> tuple[tuple[Any, int], ...]:
        """What gave the weights."""
        return ((self._behind, 0),)

    def __repr__(self) -> str:
        return f"<TBackward0 object at {id(self):#x}>"


def shown_edges(operation: str, edges: Sequence[Any]) -> tuple[tuple[Any, int], ...]:
    """What comes next on the way back from a node: for each input what gave it, or None.

    PyTorch's linear layer adds a product to its bias, so that the bias comes first, and the product is one
    with the weights transposed.
    """
    if operation == "AddmmBackward0":
        input, weight, bias = edges
        edges = (bias, input, weight and TBackward0(weight))
    return tuple((each, 0) for each in edges)
