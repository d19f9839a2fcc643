"""The one way to look on while a program computes.

A diagram wants to know what was computed, and in which module; the search for NaN, what each rule
returned; a warning, that a gradient is added to. Each is a `Watcher`, and is told of what it has a method
for. Where nobody watches, each of these moments costs one look at an empty list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..dtypes import Array
    from ..tensor import Tensor
    from .node import Gradients, Node


class Watcher:
    """Somebody who looks on, from `begin` to `end`; a subclass has a method for what it wants to know.

    >>> import backprop
    >>> class Printer(Watcher):
    ...     def computed(self, result, operation, inputs):
    ...         print(operation, result.shape)
    >>> printer = Printer()
    >>> printer.begin()
    >>> _ = backprop.ones(2, 3).sum(dim=0)
    SumBackward1 torch.Size([3])
    >>> printer.end()
    """

    def computed(self, result: Tensor, operation: str, inputs: Sequence[Tensor]) -> None:
        """An operation has made `result` of `inputs`, whether or not a gradient is wanted."""

    def entered(self, module: Any) -> None:
        """A module is called."""

    def left(self, module: Any) -> None:
        """The call that was entered last is over, also where it raised an error."""

    def started(self, loss: Tensor) -> None:
        """A backward begins at `loss`, a single number."""

    def returned(self, node: Node, gradients: Gradients) -> None:
        """The rule of `node` has returned the gradients by its inputs."""

    def arrived(self, leaf: Tensor) -> None:
        """A backward, or `autograd.grad`, has found the whole gradient by `leaf`."""

    def accumulating(self, leaf: Tensor, gradient: Array) -> None:
        """A backward is about to add `gradient`, as the hooks have left it, to ``leaf.grad``."""

    def adding(self, leaf: Tensor, held: Tensor) -> None:
        """A backward is about to add to ``leaf.grad``, which holds `held` already."""

    def begin(self) -> None:
        """From here on, be told."""
        for told, methods in _TOLD:
            if any(getattr(type(self), each) is not getattr(Watcher, each) for each in methods):
                told.append(self)

    def end(self) -> None:
        """Be told no more."""
        for told, _ in _TOLD:
            if self in told:
                told.remove(self)


# Who is told of what.
of_operations: list[Watcher] = []
of_calls: list[Watcher] = []
of_starts: list[Watcher] = []
of_rules: list[Watcher] = []
of_arrivals: list[Watcher] = []
of_accumulations: list[Watcher] = []
of_additions: list[Watcher] = []

_TOLD = (
    (of_operations, ("computed",)),
    (of_calls, ("entered", "left")),
    (of_starts, ("started",)),
    (of_rules, ("returned",)),
    (of_arrivals, ("arrived",)),
    (of_accumulations, ("accumulating",)),
    (of_additions, ("adding",)),
)


@contextmanager
def unwatched() -> Iterator[None]:
    """Inside, nobody is told of anything: it is not the program's own."""
    kept = [list(told) for told, _ in _TOLD]
    for told, _ in _TOLD:
        told.clear()
    try:
        yield
    finally:
        for (told, _), watchers in zip(_TOLD, kept, strict=True):
            told[:] = watchers
