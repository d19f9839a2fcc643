"""How well a model fits its data: a curve over one input, shades over two."""

from .draw import fit

__all__ = ["fit"]
