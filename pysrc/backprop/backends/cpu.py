"""What the processor can do."""

from __future__ import annotations


def get_cpu_capability() -> str:
    """PyTorch's word for a processor of which nothing in particular is used: NumPy chooses by itself."""
    return "DEFAULT"
