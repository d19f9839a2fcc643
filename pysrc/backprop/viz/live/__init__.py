"""Diagrams that are drawn again while a program runs, and what of them has changed.

Begin with `redraw`: when a diagram is drawn again. `patch` finds what is to be sent of it.
"""

from .redraw import live

__all__ = ["live"]
