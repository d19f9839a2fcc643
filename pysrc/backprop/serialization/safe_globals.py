"""The classes and functions that may be named in a file that is read with ``weights_only=True``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ..homes import home

_allowed: list[Any] = []


def add_safe_globals(safe_globals: list[Any]) -> None:
    """Allow more classes and functions; each is one, or a pair of one and the name it has in files."""
    _allowed.extend(safe_globals)


def get_safe_globals() -> list[Any]:
    """All that were allowed."""
    return list(_allowed)


def clear_safe_globals() -> None:
    """Allow none of them any more."""
    _allowed.clear()


@contextmanager
def safe_globals(safe_globals: list[Any]) -> Iterator[None]:
    """Allow them for a block of code."""
    before = list(_allowed)
    _allowed.extend(safe_globals)
    try:
        yield
    finally:
        _allowed[:] = before


def allowed(path: str) -> Any:
    """What was allowed under a dotted name; None if nothing was."""
    for each in _allowed:
        thing, name = each if isinstance(each, tuple) else (each, path_of(each))
        if name == path:
            return thing
    return None


def path_of(thing: Any) -> str:
    """The dotted name that a class or a function has in files."""
    module = home(thing.__module__, thing.__qualname__) or thing.__module__
    return f"{module}.{thing.__qualname__}".removeprefix("builtins.")
