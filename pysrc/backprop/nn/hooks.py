"""What is called before and after a module, and when the blame passes through it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, wrap

if TYPE_CHECKING:
    from .module import Module

Hook = Callable[..., Any]
Blame = tuple["Tensor | None", ...]


class Hooks:
    """A module's hooks of each kind, in the order in which they were registered.

    Attributes:
        before: called with the module and its inputs; what they return replaces the inputs.
        after: called with the module, its inputs and its output; what they return replaces the output.
        backward: called with the module, the gradients by its inputs and by its outputs; what they
            return replaces the gradients by the inputs.
        with_keywords: the numbers of those hooks that are also given the keyword arguments.
    """

    def __init__(self) -> None:
        self.before: dict[int, Hook] = {}
        self.after: dict[int, Hook] = {}
        self.backward: dict[int, Hook] = {}
        self.with_keywords: set[int] = set()

    def call(self, module: Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call the module's `forward`, and the hooks around it."""
        for number, hook in tuple(self.before.items()):
            if number in self.with_keywords:
                changed = hook(module, args, kwargs)
                if changed is not None:
                    args, kwargs = changed
                continue
            changed = hook(module, args)
            if changed is not None:
                args = changed if isinstance(changed, tuple) else (changed,)
        passage = Passage(module, tuple(self.backward.values())) if self.backward else None
        if passage is not None:
            args = passage.enter(args)
        result = module.forward(*args, **kwargs)
        for number, hook in tuple(self.after.items()):
            given = (args, kwargs) if number in self.with_keywords else (args,)
            changed = hook(module, *given, result)
            if changed is not None:
                result = changed
        return result if passage is None else passage.leave(result)


class Passage:
    """One forward through a module with backward hooks, and the blame on its way back through it."""

    def __init__(self, module: Module, hooks: Sequence[Hook]) -> None:
        self.module = module
        self.hooks = hooks
        self.by_outputs: Blame = ()
        self.has_inputs = False

    def enter(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """The inputs, through a gate that calls the hooks as the last thing on the way back."""
        self.has_inputs = any(isinstance(each, Tensor) and each.requires_grad for each in args)
        if not self.has_inputs:
            return args

        def gate(gradients: Blame) -> Blame:
            return self._call(gradients)

        return through_gate(args, gate)

    def leave(self, result: Any) -> Any:
        """The outputs, through a gate that notes the blame which arrives at them."""

        def gate(gradients: Blame) -> Blame:
            self.by_outputs = gradients
            if not self.has_inputs:
                self._call((None,))
            return gradients

        if isinstance(result, tuple):
            return through_gate(result, gate)
        return through_gate((result,), gate)[0]

    def _call(self, by_inputs: Blame) -> Blame:
        for hook in self.hooks:
            changed = hook(self.module, by_inputs, self.by_outputs)
            if changed is not None:
                by_inputs = changed if isinstance(changed, tuple) else (changed,)
        return by_inputs


def through_gate(values: tuple[Any, ...], gate: Callable[[Blame], Blame]) -> tuple[Any, ...]:
    """The same values, with a gate in the graph that sees the gradients of all tensors at once.

    Each tensor gets a node of its own, which keeps the gradient that arrives and wakes the one node
    behind them all. That is older than they are, so its turn comes when all have arrived.
    """
    wanted = [isinstance(each, Tensor) and each.requires_grad for each in values]
    arrived: list[Array | None] = [None] * len(values)

    def rule(grad: Array) -> Gradients:
        given = tuple(None if each is None else wrap(np.asarray(each)) for each in arrived)
        arrived[:] = [None] * len(values)
        answer = gate(given)
        return tuple(
            None if each is None else each.array
            for each, asked in zip(answer, wanted, strict=True)
            if asked
        )

    name = "BackwardHookFunctionBackward"
    sources = [each for each, asked in zip(values, wanted, strict=True) if asked]
    together = tape(np.zeros(()), name, sources, rule)

    def passed(place: int, tensor: Tensor) -> Tensor:
        def keep(grad: Array) -> Array:
            arrived[place] = grad
            return np.zeros(())

        return tape(tensor.array.view(), name, (together,), keep)

    return tuple(
        passed(place, each) if wanted[place] else each for place, each in enumerate(values)
    )
