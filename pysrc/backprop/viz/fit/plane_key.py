"""What the shades of a plane, the shapes of its points and the lines at them mean."""

from __future__ import annotations

import math

from ..kit.marks import mark
from ..kit.notes import MARGIN
from ..kit.numbers import plain
from ..kit.plane import BELOW, LEFT, SIDE
from ..kit.svg import Element
from ..kit.text import text_width
from .plane_trace import FittedPlane

#: How much of the strongest shade is colour.
STRONGEST = 0.62
#: How long an error would be drawn that is as large as the targets reach, and the longest drawn; in pixels.
ERROR_SCALE, LONGEST_ERROR = 100.0, 60.0
#: The longest line that stands for an error in the key.
SAMPLE = 20.0
#: The strip of all shades.
STRIP = 18.0
#: From the middle of one line to that of the next.
LINE = 24.0


def strength(fitted: FittedPlane) -> float:
    """Of one layer of colour; as many as there are levels lie on each other in the strongest shade."""
    return round(1 - (1 - STRONGEST) ** (1 / max(len(fitted.levels), 1)), 2)


def shape_of(target: float) -> int:
    """The shape of a point: a circle, or a square if its target is negative."""
    return int(target < 0)


def draw_key(body: Element, fitted: FittedPlane) -> float:
    """Write the key below the plane; return where what follows has its middle."""
    group = body.add("g", class_="bp-key")
    words = "shades: the answer; in a point: its target"
    group.add("text", words, x=MARGIN, y=BELOW + 5, class_="bp-note-left")
    _draw_strip(group, fitted, BELOW + 18)
    y = BELOW + 18 + STRIP + 46
    middle = MARGIN + 17
    line = f"M{MARGIN:.0f} {{y:.0f}}h34"
    values = [value for value, _ in fitted.levels]
    if 0.0 in values:
        _add(group, y, line.format(y=y), "bp-decision", "where the answer is 0")
        y += LINE
    if min(values, default=0.0) < 0:
        _add(group, y, line.format(y=y), "bp-level is-negative", "dashed: answers below 0")
        y += LINE
    shapes = sorted({shape_of(each) for each in fitted.targets.tolist()})
    if len(shapes) == 2:
        d = mark(0, MARGIN + 8, y) + mark(1, MARGIN + 26, y)
        _add(group, y, d, "bp-target-sample", "a target of 0 or more, and one below 0")
    else:
        _add(group, y, mark(shapes[0], middle, y), "bp-target-sample", "the data")
    y += LINE
    error, length = _sample(fitted)
    d = f"M{middle:.0f} {y - length / 2:.1f}v{length:.1f}"
    _add(group, y, d, "bp-error", f"an error of {error}; up: answer too high")
    return y + LINE


def _add(group: Element, y: float, d: str, class_: str, words: str) -> None:
    group.add("path", d=d, class_=class_)
    group.add("text", words, x=MARGIN + 44, y=y + 5, class_="bp-note-left")


def _draw_strip(group: Element, fitted: FittedPlane, y: float) -> None:
    """All shades in a row, and below it the numbers at which they begin, as many as there is room for."""
    levels = fitted.levels
    frame = f"M{LEFT:.0f} {y:.0f}h{SIDE:.0f}v{STRIP:.0f}h{-SIDE:.0f}Z"
    group.add("path", d=frame, class_="bp-bare")
    step = SIDE / (len(levels) + 1)
    for place in range(len(levels)):
        x = LEFT + step * (place + 1)
        d = f"M{x:.1f} {y:.0f}H{LEFT + SIDE:.0f}v{STRIP:.0f}H{x:.1f}Z"
        group.add("path", d=d, class_="bp-shade", fill_opacity=strength(fitted))
    ticks = "".join(
        f"M{LEFT + step * (place + 1):.1f} {y + STRIP:.0f}v4" for place in range(len(levels))
    )
    group.add("path", d=frame + ticks, class_="bp-axis")
    widest = max((text_width(text, 15) for _, text in levels), default=0.0)
    every = math.ceil((widest + 10) / step)
    zero = next((place for place, (value, _) in enumerate(levels) if not value), 0)
    for place, (_, text) in enumerate(levels):
        if (place - zero) % every == 0:
            x = LEFT + step * (place + 1)
            group.add("text", text, x=x, y=y + STRIP + 19, class_="bp-small bp-note")


def _sample(fitted: FittedPlane) -> tuple[str, float]:
    """A round error, in words, and how long it is drawn."""
    values = [value for value, _ in fitted.levels]
    step = values[1] - values[0] if len(values) > 1 else fitted.span / 4
    length = ERROR_SCALE * step / fitted.span
    times = max(math.floor(SAMPLE / length + 1e-6), 1)
    return plain(step * times), length * times
