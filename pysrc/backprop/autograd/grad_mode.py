"""Switches that say whether operations are remembered for a backward pass."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class _State:
    """Whether operations are recorded. One object, so that reading it costs one look-up."""

    __slots__ = ("enabled",)

    def __init__(self) -> None:
        self.enabled = True


state = _State()


def _within(
    block: Callable[[], AbstractContextManager[None]], function: Callable[P, R]
) -> Callable[P, R]:
    """The same function, each call of it in a ``with`` block of its own."""

    @functools.wraps(function)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        with block():
            return function(*args, **kwargs)

    return inside


class set_grad_enabled:  # noqa: N801 - PyTorch's name
    """Switch recording on or off: at once, or for the length of a ``with`` block.

    >>> import backprop
    >>> w = backprop.tensor(2.0, requires_grad=True)
    >>> with backprop.set_grad_enabled(False):
    ...     (w * 3).requires_grad
    False
    """

    def __init__(self, mode: bool) -> None:
        self.mode = bool(mode)
        self.previous = state.enabled
        state.enabled = self.mode

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """As a decorator it is no switch, so what it has done at once is taken back."""
        state.enabled = self.previous
        return _within(lambda: set_grad_enabled(self.mode), function)

    def __enter__(self) -> None:
        state.enabled = self.mode

    def __exit__(self, *error: object) -> None:
        state.enabled = self.previous


class _Switch:
    """A ``with`` block, or a decorator, inside which recording is on or off."""

    mode: bool

    def __new__(cls, function: Any = None) -> Any:
        """A switch; or, where it is used as a decorator without brackets, what it makes of a function."""
        switch = super().__new__(cls)
        if not callable(function):
            return switch
        switch.__init__()  # type: ignore[misc]
        return switch(function)

    def __init__(self) -> None:
        self.previous: list[bool] = []

    def __enter__(self) -> None:
        self.previous.append(state.enabled)
        state.enabled = self.mode

    def __exit__(self, *error: object) -> None:
        state.enabled = self.previous.pop()

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        return _within(lambda: self, function)


class no_grad(_Switch):  # noqa: N801 - PyTorch's name
    """Inside, operations are not recorded: for updates and for mere predictions.

    >>> import backprop
    >>> w = backprop.tensor(2.0, requires_grad=True)
    >>> with backprop.no_grad():
    ...     w -= 0.5
    >>> w
    tensor(1.5000, requires_grad=True)
    """

    mode = False


class inference_mode(no_grad):  # noqa: N801 - PyTorch's name
    """The same as `no_grad` here; PyTorch's is faster still, and stricter.

    Args:
        mode: False leaves recording as it is.
    """

    def __init__(self, mode: Any = True) -> None:
        super().__init__()
        self.mode = state.enabled if mode is False else False


class enable_grad(_Switch):  # noqa: N801 - PyTorch's name
    """Inside, operations are recorded, even within `no_grad`."""

    mode = True


def is_grad_enabled() -> bool:
    """Whether operations are being recorded."""
    return state.enabled
