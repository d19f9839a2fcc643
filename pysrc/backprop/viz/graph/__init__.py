"""The computation graph of a result: what is traced, how it is grouped and folded, and how it is drawn."""

from .draw import graph

__all__ = ["graph"]
