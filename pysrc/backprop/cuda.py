"""Whether there is a graphics card: no. Programs that ask so choose the CPU by themselves."""

from __future__ import annotations

from .missing import missing_attribute


def is_available() -> bool:
    """Always False: everything is computed on the CPU."""
    return False


def device_count() -> int:
    """Always 0."""
    return 0


def is_initialized() -> bool:
    """Always False."""
    return False


def manual_seed(seed: int) -> None:
    """Nothing: there is no generator on a graphics card to start."""


def manual_seed_all(seed: int) -> None:
    """Nothing: there is no generator on a graphics card to start."""


def empty_cache() -> None:
    """Nothing: there is no memory on a graphics card to empty."""


def synchronize(device: object = None) -> None:
    """Nothing: there is nothing to wait for."""


def __getattr__(name: str) -> object:
    raise missing_attribute("torch.cuda", name)
