"""What is called before and after a module, and when the blame passes through it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..autograd.watching import of_calls
from ..dtypes import Array
from ..handle import RemovableHandle
from ..tensor import Tensor, wrap

Hook = Callable[..., Any]
Blame = tuple["Tensor | None", ...]


class Hookable:
    """Something that is called: a module's `forward`, and the hooks around it."""

    _hooks: Hooks | None = None

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """Compute the output; every subclass writes its own."""
        raise NotImplementedError(
            f'Module [{type(self).__name__}] is missing the required "forward" function\n'
            "Write def forward(self, x): in your class, with this very name."
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call `forward`, and the hooks around it."""
        if of_calls:
            return self._watched_call(args, kwargs)
        if self._hooks is None:
            return self.forward(*args, **kwargs)
        return self._hooks.call(self, args, kwargs)

    def _watched_call(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        watchers = tuple(of_calls)
        for each in watchers:
            each.entered(self)
        try:
            if self._hooks is None:
                return self.forward(*args, **kwargs)
            return self._hooks.call(self, args, kwargs)
        finally:
            for each in watchers:
                each.left(self)

    def register_forward_pre_hook(
        self, hook: Callable[..., Any], *, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Call ``hook(module, args)`` before each forward; what it returns replaces the inputs."""
        return self._add_hook("before", hook, with_kwargs)

    def register_forward_hook(
        self, hook: Callable[..., Any], *, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Call ``hook(module, args, output)`` after each forward; what it returns replaces the output."""
        return self._add_hook("after", hook, with_kwargs)

    def register_full_backward_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(module, grad_input, grad_output)`` when the blame has passed through the module.

        Both are tuples of gradients; what the hook returns replaces the first.
        """
        return self._add_hook("backward", hook, False)

    def _forget_idle_hooks(self) -> None:
        """Without any hooks left, let a call go straight to `forward` again."""
        hooks = self._hooks
        if hooks is not None and not (hooks.before or hooks.after or hooks.backward):
            object.__delattr__(self, "_hooks")

    @property
    def _forward_hooks(self) -> OrderedDict[int, Hook]:
        return OrderedDict() if self._hooks is None else self._hooks.after

    @property
    def _forward_pre_hooks(self) -> OrderedDict[int, Hook]:
        return OrderedDict() if self._hooks is None else self._hooks.before

    def _add_hook(self, kind: str, hook: Callable[..., Any], keywords: bool) -> RemovableHandle:
        if self._hooks is None:
            object.__setattr__(self, "_hooks", Hooks())
        assert self._hooks is not None
        handle = RemovableHandle(getattr(self._hooks, kind), hook)
        if keywords:
            self._hooks.with_keywords.add(next(reversed(getattr(self._hooks, kind))))
        return handle


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
        self.before: OrderedDict[int, Hook] = OrderedDict()
        self.after: OrderedDict[int, Hook] = OrderedDict()
        self.backward: dict[int, Hook] = {}
        self.with_keywords: set[int] = set()

    def call(self, module: Hookable, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
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

    def __init__(self, module: Hookable, hooks: Sequence[Hook]) -> None:
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
