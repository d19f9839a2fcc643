"""Who looks at a gradient on its way, in the middle of the graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..dtypes import Array
from .accumulation import accumulate, apply_hooks

if TYPE_CHECKING:
    from ..tensor import Tensor


def nobody() -> None:
    """What stands for a weak reference to nothing."""


class Observers:
    """Who looks at a node's gradient: hooks, and a tensor that asked to keep it.

    Attributes:
        hooks: functions of the gradient; what one returns takes the gradient's place.
        keeper: gives the tensor that keeps the gradient (`Tensor.retain_grad`), while it is there.
    """

    __slots__ = ("hooks", "keeper")

    def __init__(self) -> None:
        self.hooks: dict[int, Callable[[Tensor], Tensor | None]] = {}
        self.keeper: Callable[[], Tensor | None] = nobody

    def see(self, gradient: Array) -> Array:
        """Show the gradient to all of them; return what the hooks have made of it."""
        gradient = apply_hooks(self.hooks, gradient)
        tensor = self.keeper()
        if tensor is not None:
            accumulate(tensor, gradient)
        return gradient
