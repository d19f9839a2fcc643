"""The processor as a device: the only one here.

>>> is_available(), device_count(), current_device()
(True, 1, 'cpu')
"""

from __future__ import annotations

from .missing import missing_attribute


def is_available() -> bool:
    """Always True."""
    return True


def is_initialized() -> bool:
    """Always True."""
    return True


def device_count() -> int:
    """Always 1."""
    return 1


def current_device() -> str:
    """Always ``'cpu'``."""
    return "cpu"


def synchronize(device: object = None) -> None:
    """Nothing: there is nothing to wait for."""


def __getattr__(name: str) -> object:
    raise missing_attribute("torch.cpu", name)
