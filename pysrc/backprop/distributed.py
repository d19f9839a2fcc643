"""Several processes that train together: here there is one."""

from __future__ import annotations

from .missing import missing_attribute


def is_available() -> bool:
    """Always False."""
    return False


def is_initialized() -> bool:
    """Always False."""
    return False


def __getattr__(name: str) -> object:
    raise missing_attribute("torch.distributed", name)
