"""What stands below a picture: the key to its colours, and what is seen in words."""

from __future__ import annotations

from collections.abc import Sequence

from .svg import Element
from .text import wrapped

#: The width up to which a diagram is legible on a phone of 360 px.
WIDTH = 440.0
LINE = 22.0
MARGIN = 16.0
#: Wider lines are hard to read.
LONGEST_LINE = 640.0


def add_notes(
    body: Element,
    y: float,
    description: str,
    key: Sequence[tuple[str, str]],
    *,
    x: float = MARGIN,
    width: float = WIDTH,
) -> float:
    """Write the key and the description from `y` on; return where the picture ends.

    Args:
        body: what is drawn on.
        y: where the first line has its middle.
        description: what is seen, which is wrapped.
        key: pairs of a class, such as "value" or "blame", and what its sample means.
        x: the left edge.
        width: of the picture.
    """
    notes = body.add("g", class_="bp-notes")
    for kind, words in key:
        notes.add("path", d=f"M{x:.0f} {y:.0f}h34", class_=f"bp-sample is-{kind}")
        notes.add("text", words, x=x + 44, y=y + 5, class_="bp-note-left")
        y += LINE + 2
    y += 8
    for line in wrapped(description, min(width, LONGEST_LINE) - 2 * MARGIN):
        notes.add("text", line, x=x, y=y, class_="bp-note-left")
        y += LINE
    return y
