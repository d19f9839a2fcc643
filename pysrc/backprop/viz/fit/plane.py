"""How the answers of a model with two inputs lie over the data: as shades of the plane."""

from __future__ import annotations

import functools
import math

import numpy as np

from ...dtypes import Array
from ..kit.diagram import Paper, Table
from ..kit.marks import cross, mark
from ..kit.notes import WIDTH, add_notes
from ..kit.numbers import exact, plain
from ..kit.plane import LEFT, SAMPLES, SIDE, TOP, contour
from ..kit.steps import explain
from ..kit.svg import Element, Later, number
from .plane_key import ERROR_SCALE, LONGEST_ERROR, draw_key, shape_of, strength
from .plane_trace import FittedPlane
from .trace import MOST_SINGLE_POINTS, chosen
from .words import errors_in_words

#: Where not every answer is finite, there is a cross in every so many samples.
CROSS_EVERY = 4


def draw_plane(fitted: FittedPlane) -> tuple[Paper, str]:
    """Draw the plane in shades of its answers, the data in those of their targets, and the errors.

    Returns the drawing and what is seen, in words.
    """
    shown = chosen(len(fitted.targets))
    body = Element("g")
    _draw_shades(body, fitted)
    cut = _draw_errors(body, fitted, shown)
    _draw_points(body, fitted, shown)
    fitted.plane.draw_frame(body)
    bottom = draw_key(body, fitted)
    description = _describe(fitted, len(shown), cut)
    return Paper(body, WIDTH, add_notes(body, bottom, description, key=())), description


def _draw_shades(body: Element, fitted: FittedPlane) -> None:
    group = body.add("g", class_="bp-shades")
    bare = f"M{LEFT:.0f} {TOP:.0f}h{SIDE:.0f}v{SIDE:.0f}h{-SIDE:.0f}Z"
    group.add("path", d=bare, class_="bp-bare")
    field = fitted.known_field()
    lines = {"bp-level": "", "bp-level is-negative": "", "bp-decision": ""}
    for place, (level, text) in enumerate(fitted.levels):
        loops = contour(field, level)
        shade = group.add(
            "path",
            d="".join(each.closed for each in loops) or "M0 0",
            class_="bp-shade",
            fill_opacity=strength(fitted),
        )
        words = functools.partial(_shade_facts, text, field, level)
        explain(shade, f"level-{place}", Later(words))
        kind = "bp-level is-negative" if level < 0 else "bp-level" if level else "bp-decision"
        lines[kind] += "".join(each.inside() for each in loops)
    for kind, d in lines.items():
        group.add("path", d=d or "M0 0", class_=kind)
    _draw_odd(group, fitted)


def _shade_facts(text: str, field: Array, level: float) -> str:
    share = (field >= level).mean()
    return f"the answer is {text} or more in {share:.0%} of this part of the plane"


def _draw_odd(group: Element, fitted: FittedPlane) -> None:
    """Around where answers are not finite, and crosses inside."""
    odd = ~np.isfinite(fitted.field)
    d = "".join(each.closed for each in contour(odd.astype(np.float64), 0.5)) if odd.any() else ""
    for row, column in np.argwhere(odd).tolist():
        if row % CROSS_EVERY == column % CROSS_EVERY == CROSS_EVERY // 2:
            x, y = (start + SIDE / (SAMPLES - 1) * at for start, at in ((LEFT, column), (TOP, row)))
            d += cross(x, y, r=3.0)
    group.add("path", d=d or "M0 0", class_="bp-odd-answers")


def _draw_errors(body: Element, fitted: FittedPlane, shown: Array) -> int:
    """A line at each point; returns how many are longer than drawn."""
    d, cut = "", 0
    for (x, y), error in zip(
        fitted.plane.spots(fitted.inputs[shown]), fitted.errors[shown].tolist(), strict=True
    ):
        if not math.isfinite(error):
            continue
        length = ERROR_SCALE * error / fitted.span
        end = y - min(max(length, -LONGEST_ERROR), LONGEST_ERROR)
        end = min(max(end, TOP), TOP + SIDE)
        cut += abs(end - (y - length)) > 0.01
        d += f"M{number(x)} {number(y)}V{number(end)}"
    many = " is-many" if len(shown) > MOST_SINGLE_POINTS else ""
    body.add("path", d=d or "M0 0", class_=f"bp-error-ground{many}")
    body.add("path", d=d or "M0 0", class_=f"bp-error{many}")
    return cut


def _draw_points(body: Element, fitted: FittedPlane, shown: Array) -> None:
    group = body.add("g", class_="bp-points")
    single = len(shown) <= MOST_SINGLE_POINTS
    r = 4.6 if single else 3.4
    marks: dict[tuple[int, int], list[str]] = {}
    shades, errors = fitted.shades(), fitted.errors
    crosses = ""
    places = []
    for each, spot in zip(shown.tolist(), fitted.plane.spots(fitted.inputs[shown]), strict=True):
        shape = mark(shape_of(fitted.targets[each]), *spot, r=r)
        places.append((each, shape))
        marks.setdefault((int(shades[each]), shape_of(fitted.targets[each])), []).append(shape)
        if not math.isfinite(errors[each]):
            crosses += cross(*spot, r=8.0)
    # The shade of a point lies on the bare ground, as that of the plane does.
    group.add("path", d="".join(shape for _, shape in places), class_="bp-bare")
    if single:
        for each, shape in places:
            point = _add_target(group, fitted, int(shades[each]), shape)
            explain(point, f"point-{each}", Later(functools.partial(_point_facts, fitted, each)))
    else:
        for (shade, _), shapes in sorted(marks.items()):
            _add_target(group, fitted, shade, "".join(shapes))
    group.add("path", d=crosses or "M0 0", class_="bp-odd")


def _add_target(group: Element, fitted: FittedPlane, shade: int, d: str) -> Element:
    opacity = 1 - (1 - strength(fitted)) ** shade
    return group.add("path", d=d, class_="bp-target", fill_opacity=opacity)


def _point_facts(fitted: FittedPlane, index: int) -> str:
    columns = (fitted.targets, fitted.answers, fitted.errors)
    target, answer, error = (exact(float(each[index])) for each in columns)
    return (
        f"{_point(fitted, index)}, target {target}\nthe model says {answer}\n"
        f"error = prediction − target = {error}"
    )


def _point(fitted: FittedPlane, index: int) -> str:
    first, second = (plain(float(each)) for each in fitted.inputs[index])
    return f"({first}, {second})"


def _describe(fitted: FittedPlane, shown: int, cut: int) -> str:
    sentences = errors_in_words(fitted.errors, functools.partial(_point, fitted))
    if not np.isfinite(fitted.field).all():
        sentences.append("Crosses on the plane: answers that are not finite.")
    if cut:
        words = (
            "error is larger than its line" if cut == 1 else "errors are larger than their lines"
        )
        sentences.append(f"{cut:,} {words}.")
    if shown < len(fitted.targets):
        sentences.append(f"{shown:,} of {len(fitted.targets):,} points are drawn.")
    return " ".join(sentences)


def plane_table(fitted: FittedPlane) -> Table:
    """The points that are drawn, with what the model answers to each."""
    shown = chosen(len(fitted.targets))
    columns = (*fitted.inputs.T, fitted.targets, fitted.answers, fitted.errors)
    rows = zip(*(each[shown].tolist() for each in columns), strict=True)
    return Table(
        ("input 1", "input 2", "target", "prediction", "error"),
        tuple(tuple(exact(each) for each in row) for row in rows),
    )
