"""Diagrams of a learner's own numbers, as standalone SVG.

Each function returns a `Diagram`, a value that shows itself in the page, in Jupyter and in a file. A
diagram is made in three steps, each in a module of its own: trace (what is to be seen, as plain data),
layout (where it goes), and render (how it is drawn).
"""

from .. import host
from .bars import bars
from .boundary import boundary
from .check import check
from .curves import curves
from .fit import fit
from .flow import flow
from .graph import graph
from .history import history, record
from .images import image, saliency
from .kit.diagram import Diagram, Table
from .landscape import landscape
from .live import live
from .memory.operations import forget, remember
from .network import network


def begin() -> None:
    """What a program that imports this begins with: in a page, operations remember their lines."""
    if host.points_at_code:
        remember()


begin()

__all__ = [
    "Diagram",
    "Table",
    "bars",
    "boundary",
    "check",
    "curves",
    "fit",
    "flow",
    "forget",
    "graph",
    "history",
    "image",
    "landscape",
    "live",
    "network",
    "record",
    "remember",
    "saliency",
]
