"""A loss over two numbers, and the ways down.

Begin with `trace`, which asks for the loss on a grid. `draw` draws its contours.
"""

from .draw import landscape

__all__ = ["landscape"]
