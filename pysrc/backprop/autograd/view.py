"""Two tensors on one memory: what a change of the one means for the other's gradient.

A view, such as ``y[0]`` or ``y.T``, looks at its base's memory. While nothing is changed in place it is an
operation like any other. When one of the two is written to, both are something new from then on:

- the base is what it was, with new numbers in the region that the view looks at (PyTorch calls this
  operation ``CopySlices``);
- every view of it looks at the new base, by the same rule as before (``AsStridedBackward0``).
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from ..dtypes import Array
from .freeing import hand_over, see_to_the_rest
from .grad_mode import state
from .node import Gradients, Node, Rule
from .observers import nobody

if TYPE_CHECKING:
    from ..tensor import Tensor

Look = Callable[[Array], Array]


class View:
    """How a tensor looks at another one's memory.

    Attributes:
        source: the tensor that was looked at; it may be a view itself.
        base: the tensor at the end of that chain, which is no view.
        look: gives the view's array from the source's, sharing its memory.
        rule: the local gradient of `look`.
        several: whether the operation returned more than one view.
        remembered: whether it was made while operations were recorded.
    """

    __slots__ = ("base", "look", "remembered", "rule", "several", "source")

    def __init__(
        self, view: Tensor, source: Tensor, look: Look, rule: Look, *, several: bool = False
    ) -> None:
        self.source = source
        self.base: Tensor = source if source.view_of is None else source.view_of.base
        self.look = look
        self.rule = rule
        self.several = several
        self.remembered = state.enabled
        view.view_of = self
        views = self.base.views
        if views is None:
            views = self.base.views = []
        # At each power of two, views that are gone are forgotten, so that the list cannot grow on.
        if not len(views) & (len(views) - 1):
            views[:] = [each for each in views if each() is not None]
        views.append(weakref.ref(view))

    def __del__(self) -> None:
        if not hand_over((self.source, self.base)):
            del self.source, self.base
            see_to_the_rest()


def way_to(view: Tensor) -> list[Look]:
    """The looks that lead from the array of a view's base to the view's, in order."""
    looks = []
    while view.view_of is not None:
        looks.append(view.view_of.look)
        view = view.view_of.source
    return looks[::-1]


def take_place(target: Tensor, result: Tensor, before: Callable[[Tensor], Tensor]) -> None:
    """Give `target`, whose memory was written to, the place in the graph of `result`, its new numbers.

    Args:
        target: a tensor, or a view.
        result: of the same shape, with the operation that made the new numbers.
        before: gives a tensor that has the place in the graph that its argument had so far.
    """
    if target.view_of is None:
        base = target
        _keep_on(target.node, result.node, target)
        target.node = result.node
    else:
        base = target.view_of.base
        old = before(base)
        base.node = Node("CopySlices", (old, result), _copy_slices(base.array, way_to(target)))
        _keep_on(old.node, base.node, base)
    base.requires_grad = True
    for reference in base.views or ():
        view = reference()
        if view is not None and view.view_of is not None:
            old_node = view.node
            view.requires_grad = True
            view.node = Node("AsStridedBackward0", (view.view_of.source,), view.view_of.rule)
            _keep_on(old_node, view.node, view)


def _copy_slices(layout: Array, looks: list[Look]) -> Rule:
    """The rule of a base whose numbers in one region are another tensor's now."""

    def rule(grad: Array) -> Gradients:
        # In the memory order of the base, where the looks find their way without copying.
        rest = np.empty_like(layout, dtype=grad.dtype)
        rest[...] = grad
        part = rest
        for look in looks:
            part = look(part)
        by_part = part.copy()
        part[...] = 0
        return rest, by_part

    return rule


def _keep_on(old: Node | None, new: Node | None, tensor: Tensor) -> None:
    """Let a tensor that keeps its gradient (`retain_grad`) keep that of its new numbers instead."""
    if old is not None and new is not None and old.observers is not None:
        keeper = old.observers.keeper
        if keeper() is tensor:
            old.observers.keeper = nobody
            new.observed().keeper = keeper
