"""Runs the cells of a page: in CPython when the pages are built, in Pyodide when a learner presses Run.

It uses the standard library only and knows nothing of `backprop`: one and the same code makes the
outputs that stand in the HTML and those that a learner's own run replaces them with.
"""

from .events import Event
from .session import Outcome, Session

__all__ = ["Event", "Outcome", "Session"]
