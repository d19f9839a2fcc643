"""One step of learning through a network: forward, loss, backward, update."""

from .draw import flow

__all__ = ["flow"]
