"""The lines of a graph: what flows down them, and the blame that comes back, as wide as it is large."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from ..kit.numbers import summary
from ..kit.sizes import total
from ..kit.steps import seen
from ..kit.svg import Element
from .names import Names
from .times import Times
from .trace import TracedGraph, Use
from .words import hand_back

WIDEST_BLAME = 16.0

Point = tuple[float, float]


@dataclass
class Layers:
    """What lies on what: blame under values under labels."""

    bands: Element
    lines: Element
    labels: Element


def draw_strand(
    layers: Layers,
    traced: TracedGraph,
    uses: list[Use],
    points: list[Point],
    worst: float,
    when: Times,
    called: Names,
) -> None:
    """The line of a use, or of several that lead into the same frame: their blame together."""
    down, up = _curve(points), _curve(points[::-1])
    forward = min(when.forward[use.target] for use in uses)
    blamed = [use for use in uses if use.share is not None]
    if blamed:
        backward = max(when.backward[use.target] for use in blamed)
        shares = [use.share for use in blamed if use.share is not None]
        broken = "" if all(np.isfinite(each).all() for each in shares) else " is-not-finite"
        size = sum(total(each) for each in shares) / worst if worst else 0.0
        if size or broken:
            band = layers.bands.add("path", d=down, class_="bp-blame-band" + broken)
            band.attributes["stroke-width"] = 2.5 + WIDEST_BLAME * size
            band.add("title", "\n".join(hand_back(traced, use, called) for use in blamed))
            seen(band, backward)
        seen(layers.lines.add("path", d=up, class_="bp-pulse is-blame", stroke_width=6), backward)
    seen(layers.lines.add("path", d=down, class_="bp-line bp-pending"), forward)
    seen(layers.lines.add("path", d=down, class_="bp-pulse is-value", stroke_width=6), forward)


def draw_label(group: Element, text: str, middle: Point, step: int) -> None:
    """What stands on a line, which appears in the step of its blame."""
    x, y = middle
    seen(group.add("text", text, x=x, y=y + 5, class_="bp-small bp-blame-text bp-on-line"), step)


def strand_label(traced: TracedGraph, number: int) -> str:
    """What stands on a line: the local derivative, the share where paths are added, the summed axes."""
    use = traced.uses[number]
    if use.share is None:
        return ""
    source = traced.vertices[use.source]
    several = sum(traced.uses[each].share is not None for each in source.uses) > 1
    shared = several and traced.vertices[use.target].group is None
    parts = []
    if use.slope is not None and use.slope.size and not (shared and use.share.size > 1):
        parts.append(f"×{summary(use.slope)}".replace("×all ", "×").replace("×−", "× −"))
    if shared:
        parts.append(f"= {summary(use.share)}" if parts else f"∂ {summary(use.share)}")
    if use.summed:
        parts.append(f"Σ axis {', '.join(map(str, use.summed))}")
    return " ".join(parts)


def _curve(points: list[Point]) -> str:
    """A smooth path: vertical at its ends, and in between along the line of the neighbouring points."""
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    last = len(points) - 1
    for place, ((x0, y0), (x1, y1)) in enumerate(itertools.pairwise(points)):
        reach = (y1 - y0) / (2 if last == 1 else 2.5)
        lean0 = 0.0 if place == 0 else _lean(*points[place - 1 : place + 2])
        lean1 = 0.0 if place + 1 == last else _lean(*points[place : place + 3])
        path += (
            f"C{x0 + lean0 * reach:.1f} {y0 + reach:.1f} {x1 - lean1 * reach:.1f} {y1 - reach:.1f} "
            f"{x1:.1f} {y1:.1f}"
        )
    return path


def _lean(before: Point, here: Point, after: Point) -> float:
    """How much a path leans to the right in the middle one of three points; what is upright stays so."""
    if min(abs(here[0] - before[0]), abs(here[0] - after[0])) < 0.05:
        return 0.0
    return (after[0] - before[0]) / (after[1] - before[1])
