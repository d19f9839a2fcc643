"""The graphics card, or whatever else PyTorch would rather compute on: there is none.

>>> is_available(), current_accelerator()
(False, None)
"""

from __future__ import annotations

from typing import Any, NoReturn

from .device import NO_ACCELERATOR, device
from .missing import missing_attribute


def is_available() -> bool:
    """Always False."""
    return False


def device_count() -> int:
    """Always 0."""
    return 0


def current_accelerator(check_available: bool = False) -> device | None:
    """None: there is none, whether that is checked or not."""
    return None


def _none(*args: Any, **options: Any) -> NoReturn:
    """Not here: PyTorch's error where there is no accelerator.

    Raises:
        RuntimeError: always.
    """
    raise RuntimeError(
        f"{NO_ACCELERATOR}\nAsk torch.accelerator.is_available() first: here it is always False."
    )


current_device_index = current_device_idx = set_device_index = set_device_idx = _none
synchronize = current_stream = empty_cache = memory_allocated = max_memory_allocated = _none
memory_reserved = max_memory_reserved = reset_peak_memory_stats = get_memory_info = _none


def __getattr__(name: str) -> object:
    raise missing_attribute("torch.accelerator", name)
