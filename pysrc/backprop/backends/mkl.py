"""Whether PyTorch would use Intel's library of linear algebra; backprop is NumPy alone."""

from __future__ import annotations


def is_available() -> bool:
    """Always False."""
    return False
