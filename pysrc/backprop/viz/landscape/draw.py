"""A loss as a landscape over two parameters, and the way down."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from ...dtypes import Array
from ...tensor import Tensor
from ..kit.diagram import Diagram, Paper, Table, finish
from ..kit.marks import cross, mark
from ..kit.notes import MARGIN, WIDTH, add_notes
from ..kit.numbers import exact, plain
from ..kit.plane import LEFT, SIDE
from ..kit.steps import Step, add_captions, explain, node_id, seen
from ..kit.svg import Element, Later
from ..kit.text import bare, fitted, isolated
from ..layouts.contour import outlines, path
from .trace import SAMPLES, Landscape, Limits, Walk, trace_landscape

#: How many lines of equal height there are.
LEVELS = 10
#: More steps than this are not watched one by one.
MOST_STEPS = 60


def landscape(
    height: Callable[[Tensor], Any],
    paths: Any = None,
    *,
    across: Limits | None = None,
    up: Limits | None = None,
    names: tuple[str, str] = ("x", "y"),
) -> Diagram:
    """Draw a function of two numbers, such as a loss of two weights, and how one walked down on it.

    The deeper, the bluer; each line runs along one height, and lies closer to the next where it is steep.
    It has steps: the dot of each path goes on by one place.

    >>> from backprop import viz
    >>> def valley(place):
    ...     x, y = place
    ...     return x**2 + 10 * y**2
    >>> path = [(2.0, 1.0), (1.0, -0.5), (0.5, 0.1)]
    >>> viz.landscape(valley, path, across=(-2, 2), up=(-1, 1)).description
    'The path goes from 14 down to 0.35 in 2 steps. The lowest point seen is 0 at (0, 0).'

    Args:
        height: takes a tensor of two numbers, float32, and returns one; it is asked at a thousand places.
        paths: the places of one path, each a pair of numbers or a tensor of two, the start first; or a
            dictionary from the names of up to 4 paths to their places.
        across: the least and the largest first number; around the paths unless given.
        up: the same of the second number.
        names: what the two numbers are called.

    Raises:
        TypeError: `height` cannot be called or returns no number, or a path holds no numbers.
        ValueError: the shapes don't fit, or nothing says which part to draw.
    """
    drawn = trace_landscape(height, paths, across, up)
    names = isolated(names[0]), isolated(names[1])
    body = Element("g")
    shown = [_shown(each.known) for each in drawn.walks]
    steps = _steps(drawn, shown)
    top = (add_captions(body, steps, MARGIN, 26, WIDTH - 2 * MARGIN) if steps else 0.0) + 20
    levels = _levels(drawn.heights)
    _draw_heights(body, drawn, levels, top)
    drawn.plane.draw_frame(body, names, top)
    for number, (walk, kept) in enumerate(zip(drawn.walks, shown, strict=True)):
        _draw_walk(body, drawn, walk, kept, number, top, names)
    below = top + SIDE + 60
    below = _draw_key(body, drawn.walks, below) + 8
    description = _describe(drawn)
    bottom = add_notes(body, below, description, key=())
    return finish(
        Paper(body, WIDTH, bottom),
        title=f"A landscape over {names[0]} and {names[1]}",
        description=description,
        table=partial(_table, drawn, names),
        kind="landscape",
        steps=len(steps),
    )


def _shown(count: int) -> Array:
    """Which places of so many are watched: all, or some evenly spread, the first and the last among them."""
    return np.unique(np.linspace(0, count - 1, min(count, MOST_STEPS + 1)).astype(int))


def _steps(drawn: Landscape, shown: list[Array]) -> list[Step]:
    count = max((len(each) for each in shown), default=1) - 1
    steps = []
    for number in range(1, count + 1):
        parts = []
        for walk, kept in zip(drawn.walks, shown, strict=True):
            place = int(kept[min(number, len(kept) - 1)])
            name = f"{fitted(walk.name, 120)}: " if walk.name else ""
            parts.append(f"{name}{_spot(walk, place)}, {plain(float(walk.heights[place]))}")
        at = int(max(shown, key=len)[number])
        steps.append(Step(f"Step {at:,}. {'; '.join(parts)}", "update"))
    return steps


def _spot(walk: Walk, place: int) -> str:
    x, y = (plain(float(each)) for each in walk.places[place])
    return f"({x}, {y})"


def _levels(heights: Array) -> Array:
    """Heights that lie evenly on the walls of a bowl, whose height grows with the square of the way."""
    finite = heights[np.isfinite(heights)]
    if not len(finite) or finite.min() == finite.max():
        return np.empty(0)
    low, high = float(finite.min()), float(finite.max())
    levels: Array = low + (high - low) * (np.arange(1, LEVELS) / LEVELS) ** 2
    return levels


def _draw_heights(body: Element, drawn: Landscape, levels: Array, top: float) -> None:
    group = body.add("g", class_="bp-heights")
    group.add("rect", x=LEFT, y=top, width=SIDE, height=SIDE, class_="bp-height")
    odd = ~np.isfinite(drawn.heights)
    # What is not finite is higher than everything: nobody walks down there.
    low = np.where(odd, 1e30, drawn.heights)
    scale, origin = SIDE / (SAMPLES - 1), np.array([LEFT, top])
    for level in levels[::-1].tolist():
        loops = outlines(-low, -level)
        d = "".join(path(origin + scale * loop) + "Z" for loop in loops)
        contour = group.add("path", d=d or "M0 0", class_="bp-height")
        contour.add("title", f"{plain(level)} along this line")


def _draw_walk(
    body: Element,
    drawn: Landscape,
    walk: Walk,
    kept: Array,
    number: int,
    top: float,
    names: tuple[str, str],
) -> None:
    group = body.add("g", class_="bp-walk")
    if not len(kept):
        return
    plane = drawn.plane
    inside = np.clip(walk.places[kept], [plane.x0, plane.y0], [plane.x1, plane.y1])
    spots = [(round(x, 1), round(y, 1)) for x, y in plane.spots(inside, top)]
    look = f"is-class-{number} is-dash-{number}"
    last = len(spots) - 1
    for step in range(1, last + 1):
        (a, b), (x, y) = spots[step - 1], spots[step]
        d = f"M{a:.1f} {b:.1f}L{x:.1f} {y:.1f}"
        seen(group.add("path", d=d, class_=f"bp-curve {look}"), step)
    node = node_id(bare(walk.name)) if walk.name else "path"
    for step, (x, y) in enumerate(spots):
        place = int(kept[step])
        dot = group.add("path", d=mark(number, x, y, r=3.2), class_=f"bp-mark {look}")
        if step:
            seen(dot, step)
        words = Later(partial(_facts, walk, place, names))
        near = [f"{node}-{kept[each]}" for each in (step - 1, step + 1) if 0 <= each <= last]
        explain(
            dot,
            f"{node}-{place}",
            words,
            previous=near[:1] if step else (),
            following=near[-1:] if step < last else (),
        )
    for step, (x, y) in enumerate(spots):
        here = group.add("path", d=mark(number, x, y, r=7.5), class_=f"bp-mark bp-here {look}")
        seen(here, step, None if step == last else step)
    if walk.known < len(walk.places):
        seen(group.add("path", d=cross(spots[-1][0], spots[-1][1], r=9.0), class_="bp-odd"), last)


def _facts(walk: Walk, place: int, names: tuple[str, str]) -> str:
    x, y = (exact(float(each)) for each in walk.places[place])
    title = f"{walk.name}, step {place:,}" if walk.name else f"step {place:,}"
    lines = [
        title,
        f"{names[0]} = {x}, {names[1]} = {y}",
        f"height {exact(float(walk.heights[place]))}",
    ]
    if place:
        change = float(walk.heights[place] - walk.heights[place - 1])
        lines.append(f"this step changed it by {exact(change)}")
    return "\n".join(lines)


def _draw_key(body: Element, walks: list[Walk], y: float) -> float:
    group = body.add("g", class_="bp-notes")
    named = [(number, walk) for number, walk in enumerate(walks) if walk.name]
    for place, (number, walk) in enumerate(named):
        at, look = y + 24 * place, f"is-class-{number} is-dash-{number}"
        group.add("path", d=f"M{MARGIN:.0f} {at:.0f}h34", class_=f"bp-curve {look}")
        group.add("path", d=mark(number, MARGIN + 17, at), class_=f"bp-mark {look}")
        label = fitted(walk.name, WIDTH - 2 * MARGIN - 44)
        group.add("text", label, x=MARGIN + 44, y=at + 5, class_="bp-note-left")
    y += 24 * len(named)
    group.add("path", d=f"M{MARGIN:.0f} {y - 9:.0f}h34v18h-34Z", class_="bp-height is-deep")
    words = "deeper is bluer; a line has one height"
    group.add("text", words, x=MARGIN + 44, y=y + 5, class_="bp-note-left")
    return y + 24


def _describe(drawn: Landscape) -> str:
    sentences = [_story(each) for each in drawn.walks]
    finite = np.isfinite(drawn.heights)
    if not finite.any():
        return " ".join([*sentences, "No height is finite."])
    row, column = np.unravel_index(
        int(np.where(finite, drawn.heights, np.inf).argmin()), drawn.heights.shape
    )
    plane = drawn.plane
    x, y = plane.grid(SAMPLES)[row * SAMPLES + column].tolist()
    lowest = plain(float(drawn.heights[row, column]))
    at = f"({_round(x, plane.x1 - plane.x0)}, {_round(y, plane.y1 - plane.y0)})"
    sentences.append(f"The lowest point seen is {lowest} at {at}.")
    if not finite.all():
        sentences.append("Some heights are not finite; they are left out.")
    return " ".join(sentences)


def _round(value: float, span: float) -> str:
    """A place of the grid, without the digits that say nothing on a grid so coarse."""
    decimals = int(np.clip(-np.floor(np.log10(span / (SAMPLES - 1))), 0, 12))
    return plain(round(float(value), decimals) + 0.0)


def _story(walk: Walk) -> str:
    name = fitted(walk.name, 160) if walk.name else "The path"
    steps = walk.known - 1
    if steps < 0:
        return f"{name} has no place that is finite."
    first, last = (float(walk.heights[place]) for place in (0, steps))
    where = f"from {plain(first)} {'down' if last <= first else 'up'} to {plain(last)}"
    words = f"{name} goes {where} in {steps:,} step{'' if steps == 1 else 's'}"
    if walk.known < len(walk.places):
        words += f", and at step {walk.known:,} it is no number any more"
    return f"{words}."


def _table(drawn: Landscape, names: tuple[str, str]) -> Table:
    rows = []
    for walk in drawn.walks:
        for place, ((x, y), height) in enumerate(
            zip(walk.places.tolist(), walk.heights.tolist(), strict=True)
        ):
            rows.append(
                (bare(walk.name) or "path", f"{place:,}", exact(x), exact(y), exact(height))
            )
    return Table(("path", "step", *map(bare, names), "height"), tuple(rows))
