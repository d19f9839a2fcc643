"""A network as its neurons and weights: their values, their blame, and what the last step changed.

Begin with `trace`: the layers and their numbers. `bands` says how wide each is drawn, `maps` what a
neuron says all over the plane of two inputs, `words` what is said of them, `layout` where they stand,
and `draw` draws them.
"""

from .draw import network

__all__ = ["network"]
