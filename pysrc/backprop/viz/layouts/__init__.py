"""Classic algorithms that place things, with no diagram in them, each in one file.

`layered` places a graph in layers, `nested` one with frames in it, `contour` finds outlines, `repeats`
repetitions.
"""
