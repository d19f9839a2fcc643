"""The answers of a model with one input: a curve through the data."""

from __future__ import annotations

import functools

import numpy as np

from ...dtypes import Array
from ..kit.chart import Scale, add_grid, add_inputs, parted
from ..kit.diagram import Paper, Table
from ..kit.marks import cross, mark
from ..kit.notes import MARGIN, WIDTH, add_notes
from ..kit.numbers import exact, plain
from ..kit.steps import explain
from ..kit.svg import Element, Later, number
from .trace import MOST_SINGLE_POINTS, Fitted, chosen
from .words import errors_in_words

#: Above and below the targets, as part of what they span; an answer further away is beyond the edge.
ROOM = 0.25

LEFT, TOP, HEIGHT = 72.0, 44.0, 264.0
RIGHT = WIDTH - MARGIN


def draw_curve(fitted: Fitted) -> tuple[Paper, str]:
    """Draw the curve, the data and the errors; return the drawing and what is seen, in words."""
    shown = chosen(len(fitted.inputs))
    across, up = _scales(fitted)
    body = Element("g")
    group = body.add("g", class_="bp-panel")
    group.add("text", "answer", x=MARGIN, y=TOP - 18, class_="bp-heading bp-left")
    add_grid(group, across, up)
    add_inputs(group, across, up, "x")
    _draw_errors(body, fitted, shown, across, up)
    _draw_curve(body, fitted, across, up)
    _draw_points(body, fitted, shown, across, up)
    description = _describe(fitted, len(shown))
    _draw_key(body, TOP + HEIGHT + 76)
    return Paper(
        body, WIDTH, add_notes(body, TOP + HEIGHT + 76 + 76, description, key=())
    ), description


def _scales(fitted: Fitted) -> tuple[Scale, Scale]:
    low, high = float(fitted.targets.min()), float(fitted.targets.max())
    room = ROOM * (high - low) if high > low else 1.0
    return (
        Scale(float(fitted.grid[0]), float(fitted.grid[-1]), LEFT, RIGHT),
        Scale(low - room, high + room, TOP + HEIGHT, TOP),
    )


def _draw_errors(body: Element, fitted: Fitted, shown: Array, across: Scale, up: Scale) -> None:
    d = "".join(
        f"M{number(across(x))} {number(up(target))}V{number(up(answer))}"
        for x, target, answer in zip(
            *(each[shown].tolist() for each in (fitted.inputs, fitted.targets, fitted.answers)),
            strict=True,
        )
        if np.isfinite(answer)
    )
    many = " is-many" if len(shown) > MOST_SINGLE_POINTS else ""
    body.add("path", d=d or "M0 0", class_=f"bp-error{many}")


def _draw_curve(body: Element, fitted: Fitted, across: Scale, up: Scale) -> None:
    inside, beyond = parted(fitted.grid.tolist(), fitted.curve.tolist(), across, up)
    body.add("path", d=inside, class_="bp-answer")
    body.add("path", d=beyond, class_="bp-answer is-beyond")


def _draw_points(body: Element, fitted: Fitted, shown: Array, across: Scale, up: Scale) -> None:
    group = body.add("g", class_="bp-points")
    errors = fitted.errors
    odd = [each for each in shown.tolist() if not np.isfinite(errors[each])]
    spots = {
        each: (across(float(fitted.inputs[each])), up(float(fitted.targets[each])))
        for each in shown.tolist()
    }
    if len(spots) > MOST_SINGLE_POINTS:
        d = "".join(mark(0, *spot, r=3.4) for spot in spots.values())
        group.add("path", d=d, class_="bp-datum is-many")
    else:
        for each, spot in spots.items():
            point = group.add("path", d=mark(0, *spot), class_="bp-datum")
            explain(point, f"point-{each}", Later(functools.partial(_point_facts, fitted, each)))
    crosses = "".join(cross(*spots[each], r=8.0) for each in odd)
    group.add("path", d=crosses or "M0 0", class_="bp-odd")


def _point_facts(fitted: Fitted, index: int) -> str:
    columns = (fitted.inputs, fitted.targets, fitted.answers, fitted.errors)
    x, target, answer, error = (exact(float(each[index])) for each in columns)
    return (
        f"x = {x}, target {target}\nthe model says {answer}\nerror = prediction − target = {error}"
    )


def _draw_key(body: Element, y: float) -> None:
    group = body.add("g", class_="bp-notes")
    for place, words in enumerate(("the data", "what the model answers", "the error of a point")):
        at = y + 24 * place
        x = MARGIN + 17
        if place == 0:
            group.add("path", d=mark(0, x, at), class_="bp-datum")
        elif place == 1:
            group.add("path", d=f"M{MARGIN:.0f} {at:.0f}h34", class_="bp-answer")
        else:
            group.add("path", d=f"M{x:.0f} {at - 9:.0f}v18", class_="bp-error")
        group.add("text", words, x=MARGIN + 44, y=at + 5, class_="bp-note-left")


def _describe(fitted: Fitted, shown: int) -> str:
    sentences = errors_in_words(
        fitted.errors, lambda worst: f"x = {plain(float(fitted.inputs[worst]))}"
    )
    up = _scales(fitted)[1]
    above, below = fitted.curve > up.high, fitted.curve < up.low
    if (above | below).any():
        where = "above" if not below.any() else "below" if not above.any() else "above and below"
        whole = "All of the curve" if (above | below).all() else "Where it is dotted, the curve"
        sentences.append(f"{whole} lies {where} the picture.")
    if shown < len(fitted.inputs):
        sentences.append(f"{shown:,} of {len(fitted.inputs):,} points are drawn.")
    return " ".join(sentences)


def curve_table(fitted: Fitted) -> Table:
    """The points that are drawn, with what the model answers to each."""
    shown = chosen(len(fitted.inputs))
    columns = (fitted.inputs, fitted.targets, fitted.answers, fitted.errors)
    rows = zip(*(each[shown].tolist() for each in columns), strict=True)
    return Table(
        ("x", "target", "prediction", "error"),
        tuple(tuple(exact(each) for each in row) for row in rows),
    )
