"""How well a model fits its data: a curve over one input, shades over two.

Begin with `draw`, which chooses. `trace` and `curve` are of one input, the files that begin with `plane`
of two.
"""

from .draw import fit

__all__ = ["fit"]
