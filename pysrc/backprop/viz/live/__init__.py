"""Diagrams that are drawn again while a program runs, and what of them has changed."""

from .live import live

__all__ = ["live"]
