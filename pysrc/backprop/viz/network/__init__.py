"""A network as its neurons and weights: their values, their blame, and what the last step changed."""

from .draw import network

__all__ = ["network"]
