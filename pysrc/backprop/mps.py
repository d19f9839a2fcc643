"""Apple's graphics cards: not here."""

from __future__ import annotations

from typing import Any, NoReturn

from .missing import missing_attribute


def is_available() -> bool:
    """Always False."""
    return False


def device_count() -> int:
    """Always 0."""
    return 0


def manual_seed(seed: int) -> None:
    """Nothing: there is no generator on a graphics card to start."""


def _refusal(inner: str) -> Any:
    def refuse(*args: Any) -> NoReturn:
        """Not here: PyTorch's error.

        Raises:
            RuntimeError: always.
        """
        raise RuntimeError(
            f"Cannot execute {inner}() without MPS backend.\n"
            "Ask torch.mps.is_available() first: here it is always False."
        )

    return refuse


empty_cache, synchronize = _refusal("emptyCache"), _refusal("deviceSynchronize")


def __getattr__(name: str) -> object:
    raise missing_attribute("torch.mps", name)
