"""Whether PyTorch would use Intel's library of layers, oneDNN; backprop is NumPy alone."""

from __future__ import annotations


def is_available() -> bool:
    """Always False."""
    return False
