"""Backprop Playground: the builder of its pages, and the session that runs a page's cells."""
