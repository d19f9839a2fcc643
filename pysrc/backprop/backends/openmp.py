"""Whether PyTorch would use loops on several cores; backprop is NumPy alone."""

from __future__ import annotations


def is_available() -> bool:
    """Always False."""
    return False
