"""TorchScript, PyTorch's older compiler: functions stay what they are, and there are no compiled modules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from .missing import missing_attribute
from .nn.module import Module
from .warning import warn

F = TypeVar("F", bound=Callable[..., Any])


def _refuse(name: str) -> NoReturn:
    raise NotImplementedError(
        f"torch.jit.{name} does not exist here for modules: backprop has no TorchScript.\n"
        "Use the model as it is; to keep it, save its state_dict."
    )


def _deprecated(name: str) -> None:
    warn(
        f"`torch.jit.{name}` is deprecated. Please switch to `torch.compile` or `torch.export`.",
        DeprecationWarning,
    )


def script(obj: Any, *args: Any, **options: Any) -> Any:
    """A function as it is, uncompiled, so that it gives the same numbers.

    Raises:
        NotImplementedError: it is a module, of which PyTorch makes another kind of module.
    """
    _deprecated("script")
    if isinstance(obj, Module):
        _refuse("script")
    return obj


def trace(func: Any, *args: Any, **options: Any) -> Any:
    """Not here: a trace keeps the way that one example took through the code.

    Raises:
        NotImplementedError: always.
    """
    _deprecated("trace")
    _refuse("trace")


def is_scripting() -> bool:
    """Always False."""
    return False


def is_tracing() -> bool:
    """Always False."""
    return False


def ignore(function: F) -> F:
    """The function itself: a decorator."""
    return function


export = unused = ignore


def __getattr__(name: str) -> object:
    raise missing_attribute("torch.jit", name)
