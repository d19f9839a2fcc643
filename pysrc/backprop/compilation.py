"""``torch.compile``: the model as it is, in PyTorch's wrapping. Nothing here is made faster by it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from .nn.module import Module


class OptimizedModule(Module):
    """A module that hands everything on to the one it was made of, its attributes too.

    Its state_dict has PyTorch's names, which begin with ``_orig_mod.``.
    """

    _orig_mod: Module

    def __init__(self, mod: Module) -> None:
        super().__init__()
        self._orig_mod = mod
        self.training = mod.training

    def forward(self, *args: Any, **options: Any) -> Any:
        """What the module gives."""
        return self._orig_mod(*args, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._orig_mod, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("_orig_mod", "training"):
            super().__setattr__(name, value)
        else:
            setattr(self._orig_mod, name, value)


def compile(
    model: Callable[..., Any] | None = None,
    *,
    fullgraph: bool = False,
    dynamic: bool | None = None,
    backend: str | Callable[..., Any] = "inductor",
    mode: str | None = None,
    options: dict[str, Any] | None = None,
    disable: bool = False,
) -> Any:
    """The function itself, or the module in a wrapping: it computes the same numbers, at the same speed.

    Without a model, a decorator. All options are left unused.

    Raises:
        RuntimeError: both `mode` and `options` are given.
        AssertionError: it cannot be called.
    """
    if mode is not None and options is not None:
        raise RuntimeError(
            "Either mode or options can be specified, but both can't be specified at the same time."
        )
    if model is None:
        return functools.partial(compile, fullgraph=fullgraph, dynamic=dynamic, backend=backend)
    if not callable(model):
        raise AssertionError(f"A callable function is expected, but {type(model)} is provided.")
    return OptimizedModule(model) if isinstance(model, Module) and not disable else model
