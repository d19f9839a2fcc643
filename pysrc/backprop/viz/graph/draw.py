"""The computation graph as it was really built, and the blame that travels back along it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ... import host
from ...host import contract
from ...nn.module import Module
from ...tensor import Tensor
from ..kit.asking import unchanged
from ..kit.diagram import Diagram, Paper, Table, finish
from ..kit.notes import MARGIN, WIDTH, add_notes
from ..kit.numbers import listing, shape_text
from ..kit.sizes import total
from ..kit.steps import add_captions, explain, seen
from ..kit.svg import Element
from ..kit.text import bare, fitted, text_width
from .fold import at_most, fold_graph, named
from .frames import Frames, add_times, node_ids
from .group import Group, operations
from .groups import grouped, paths_of
from .kept import Kept, Picture
from .layout import FOLDED_SIGN, ROOM, ROW, Placed, layout_graph
from .names import Names
from .strands import Layers, draw_label, draw_strand, strand_label
from .times import Times
from .trace import TracedGraph, names_of, trace_graph, watched
from .words import describe, facts, operation_words, steps_of


def graph(
    loss: Tensor | Callable[[], Tensor],
    model: Module | None = None,
    names: Mapping[str, Tensor] | None = None,
    *,
    most: int = 24,
    open: Sequence[str] = (),
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
        most: the largest number of boxes for operations. Where there are more operations, they are folded
            into groups: the rounds of a loop, the calls of a module, and at last those in between.
        open: the names of groups to unfold, such as ``["encoder.0", "rounds 2 to 49"]``. What is in one
            is drawn in a frame, again with at most `most` boxes. In the page a folded box is a button.

    >>> h = torch.tensor(0.5)
    >>> with viz.remember():
    ...     for step in range(50):
    ...         h = torch.tanh(w * h)
    >>> picture = viz.graph(h, open=["rounds 2 to 49"])
    >>> [row[0] for row in picture.table.rows if row[0].startswith("rounds")]
    ['rounds 2 to 11', 'rounds 12 to 21', 'rounds 22 to 31', 'rounds 32 to 41', 'rounds 42 to 49']

    Gradients are computed for the picture alone: no ``.grad`` changes, and hooks are not called.

    Raises:
        TypeError: `loss` is no tensor.
        ValueError: it has not one element, or nothing it is computed from requires a gradient, or there
            is no group to open of such a name.
        RuntimeError: a backward has let go of the graph, or its numbers have been changed since.
    """
    caller = sys._getframe(1)
    items: list[tuple[str, object]] = list((names or {}).items())
    if model is not None:
        items.append(("", model))
    for scope in (caller.f_locals, caller.f_globals):
        items += [(name, value) for name, value in scope.items() if not name.startswith("_")]
    with unchanged(dict.fromkeys(each for _, each in items if isinstance(each, Module))):
        tensor = watched(loss) if callable(loss) and not isinstance(loss, Tensor) else loss
        traced = trace_graph(tensor, names_of(items))
    most = max(most, 3)
    root = grouped(traced, paths_of(items), most)
    unfolded = named(root, [open] if isinstance(open, str) else open)
    picture = Picture(traced, root, most)
    # In a page it is drawn again when a box is opened, and by then its numbers may have been changed.
    return draw_graph(picture if host.display is None else picture.alone(), unfolded)


_kept = Kept()


def _open_groups(asked: dict[str, Any]) -> dict[str, str] | None:
    """Answers ``graph.open``: a graph that was shown, with other groups unfolded, as a bundle.

    Args:
        asked: ``graph`` is the key of the graph, ``open`` the names of all groups to be unfolded; names
            that it does not have are passed over.

    Returns:
        None where the graph is not kept any more.
    """
    picture = _kept.find(asked["graph"])
    if picture is None:
        return None
    known = {group.name: group for group in picture.root.within()}
    unfolded = [known[name] for name in asked["open"] if name in known]
    unfolded = at_most(picture.traced, picture.root, picture.most, unfolded)
    return draw_graph(picture, unfolded, asked["graph"])._repr_mimebundle_()


host.questions["graph.open"] = _open_groups


