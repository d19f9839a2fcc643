"""Several runs in one chart."""

from .draw import curves

__all__ = ["curves"]
