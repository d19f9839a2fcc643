"""The computation graph as it was really built, and the blame that travels back along it."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ..dtypes import Array
from ..nn.module import Module
from ..tensor import Tensor
from .diagram import Diagram, Page, Table, finish
from .graph_fold import fold_graph
from .graph_layout import ROOM, ROW, Placed, layout_graph
from .graph_trace import TracedGraph, Use, names_of, trace_graph, watched
from .graph_words import Names, describe, facts, hand_back, operation_words, steps_of
from .layered_layout import Edge
from .notes import MARGIN, WIDTH, add_notes
from .numbers import listing, shape_text, summary
from .steps import add_captions, explain, node_id, seen
from .svg import Element
from .text import bare, fitted

WIDEST_BLAME = 16.0


def graph(
    loss: Tensor | Callable[[], Tensor],
    model: Module | None = None,
    names: Mapping[str, Tensor] | None = None,
    *,
    most: int = 24,
) -> Diagram:
    """Draw how `loss` was computed: every operation, its value, and the gradient of the loss by it.

    Values flow down in blue, blame flows up in orange; the wider a band, the larger the gradient. A
    number such as ``×0.20`` on a line is the local derivative: the blame that arrives below, times this,
    is the blame that goes on above. It has steps: forward through the operations, then back.

    >>> import backprop as torch
    >>> from backprop import viz
    >>> w, x = torch.tensor(3.0, requires_grad=True), torch.tensor(2.0)
    >>> viz.graph(lambda: (w * x - 1) ** 2).table.rows[0]
    ('w', '', '', '3.0000', '20.0000', '')

    Args:
        loss: a tensor of one number, or a function that computes it. To draw a tensor with the values in
            between and the lines of code, or after its backward, call `remember` before computing it.
        model: its parameters give their names. Without it, the variables at the place of the call do.
        names: names for other tensors.
        most: the largest number of operations that are drawn one by one; more are folded.

    Gradients are computed for the picture alone: no ``.grad`` changes, and hooks are not called.

    Raises:
        TypeError: `loss` is no tensor.
        ValueError: it has not one element, or nothing it is computed from requires a gradient.
        RuntimeError: a backward has let go of the graph, or its numbers have been changed since.
    """
    caller = sys._getframe(1)
    items: list[tuple[str, object]] = list((names or {}).items())
    if model is not None:
        items.append(("", model))
    for scope in (caller.f_locals, caller.f_globals):
        items += [(name, value) for name, value in scope.items() if not name.startswith("_")]
    tensor = watched(loss) if callable(loss) and not isinstance(loss, Tensor) else loss
    traced = fold_graph(trace_graph(tensor, names_of(items)), max(most, 3))
    return _render(traced)


def _render(traced: TracedGraph) -> Diagram:
    called = Names.given(traced)
    steps = steps_of(traced, called)
    body = Element("g")
    top = add_captions(body, steps, MARGIN, 26, WIDTH - 2 * MARGIN) + 8
    labels = [edge_label(traced, number) for number in range(len(traced.uses))]
    layout = layout_graph(traced, called.of, labels, top)
    when = _Times(traced)
    ids = _ids(called.of)
    worst = max((_size(each.share) for each in traced.uses), default=0.0)
    layers = _Layers(body.add("g"), body.add("g"), body.add("g"))
    for number, edge in enumerate(layout.edges):
        _draw_edge(layers, traced, traced.uses[number], edge, worst, when, called)
        if labels[number]:
            _draw_label(layers.labels, labels[number], edge, when.backward[edge.target])
    heaviest = max(_size(each.gradient) for each in traced.vertices)
    for index, placed in enumerate(layout.boxes):
        group = _draw_box(body, traced, index, placed, heaviest, when)
        vertex = traced.vertices[index]
        explain(
            group,
            ids[index],
            facts(traced, index, called),
            place=vertex.place,
            previous=[ids[traced.uses[each].source] for each in vertex.made_of],
            following=[ids[traced.uses[each].target] for each in vertex.uses],
        )
        group.children.insert(0, Element("title", {}, [facts(traced, index, called)]))
    description = describe(traced, called)
    height = add_notes(
        body,
        layout.bottom + 30,
        description,
        key=(("value", "values flow down"), ("blame", "blame flows up: the size of the gradient")),
    )
    count = traced.operations
    return finish(
        Page(body, layout.width, height),
        title=f"The computation graph of {called.of[-1]}: "
        f"{count:,} operation{'' if count == 1 else 's'}",
        description=description,
        table=_table(traced, called),
        kind="graph",
        steps=len(steps),
    )


class _Times:
    """In which step each value appears, and each gradient."""

    def __init__(self, traced: TracedGraph) -> None:
        operations = [index for index, each in enumerate(traced.vertices) if each.is_operation]
        count = len(operations)
        self.forward = {index: place + 1 for place, index in enumerate(operations)}
        self.backward = {index: 2 * count - place for place, index in enumerate(operations)}
        self.gradient = {
            index: max(
                (
                    self.backward[traced.uses[use].target]
                    for use in vertex.uses
                    if traced.uses[use].share is not None
                ),
                default=count + 1,
            )
            for index, vertex in enumerate(traced.vertices)
        }


def _ids(names: list[str]) -> list[str]:
    """An id for each name; constants that are the same number are told apart."""
    found: list[str] = []
    for name in names:
        base = node_id(name)
        number = sum(each.partition("~")[0] == base for each in found)
        found.append(f"{base}~{number + 1}" if number else base)
    return found


def _size(array: Array | None) -> float:
    if array is None:
        return 0.0
    return float(np.abs(array[np.isfinite(array)]).sum())


@dataclass
class _Layers:
    """What lies on what: blame under values under labels."""

    bands: Element
    lines: Element
    labels: Element


def _draw_edge(
    layers: _Layers,
    traced: TracedGraph,
    use: Use,
    edge: Edge,
    worst: float,
    when: _Times,
    called: Names,
) -> None:
    down, up = _curve(edge.points), _curve(edge.points[::-1])
    forward, backward = when.forward[use.target], when.backward[use.target]
    if use.share is not None:
        broken = "" if np.isfinite(use.share).all() else " is-not-finite"
        size = _size(use.share) / worst if worst else 0.0
        if size or broken:
            band = layers.bands.add("path", d=down, class_="bp-blame-band" + broken)
            band.attributes["stroke-width"] = 2.5 + WIDEST_BLAME * size
            band.add("title", hand_back(traced, use, called))
            seen(band, backward)
        seen(layers.lines.add("path", d=up, class_="bp-pulse is-blame", stroke_width=6), backward)
    seen(layers.lines.add("path", d=down, class_="bp-line bp-pending"), forward)
    seen(layers.lines.add("path", d=down, class_="bp-pulse is-value", stroke_width=6), forward)


def _draw_label(group: Element, text: str, edge: Edge, step: int) -> None:
    x, y = edge.label
    seen(group.add("text", text, x=x, y=y + 5, class_="bp-small bp-blame-text bp-on-line"), step)


def edge_label(traced: TracedGraph, number: int) -> str:
    """What stands on a line: the local derivative, the share where paths are added, the summed axes."""
    use = traced.uses[number]
    if use.share is None:
        return ""
    source = traced.vertices[use.source]
    several = sum(traced.uses[each].share is not None for each in source.uses) > 1
    shared = several and traced.vertices[use.target].name != "fold"
    parts = []
    if use.slope is not None and use.slope.size and not (shared and use.share.size > 1):
        parts.append(f"×{summary(use.slope)}".replace("×all ", "×").replace("×−", "× −"))
    if shared:
        parts.append(f"= {summary(use.share)}" if parts else f"∂ {summary(use.share)}")
    if use.summed:
        parts.append(f"Σ axis {', '.join(map(str, use.summed))}")
    return " ".join(parts)


def _curve(points: list[tuple[float, float]]) -> str:
    """A smooth path: vertical at its ends, and in between along the line of the neighbouring points."""
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    last = len(points) - 1
    for place, ((x0, y0), (x1, y1)) in enumerate(itertools.pairwise(points)):
        reach = (y1 - y0) / (2 if last == 1 else 2.5)
        lean0 = 0.0 if place == 0 else _lean(points[place - 1], points[place + 1])
        lean1 = 0.0 if place + 1 == last else _lean(points[place], points[place + 2])
        path += (
            f"C{x0 + lean0 * reach:.1f} {y0 + reach:.1f} {x1 - lean1 * reach:.1f} {y1 - reach:.1f} "
            f"{x1:.1f} {y1:.1f}"
        )
    return path


def _lean(before: tuple[float, float], after: tuple[float, float]) -> float:
    return (after[0] - before[0]) / (after[1] - before[1])


def _draw_box(
    body: Element, traced: TracedGraph, index: int, placed: Placed, heaviest: float, when: _Times
) -> Element:
    vertex, box = traced.vertices[index], placed.box
    kind = "is-operation" if vertex.is_operation else "is-leaf" if vertex.learns else "is-constant"
    group = body.add("g", class_=f"bp-box {kind}" + (" is-folded" if vertex.count > 1 else ""))
    left, top = box.x - box.width / 2, box.y - box.height / 2
    group.add(
        "rect", x=left, y=top, width=box.width, height=box.height,
        rx=box.height / 2 if not vertex.is_operation and len(placed.rows) == 1 else 9,
    )  # fmt: skip
    y = top + 4.0
    for text, class_ in placed.rows:
        y += ROW
        size = 16 if class_ == "bp-heading" else 15
        shown = fitted(text, box.width - ROOM, size, bold=class_ == "bp-heading")
        row = group.add("text", shown, x=box.x, y=y - 4, class_=class_)
        if class_ == "bp-small bp-value-text" and vertex.is_operation:
            seen(row, when.forward[index])
        elif class_ == "bp-small bp-blame-text":
            seen(row, when.gradient[index])
    blame = _size(vertex.gradient)
    if blame and heaviest and vertex.name != "fold":
        length = max((box.width - 24) * blame / heaviest, 3)
        bar = group.add("rect", class_="bp-blame-bar", x=left + 12, width=length)
        bar.attributes |= {"y": box.y + box.height / 2 - 7, "height": 4.0, "rx": 2.0}
        seen(bar, when.gradient[index])
    return group


def _table(traced: TracedGraph, called: Names) -> Table:
    rows = []
    for index, vertex in enumerate(traced.vertices):
        place = vertex.place
        rows.append(
            (
                bare(called.of[index]),
                "" if not vertex.is_operation else operation_words(vertex.name),
                shape_text(vertex.shape or ()),
                "" if vertex.value is None else listing(vertex.value),
                "" if vertex.gradient is None else listing(vertex.gradient),
                "" if place is None else str(place.line),
            )
        )
    return Table(("name", "operation", "shape", "value", "gradient", "line"), tuple(rows))
