"""Where a classifier's answer changes, over the plane of its two inputs.

Begin with `trace`: what the model answers. `draw` draws it.
"""

from .draw import boundary

__all__ = ["boundary"]
