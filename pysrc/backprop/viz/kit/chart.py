"""Axes and curves: from numbers to places on the paper."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...dtypes import Array
from .numbers import plain, short
from .svg import Element, number
from .text import text_width

#: Numbers whose largest is this many times the smallest are shown on a scale of powers of ten.
WIDE = 100.0
#: So large a part of them may be smaller than that: noise that comes close to 0 now and then.
FEW = 0.05
#: The room for a number to the left of an axis, and how many of them an axis has at most.
ROOM, MOST_TICKS = 64.0, 6
#: So far beyond an edge is as good as infinitely far, and can still be calculated with.
_FAR = 1e6


@dataclass(frozen=True)
class Scale:
    """From values between `low` and `high` to places between `start` and `end`, evenly or by powers."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def __call__(self, value: float) -> float:
        """Where `value` is; what lies outside is put on the edge."""
        return self.start + (self.end - self.start) * min(max(self.share(value), 0.0), 1.0)

    def share(self, value: float) -> float:
        """How far `value` is on the way from `low`, 0, to `high`, 1; outside it is below 0 or above 1."""
        low, high = self.low, self.high
        if self.logarithmic:
            value = math.log(value) if value > 0 else -math.inf
            low, high = math.log(low), math.log(high)
        share = (value - low) / (high - low) if high > low else 0.5
        return min(max(share, -_FAR), _FAR)


def scale_for(values: Array, start: float, end: float) -> Scale:
    """A scale that shows all `values` that are finite.

    It begins at 0 unless some are negative, and is one of powers of ten if none is and they reach far, apart
    from a few: then a 0 among them lies beyond its edge.

    >>> import numpy as np
    >>> scale_for(np.array([2.0, 0.5]), 0, 100)
    Scale(low=0.0, high=2.0, start=0, end=100, logarithmic=False)
    >>> scale_for(np.array([2.0, 0.005]), 0, 100)
    Scale(low=0.001, high=10.0, start=0, end=100, logarithmic=True)
    """
    finite = values[np.isfinite(values)]
    if not len(finite):
        return Scale(0.0, 1.0, start, end)
    low, high = min(float(finite.min()), 0.0), float(finite.max())
    positive = finite[finite > 0]
    if not low and len(positive) and high > WIDE * np.quantile(positive, FEW, method="lower"):
        return Scale(*powers([float(positive.min()), high]), start, end, logarithmic=True)
    return Scale(low, high if high > low else low + 1, start, end)


def powers(values: Sequence[float]) -> tuple[float, float]:
    """The powers of ten around all positive values; at least one apart, at most twelve.

    >>> powers([0.02, 3.0])
    (0.01, 10.0)
    """
    positive = [value for value in values if 0 < value < math.inf]
    if not positive:
        return 0.1, 1.0
    high = math.ceil(math.log10(max(positive)) - 1e-9)
    low = max(math.floor(math.log10(min(positive)) + 1e-9), high - 12)
    return 10.0 ** min(low, high - 1), 10.0**high


def ticks(scale: Scale, most: int = MOST_TICKS) -> list[tuple[float, str]]:
    """At most `most` round numbers on a scale, and how they are written.

    >>> ticks(Scale(0.0, 2.3, 0, 100))
    [(0.0, '0.0'), (0.5, '0.5'), (1.0, '1.0'), (1.5, '1.5'), (2.0, '2.0')]
    >>> [text for _, text in ticks(Scale(0.01, 10.0, 0, 100, logarithmic=True))]
    ['0.01', '0.1', '1', '10']
    """
    if scale.logarithmic:
        low, high = (round(math.log10(value)) for value in (scale.low, scale.high))
        every = math.ceil((high - low + 1) / most)
        found = [10.0**power for power in range(low, high + 1, every)]
        return [(value, power_text(value)) for value in found]
    rough = (scale.high - scale.low) / (most - 1)
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * each for each in (1, 2, 5, 10) if unit * each >= rough * (1 - 1e-9))
    first = math.ceil(scale.low / step - 1e-9)
    last = math.floor(scale.high / step + 1e-9)
    decimals = max(-math.floor(math.log10(step) + 1e-9), 0)
    return [(step * each, _written(step * each, decimals)) for each in range(first, last + 1)]


def _written(value: float, decimals: int) -> str:
    """With as many decimals as tell the numbers of an axis apart, unless that takes too much room."""
    text = f"{value:.{decimals}f}".replace("-", "−")
    for each in (text, plain(value)):
        if text_width(each, 15) <= ROOM:
            return each
    return short(value)


def power_text(value: float) -> str:
    """A power of ten, written out unless that takes many zeros."""
    return f"{value:g}" if 1e-3 < value < 1e4 else f"1e{round(math.log10(value))}".replace("-", "−")


