"""Backprop Playground: the builder of its pages, and the session that runs a page's cells."""

__version__ = "0.1.0"
