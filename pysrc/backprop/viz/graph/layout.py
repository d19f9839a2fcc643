"""Where the boxes of a computation graph go, and what is written in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...dtypes import Array
from ..kit.notes import WIDTH
from ..kit.numbers import shape_text, short, summary
from ..kit.text import text_width
from ..layouts.layered import Box, Edge
from ..layouts.nested import Frame, Strand, layout_nested
from .fold import FoldedGraph
from .group import Group, operations
from .trace import Vertex
from .words import operation_words

#: Three boxes stand side by side on a phone.
BOX = 138.0
#: A folded group has room for its name, as wide as two boxes.
FOLDED = 284.0
FOLDED_SIGN, OPEN_SIGN = "▸ ", "▾ "
ROW = 20.0
ROOM = 8.0
TITLE_ROOM = 14.0
GAP = 8.0
MARGIN = 5.0

#: A line of text and its class.
Row = tuple[str, str]


@dataclass
class Placed:
    """A box and its lines of text."""

    box: Box
    rows: list[Row]


@dataclass
class GraphLayout:
    """Boxes in the order of the vertices, frames in that of the graph's; the lines of the uses."""

    boxes: list[Placed]
    strands: list[Strand]
    frames: list[Frame]
    width: float
    bottom: float


def layout_graph(
    folded: FoldedGraph, names: Sequence[str], labels: Sequence[str], top: float
) -> GraphLayout:
    """Place everything below `top`, in the middle of at least the width of other diagrams."""
    placed = [_placed(vertex, name) for vertex, name in zip(folded.vertices, names, strict=True)]
    edges = [
        Edge(use.source, use.target, text_width(label, 15) + 6 if label else 0.0)
        for use, label in zip(folded.uses, labels, strict=True)
    ]
    frames = [
        Frame(each.outer, text_width(OPEN_SIGN + each.group.title, 16, bold=True) + 2 * TITLE_ROOM)
        for each in folded.frames
    ]
    inner, height, strands = layout_nested(
        [each.box for each in placed],
        edges,
        frames,
        [each.frame for each in folded.vertices],
        gap=GAP,
        layer_gap=38,
        label_gap=56,
    )
    width = max(WIDTH, inner + 2 * MARGIN)
    left = (width - inner) / 2
    for each in placed:
        each.box.x += left
        each.box.y += top
    for strand in strands:
        strand.points = [(x + left, y + top) for x, y in strand.points]
        if strand.label is not None:
            strand.label = strand.label[0] + left, strand.label[1] + top
    for frame in frames:
        frame.left += left
        frame.top += top
    return GraphLayout(placed, strands, frames, width, top + height)


def _placed(vertex: Vertex, name: str) -> Placed:
    rows = _rows(vertex, name)
    if vertex.group is not None:
        signed = FOLDED_SIGN + vertex.group.title
        widest = max(
            text_width(text, 16, bold=True) for text in (signed, *(row[0] for row in rows))
        )
        size = min(max(widest + ROOM + 2, BOX), FOLDED), len(rows) * ROW + 12
    else:
        width = BOX if len(rows) > 1 else min(text_width(name, 16, bold=True) + 28, BOX)
        size = width, len(rows) * ROW + (18 if vertex.gradient is not None else 12)
    return Placed(Box(*size, 12.0 if vertex.is_operation else 1.0), rows)


def _rows(vertex: Vertex, name: str) -> list[Row]:
    if vertex.group is not None:
        return _folded_rows(vertex, vertex.group)
    rows = [(name, "bp-heading")]
    if vertex.is_operation:
        words = operation_words(vertex.name)
        both = f"{name} = {words}"
        if text_width(both, 16, bold=True) <= BOX - ROOM:
            rows = [(both, "bp-heading")]
        else:
            rows.append((words, "bp-small bp-note"))
    if vertex.shape:
        rows.append((shape_text(vertex.shape), "bp-small bp-note"))
    if vertex.value is not None and not _says_all(vertex, name):
        rows.append((_fitting("", vertex.value), "bp-small bp-value-text"))
    if vertex.gradient is not None:
        rows.append((_fitting("∂ ", vertex.gradient), "bp-small bp-blame-text"))
    return rows


def _folded_rows(vertex: Vertex, group: Group) -> list[Row]:
    shape = f" · {shape_text(vertex.shape)}" if vertex.outputs == 1 and vertex.shape else ""
    rows = [
        (group.title, "bp-heading"),
        (operations(group.count) + shape, "bp-small bp-note"),
    ]
    if vertex.outputs > 1:
        rows.append((f"{vertex.outputs:,} values go on", "bp-small bp-value-text"))
        return rows
    if vertex.value is not None:
        rows.append((summary(vertex.value), "bp-small bp-value-text"))
    if vertex.gradient is not None:
        rows.append((f"∂ {summary(vertex.gradient)}", "bp-small bp-blame-text"))
    return rows


def _fitting(sign: str, array: Array) -> str:
    """The numbers of a value or a gradient, or their largest size where there is no room for more."""
    text = sign + summary(array)
    if text_width(text, 15) <= BOX - ROOM:
        return text
    return f"{sign}up to ±{short(float(np.abs(array).max()))}"


def _says_all(vertex: Vertex, name: str) -> bool:
    """A constant without a name is called by its number."""
    return (
        not vertex.is_operation
        and not vertex.learns
        and not vertex.label
        and name[-1].isdigit()
        and (vertex.value is not None and vertex.value.size == 1)
    )
