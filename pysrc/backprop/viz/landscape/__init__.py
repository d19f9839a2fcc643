"""A loss over two numbers, and the ways down."""

from .draw import landscape

__all__ = ["landscape"]
