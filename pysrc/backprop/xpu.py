"""Intel's graphics cards: not here."""

from __future__ import annotations

from .missing import missing_attribute


def is_available() -> bool:
    """Always False."""
    return False


def device_count() -> int:
    """Always 0."""
    return 0


def manual_seed(seed: int) -> None:
    """Nothing: there is no generator on a graphics card to start."""


def manual_seed_all(seed: int) -> None:
    """Nothing: there is no generator on a graphics card to start."""


def empty_cache() -> None:
    """Nothing: there is no memory on a graphics card to empty."""


def __getattr__(name: str) -> object:
    raise missing_attribute("torch.xpu", name)