def add_frame(group: Element, across: Scale, up: Scale) -> None:
    """The two axes, without numbers."""
    d = f"M{across.start:.0f} {up.end:.0f}V{up.start:.0f}H{across.end:.0f}"
    group.add("path", d=d, class_="bp-axis")


def add_ends(group: Element, up: Scale, left: float, high: str, low: str) -> None:
    """What the upper and the lower end of an axis at `left` stand for."""
    group.add("text", high, x=left - 7, y=up.end + 11, class_="bp-small bp-note bp-right")
    group.add("text", low, x=left - 7, y=up.start, class_="bp-small bp-note bp-right")


def add_grid(group: Element, across: Scale, up: Scale) -> None:
    """Thin lines at round numbers of the upright axis, which stand to their left.

    There are always as many elements, so that a live diagram can move them.
    """
    places = [(up(value), text) for value, text in ticks(up)]
    lines = "".join(f"M{across.start:.0f} {y:.1f}H{across.end:.0f}" for y, _ in places)
    group.add("path", d=lines, class_="bp-grid")
    add_frame(group, across, up)
    for y, text in [*places, *[(up.start, "")] * MOST_TICKS][:MOST_TICKS]:
        group.add("text", text, x=across.start - 7, y=y + 5, class_="bp-small bp-note bp-right")


def add_inputs(group: Element, across: Scale, up: Scale, name: str) -> None:
    """Round numbers below the level axis, as many as there is room for, and its name."""
    y, free = up.start, 0.0
    marks = ""
    for value, text in ticks(across):
        x, half = across(value), text_width(text, 15) / 2
        if x - half >= free and x + half <= across.end + 14:
            marks += f"M{x:.1f} {y:.1f}v4"
            group.add("text", text, x=x, y=y + 20, class_="bp-small bp-note")
            free = x + half + 8
    group.add("path", d=marks or "M0 0", class_="bp-axis")
    group.add("text", name, x=(across.start + across.end) / 2, y=y + 40, class_="bp-heading")


def curve(xs: Sequence[float], ys: Sequence[float], x: Scale, y: Scale) -> str:
    """A path through the points; it is interrupted where there is no number."""
    path, joined = "", False
    for across, up in zip(xs, ys, strict=True):
        if not math.isfinite(up):
            joined = False
            continue
        path += f"{'L' if joined else 'M'}{number(x(across))} {number(y(up))}"
        joined = True
    return path


def parted(xs: Sequence[float], ys: Sequence[float], x: Scale, y: Scale) -> tuple[str, str]:
    """A curve in two paths: where it is on the scale, and, along the edge, where it is beyond it.

    Both are interrupted where there is no number, and each is a path without a length if it has no part.
    """
    paths, pen = ["", ""], -1
    before: tuple[float, float] | None = None
    for across, up in zip(xs, ys, strict=True):
        if not math.isfinite(up):
            before, pen = None, -1
            continue
        point = (x(across), y.share(up))
        if before is not None:
            for start, end in itertools.pairwise([before, *_crossings(before, point), point]):
                beyond = int(not 0 <= (start[1] + end[1]) / 2 <= 1)
                if pen != beyond:
                    paths[beyond] += f"M{_on_paper(start, y)}"
                paths[beyond] += f"L{_on_paper(end, y)}"
                pen = beyond
        before = point
    return paths[0] or "M0 0", paths[1] or "M0 0"


def _crossings(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """Where a line enters or leaves the scale, from its start to its end."""
    (x0, y0), (x1, y1) = start, end
    edges = [edge for edge in (0.0, 1.0) if (y0 - edge) * (y1 - edge) < 0]
    return [(x0 + (x1 - x0) * (edge - y0) / (y1 - y0), edge) for edge in edges][
        :: 1 if y1 > y0 else -1
    ]


def _on_paper(point: tuple[float, float], y: Scale) -> str:
    share = min(max(point[1], 0.0), 1.0)
    return f"{number(point[0])} {number(y.start + (y.end - y.start) * share)}"


def thinned(values: Array, most: int = 400) -> Array:
    """The places of about `most` of many values, through which the curve looks like the one through all.

    Kept are the lowest and the highest of each stretch, and the first that is no number.
    """
    if len(values) <= most:
        return np.arange(len(values))
    kept = {0, len(values) - 1}
    for stretch in np.array_split(np.arange(len(values)), most // 2):
        part = values[stretch]
        known = np.isfinite(part)
        kept.add(int(stretch[np.where(known, part, np.inf).argmin()]))
        kept.add(int(stretch[np.where(known, part, -np.inf).argmax()]))
        if not known.all():
            kept.add(int(stretch[known.argmin()]))
    return np.array(sorted(kept))