def draw_graph(picture: Picture, unfolded: Sequence[Group], key: str = "") -> Diagram:
    """Draw a graph with these groups in frames; `key` is what the page knows it by, if it does."""
    traced = fold_graph(picture.traced, picture.root, picture.most, unfolded)
    called = Names.given(picture.traced, traced)
    steps = steps_of(traced, called)
    body = Element("g")
    top = add_captions(body, steps, MARGIN, 26, WIDTH - 2 * MARGIN) + 8
    when = Times(traced)
    labels = [strand_label(traced, number) for number in range(len(traced.uses))]
    layout = layout_graph(traced, called.of, labels, top)
    ids = node_ids(traced, called)
    worst = max(
        (sum(total(traced.uses[each].share) for each in strand.edges) for strand in layout.strands),
        default=0.0,
    )
    layers = Layers(body.add("g"), body.add("g"), body.add("g"))
    for strand in layout.strands:
        uses = [traced.uses[number] for number in strand.edges]
        draw_strand(layers, traced, uses, strand.points, worst, when, called)
        if strand.label is not None:
            text, step = labels[strand.edges[0]], when.backward[uses[0].target]
            draw_label(layers.labels, text, strand.label, step)
    heaviest = max(total(each.gradient) for each in traced.vertices)
    frames = Frames(traced, layout.frames, called)
    for index, placed in enumerate(layout.boxes):
        vertex = traced.vertices[index]
        frames.draw_before(vertex, ids[index], body)
        group = _draw_box(body, traced, index, placed, heaviest, when)
        frames.mark(group, vertex)
        told = facts(traced, index, called)
        explain(
            group,
            ids[index],
            told,
            place=vertex.place,
            previous=[ids[traced.uses[each].source] for each in vertex.made_of],
            following=[ids[traced.uses[each].target] for each in vertex.uses],
        )
        group.children.insert(0, Element("title", {}, [told]))
    description = describe(picture.traced, traced, called)
    height = add_notes(
        body,
        layout.bottom + 30,
        description,
        key=(("value", "values flow down"), ("blame", "blame flows up: the size of the gradient")),
    )
    diagram = finish(
        Paper(body, layout.width, height),
        title=f"The computation graph of {called.of[-1]}: {operations(traced.operations)}",
        description=description,
        table=_table(traced, called),
        kind="graph",
        steps=len(steps),
    )
    if not frames.has_groups:
        return diagram
    add_times(body, traced, when.order)
    body.children.insert(0, frames.ground)
    key = key or diagram.key
    diagram.root.attributes |= {contract.GRAPH: key, contract.OPEN: frames.open}
    if host.display is None:
        return diagram
    return replace(diagram, when_shown=lambda: _kept.keep(key, picture))


def _draw_box(
    body: Element, traced: TracedGraph, index: int, placed: Placed, heaviest: float, when: Times
) -> Element:
    vertex, box = traced.vertices[index], placed.box
    kind = "is-operation" if vertex.is_operation else "is-leaf" if vertex.learns else "is-constant"
    group = body.add("g", class_=f"bp-box {kind}" + (" is-folded" if vertex.group else ""))
    left, top = box.x - box.width / 2, box.y - box.height / 2
    group.add(
        "rect", x=left, y=top, width=box.width, height=box.height,
        rx=box.height / 2 if not vertex.is_operation and len(placed.rows) == 1 else 9,
    )  # fmt: skip
    y = top + 4.0
    for text, class_ in placed.rows:
        y += ROW
        size = 16 if class_ == "bp-heading" else 15
        sign, room = "", box.width - ROOM
        if class_ == "bp-heading" and vertex.group is not None:
            sign, room = FOLDED_SIGN, room - text_width(FOLDED_SIGN, size, bold=True)
        shown = sign + fitted(text, room, size, bold=class_ == "bp-heading")
        row = group.add("text", shown, x=box.x, y=y - 4, class_=class_)
        if class_ == "bp-small bp-value-text" and vertex.is_operation:
            seen(row, when.forward[index])
        elif class_ == "bp-small bp-blame-text":
            seen(row, when.gradient[index])
    blame = total(vertex.gradient)
    if blame and heaviest and vertex.group is None:
        length = max((box.width - 24) * blame / heaviest, 3)
        bar = group.add("rect", class_="bp-blame-bar", x=left + 12, width=length)
        bar.attributes |= {"y": box.y + box.height / 2 - 7, "height": 4.0, "rx": 2.0}
        seen(bar, when.gradient[index])
    return group


def _table(traced: TracedGraph, called: Names) -> Table:
    rows = []
    for index, vertex in enumerate(traced.vertices):
        place, group = vertex.place, vertex.group
        done = operation_words(vertex.name) if vertex.is_operation else ""
        rows.append(
            (
                bare(called.of[index]) if group is None else group.title,
                done if group is None else operations(group.count),
                shape_text(vertex.shape or ()),
                "" if vertex.value is None else listing(vertex.value),
                "" if vertex.gradient is None else listing(vertex.gradient),
                "" if place is None else str(place.line),
            )
        )
    return Table(("name", "operation", "shape", "value", "gradient", "line"), tuple(rows))
