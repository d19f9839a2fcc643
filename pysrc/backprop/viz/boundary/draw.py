"""Where a model with two inputs decides for which class."""

from __future__ import annotations

import functools

import numpy as np

from ...nn.module import Module
from ...tensor import Tensor
from ..kit.diagram import Diagram, Paper, Table, finish
from ..kit.marks import mark
from ..kit.notes import MARGIN, WIDTH, add_notes
from ..kit.numbers import plain
from ..kit.plane import BELOW, contour
from ..kit.steps import explain
from ..kit.svg import Element, Later
from .trace import NOTHING, Examples, TracedBoundary, trace_boundary

#: How many shades show how sure the model is.
SHADES = 3
#: More points than this are drawn as one path for each class, and don't say what they are.
MOST_SINGLE_POINTS = 150
SHAPES = ("circles", "squares", "triangles", "diamonds")


def boundary(
    model: Module,
    X: Tensor,  # noqa: N803
    y: Tensor,
    *,
    test: tuple[Tensor, Tensor] | None = None,
    threshold: float | None = None,
) -> Diagram:
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
        model: gives one number, or one for each class, to each row of two inputs. While it is asked, it is
            in `eval` mode; nothing else about it changes.
        X: (n, 2), the data.
        y: (n,) or (n, 1), their classes: two numbers such as 0 and 1 or -1 and 1 for a model with one
            output; 0 to k - 1 for a model with k outputs, of which the largest decides.
        test: such a pair that the model does not learn from, drawn as hollow points.
        threshold: for a model with one output, the answer at which it decides; in the middle between the
            two classes unless given. For logits that is 0.

    Raises:
        TypeError: `model` is no module, or `X` or `y` no tensor, or `test` no pair.
        ValueError: the shapes don't fit, there is no data, or there are more than 4 classes.
    """
    traced = trace_boundary(model, (X, y), test, threshold)
    body = Element("g")
    _draw_regions(body, traced)
    _draw_points(body, traced)
    traced.plane.draw_frame(body)
    description = _describe(traced)
    _draw_key(body, traced, BELOW)
    lines = len(traced.labels) + (traced.test is not None)
    height = add_notes(body, BELOW + 24 * lines, description, key=())
    return finish(
        Paper(body, WIDTH, height),
        title=f"What a model decides between {len(traced.labels)} classes",
        description=description,
        table=lambda: _table(traced),
        kind="boundary",
    )


def _draw_regions(body: Element, traced: TracedBoundary) -> None:
    group = body.add("g", class_="bp-regions")
    decisions = []
    for kind, margin in enumerate(traced.margins):
        most = float(margin.max())
        for shade in range(SHADES):
            loops = contour(margin, most * shade / SHADES) if most > 0 else []
            d = "".join(each.closed for each in loops)
            region = group.add(
                "path", d=d or "M0 0", class_=f"bp-region is-class-{kind} is-shade-{shade}"
            )
            if shade == 0:
                words = f"class {traced.labels[kind]}: {(margin >= 0).mean():.0%} of this part of the plane"
                explain(region, f"class-{kind}", words)
                decisions.append("".join(each.inside() for each in loops))
    for d in decisions[1:]:
        group.add("path", d=d or "M0 0", class_="bp-decision")


def _draw_points(body: Element, traced: TracedBoundary) -> None:
    group = body.add("g", class_="bp-points")
    rings = group.add("path", d="", class_="bp-wrong")
    groups = [("point", "bp-point", traced.data)]
    if traced.test is not None:
        groups.append(("test", "bp-point is-test", traced.test))
    for name, look, examples in groups:
        spots = traced.plane.spots(examples.points)
        around = (mark(0, *spots[each], r=9.0) for each in np.flatnonzero(examples.wrong).tolist())
        rings.attributes["d"] = f"{rings.attributes['d']}{''.join(around)}"
        single = len(spots) <= MOST_SINGLE_POINTS
        for kind in range(len(traced.labels)):
            members = np.flatnonzero(examples.classes == kind).tolist()
            class_ = f"{look} is-class-{kind}"
            if not single:
                d = "".join(mark(kind, *spots[each]) for each in members)
                group.add("path", d=d or "M0 0", class_=class_)
                continue
            for each in members:
                spot = group.add("path", d=mark(kind, *spots[each]), class_=class_)
                words = Later(functools.partial(_point_facts, traced, examples, each))
                explain(spot, f"{name}-{each}", words)
    if not rings.attributes["d"]:
        rings.attributes["d"] = "M0 0"


def _point_facts(traced: TracedBoundary, examples: Examples, index: int) -> str:
    x, y = (plain(float(each)) for each in examples.points[index])
    own, answer = traced.labels[int(examples.classes[index])], int(examples.answers[index])
    said = "NaN" if answer == NOTHING else traced.labels[answer]
    kind = "test data: " if examples is traced.test else ""
    return f"{kind}({x}, {y}) is class {own}\nthe model says {said}"


def _draw_key(body: Element, traced: TracedBoundary, y: float) -> None:
    group = body.add("g", class_="bp-notes")
    for kind, label in enumerate(traced.labels):
        at = y + 24 * kind
        d = f"M{MARGIN:.0f} {at - 9:.0f}h34v18h-34Z"
        group.add("path", d=d, class_=f"bp-region is-class-{kind} is-shade-0")
        group.add("path", d=mark(kind, MARGIN + 17, at), class_=f"bp-point is-class-{kind}")
        group.add(
            "text", f"class {label}: {SHAPES[kind]}", x=MARGIN + 44, y=at + 5, class_="bp-note-left"
        )
    if traced.test is not None:
        at = y + 24 * len(traced.labels)
        d = mark(0, MARGIN + 8, at) + mark(1, MARGIN + 26, at)
        group.add("path", d=d, class_="bp-point is-test")
        words = "hollow: test data, not learned from"
        group.add("text", words, x=MARGIN + 44, y=at + 5, class_="bp-note-left")


def _describe(traced: TracedBoundary) -> str:
    sentences = [_score(traced.data, "points")]
    wrong = int(traced.data.wrong.sum())
    if traced.test is not None:
        sentences.append(_score(traced.test, "test points"))
        wrong += int(traced.test.wrong.sum())
    if wrong:
        sentences.append(f"The {wrong:,} with a ring {'is' if wrong == 1 else 'are'} not.")
    shares = [float((margin >= 0).mean()) for margin in traced.margins]
    largest = int(np.argmax(shares))
    if shares[largest] == 1:
        sentences.append(f"The model says {traced.labels[largest]} everywhere.")
    if traced.not_finite:
        sentences.append("Some answers are not finite; where they are NaN, nothing is coloured.")
    return " ".join(sentences)


def _score(examples: Examples, what: str) -> str:
    count, wrong = len(examples.points), int(examples.wrong.sum())
    if wrong == count:
        return f"{'No point' if what == 'points' else 'No test point'} is on the right side."
    if wrong == 0:
        return f"All of {count:,} {what} are on the right side."
    right = count - wrong
    return f"{right:,} of {count:,} {what} {'is' if right == 1 else 'are'} on the right side."


def _table(traced: TracedBoundary) -> Table:
    tests = [] if traced.test is None else ["test points", "right"]
    rows = []
    for kind, label in enumerate(traced.labels):
        row = [label, *_counts(traced.data, kind), f"{(traced.margins[kind] >= 0).mean():.0%}"]
        rows.append((*row, *([] if traced.test is None else _counts(traced.test, kind))))
    return Table(("class", "points", "right", "share of the plane", *tests), tuple(rows))


def _counts(examples: Examples, kind: int) -> tuple[str, str]:
    members = examples.classes == kind
    right = int((examples.answers[members] == kind).sum())
    return f"{int(members.sum()):,}", f"{right:,}"
