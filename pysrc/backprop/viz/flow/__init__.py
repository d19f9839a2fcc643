"""One step of learning through a network: forward, loss, backward, update.

Begin with `trace`, which takes the step on a copy. `words` says in which order things happen and what is
said of them, `layout` where they stand, and `draw` draws them, with the connections of `edges`.
"""

from .draw import flow

__all__ = ["flow"]
