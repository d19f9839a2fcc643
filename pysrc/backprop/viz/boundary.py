"""Where a model with two inputs decides for which class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..dtypes import Array
from ..nn.module import Module
from ..tensor import Tensor
from .boundary_trace import SAMPLES, Field, trace_boundary
from .contour import Point, outlines
from .diagram import Diagram, Page, Table, finish
from .notes import MARGIN, WIDTH, add_notes
from .numbers import plain, short
from .steps import explain
from .svg import Element

#: How many shades show how sure the model is.
SHADES = 3
LEFT, TOP = 72.0, 20.0
SIDE = WIDTH - MARGIN - LEFT
#: More points than this are drawn as one path for each class, and don't say what they are.
MOST_SINGLE_POINTS = 150
SHAPES = ("circles", "squares", "triangles", "diamonds")


def boundary(model: Module, X: Tensor, y: Tensor, *, threshold: float | None = None) -> Diagram:  # noqa: N803
    """Draw which class `model` decides for all over the plane of its two inputs, and the data.

    Classes differ in the shape of their points as well as in colour. The darker a region, the surer the
    answer. Points on the wrong side have a ring.

    >>> import backprop as torch
    >>> from backprop import viz
    >>> model = torch.nn.Linear(2, 1)
    >>> X, y = torch.tensor([[0.0, 0.0], [1.0, 1.0]]), torch.tensor([[0.0], [1.0]])
    >>> viz.boundary(model, X, y).title
    'What a model decides between 2 classes'

    Args:
        model: gives one number, or one for each class, to each row of two inputs.
        X: (n, 2), the data.
        y: (n,) or (n, 1), their classes: two numbers such as 0 and 1 or -1 and 1 for a model with one
            output; 0 to k - 1 for a model with k outputs, of which the largest decides.
        threshold: for a model with one output, the answer at which it decides; in the middle between the
            two classes unless given. For logits that is 0.

    Raises:
        TypeError: `model` is no module, or `X` or `y` no tensor.
        ValueError: the shapes don't fit, there is no data, or there are more than 4 classes.
    """
    field = trace_boundary(model, X, y, threshold)
    body = Element("g")
    _draw_regions(body, field)
    _draw_points(body, field)
    _draw_frame(body, field)
    description = _describe(field)
    below = TOP + SIDE + 54
    _draw_key(body, field, below)
    height = add_notes(body, below + 24 * len(field.labels), description, key=())
    return finish(
        Page(body, WIDTH, height),
        title=f"What a model decides between {len(field.labels)} classes",
        description=description,
        table=_table(field),
        kind="boundary",
    )


def _place(column: float, row: float) -> Point:
    """From the grid to the paper."""
    return LEFT + SIDE * column / (SAMPLES - 1), TOP + SIDE * row / (SAMPLES - 1)


def _draw_regions(body: Element, field: Field) -> None:
    group = body.add("g", class_="bp-regions")
    for kind, margin in enumerate(field.margins):
        steps = [0.0, *(margin.max() * share / SHADES for share in range(1, SHADES))]
        for shade, level in enumerate(steps):
            d = (
                "".join(_closed(loop) for loop in outlines(margin, level))
                if margin.max() > 0
                else ""
            )
            region = group.add(
                "path", d=d or "M0 0", class_=f"bp-region is-class-{kind} is-shade-{shade}"
            )
            if shade == 0:
                words = f"class {field.labels[kind]}: {(margin >= 0).mean():.0%} of this part of the plane"
                explain(region, f"class-{kind}", words)
    for margin in field.margins[1:]:
        d = "".join(_inner(loop) for loop in outlines(margin, 0.0))
        group.add("path", d=d or "M0 0", class_="bp-decision")


def _closed(loop: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (_place(*point) for point in loop)) + "Z"


def _inner(loop: Sequence[Point]) -> str:
    """The parts of a loop that do not run along the edge of the picture."""
    path, joined = "", False
    last = SAMPLES - 1
    for before, after in zip(loop, [*loop[1:], loop[0]], strict=True):
        along = any(before[axis] == after[axis] and before[axis] in (0, last) for axis in (0, 1))
        if along:
            joined = False
            continue
        (x0, y0), (x1, y1) = _place(*before), _place(*after)
        path += (f"L{x1:.1f} {y1:.1f}") if joined else f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"
        joined = True
    return path


def _spot(field: Field, point: Array) -> Point:
    x0, x1, y0, y1 = field.limits
    return LEFT + SIDE * float(point[0] - x0) / (x1 - x0), TOP + SIDE * float(y1 - point[1]) / (
        y1 - y0
    )


def _shape(kind: int, x: float, y: float, r: float = 4.6) -> str:
    if kind == 0:
        return f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
    if kind == 1:
        s = r * 0.9
        return f"M{x - s:.1f} {y - s:.1f}h{2 * s:.1f}v{2 * s:.1f}h{-2 * s:.1f}Z"
    if kind == 2:
        return f"M{x:.1f} {y - r * 1.2:.1f}l{r * 1.15:.1f} {r * 2:.1f}h{-2.3 * r:.1f}Z"
    return f"M{x:.1f} {y - 1.3 * r:.1f}l{r:.1f} {1.3 * r:.1f}l{-r:.1f} {1.3 * r:.1f}l{-r:.1f} {-1.3 * r:.1f}Z"


def _draw_points(body: Element, field: Field) -> None:
    group = body.add("g", class_="bp-points")
    wrong = field.answers != field.classes
    rings = "".join(
        _shape(0, *_spot(field, field.points[each]), r=9.0) for each in np.flatnonzero(wrong)
    )
    group.add("path", d=rings or "M0 0", class_="bp-wrong")
    single = len(field.points) <= MOST_SINGLE_POINTS
    for kind in range(len(field.labels)):
        members = np.flatnonzero(field.classes == kind)
        if not single:
            d = "".join(_shape(kind, *_spot(field, field.points[each])) for each in members)
            group.add("path", d=d or "M0 0", class_=f"bp-point is-class-{kind}")
            continue
        for each in members.tolist():
            point = field.points[each]
            path = group.add(
                "path", d=_shape(kind, *_spot(field, point)), class_=f"bp-point is-class-{kind}"
            )
            said = field.labels[int(field.answers[each])]
            facts = f"({plain(float(point[0]))}, {plain(float(point[1]))}) is class {field.labels[kind]}"
            explain(path, f"point-{each}", f"{facts}\nthe model says {said}")


def _draw_frame(body: Element, field: Field) -> None:
    d = f"M{LEFT:.0f} {TOP:.0f}h{SIDE:.0f}v{SIDE:.0f}h{-SIDE:.0f}Z"
    body.add("path", d=d, class_="bp-axis")
    x0, x1, y0, y1 = field.limits
    low, right = TOP + SIDE + 20, LEFT + SIDE
    body.add("text", short(x0), x=LEFT, y=low, class_="bp-small bp-note bp-left")
    body.add("text", "input 1", x=LEFT + SIDE / 2, y=low, class_="bp-small bp-note")
    body.add("text", short(x1), x=right, y=low, class_="bp-small bp-note bp-right")
    body.add("text", short(y1), x=LEFT - 7, y=TOP + 11, class_="bp-small bp-note bp-right")
    body.add(
        "text", "input 2", x=LEFT - 7, y=TOP + SIDE / 2 + 5, class_="bp-small bp-note bp-right"
    )
    body.add("text", short(y0), x=LEFT - 7, y=TOP + SIDE, class_="bp-small bp-note bp-right")


def _draw_key(body: Element, field: Field, y: float) -> None:
    group = body.add("g", class_="bp-notes")
    for kind, label in enumerate(field.labels):
        at = y + 24 * kind
        d = f"M{MARGIN:.0f} {at - 9:.0f}h34v18h-34Z"
        group.add("path", d=d, class_=f"bp-region is-class-{kind} is-shade-0")
        group.add("path", d=_shape(kind, MARGIN + 17, at), class_=f"bp-point is-class-{kind}")
        group.add(
            "text", f"class {label}: {SHAPES[kind]}", x=MARGIN + 44, y=at + 5, class_="bp-note-left"
        )


def _describe(field: Field) -> str:
    wrong = int((field.answers != field.classes).sum())
    count = len(field.points)
    sentences = [
        f"{'All' if not wrong else count - wrong} of {count:,} points are on the right side."
        if wrong != count
        else "No point is on the right side."
    ]
    if wrong:
        sentences.append(f"The {wrong:,} with a ring {'is' if wrong == 1 else 'are'} not.")
    shares = [float((margin >= 0).mean()) for margin in field.margins]
    largest = int(np.argmax(shares))
    if shares[largest] == 1:
        sentences.append(f"The model says {field.labels[largest]} everywhere.")
    if field.not_finite:
        sentences.append("Some answers are not finite.")
    return " ".join(sentences)


def _table(field: Field) -> Table:
    rows = []
    for kind, label in enumerate(field.labels):
        members = field.classes == kind
        right = int((field.answers[members] == kind).sum())
        share = (field.margins[kind] >= 0).mean()
        rows.append((label, f"{int(members.sum()):,}", f"{right:,}", f"{share:.0%}"))
    return Table(("class", "points", "right", "share of the plane"), tuple(rows))
