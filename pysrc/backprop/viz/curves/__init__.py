"""Several runs in one chart.

Begin with `trace`, which reads the runs in any form. `draw` draws them.
"""

from .draw import curves

__all__ = ["curves"]
