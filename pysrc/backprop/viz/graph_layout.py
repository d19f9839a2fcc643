"""Where the boxes of a computation graph go, and what is written in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..dtypes import Array
from .graph_trace import TracedGraph, Vertex
from .graph_words import operation_words
from .layered_layout import Box, Edge, layout_layers
from .notes import WIDTH
from .numbers import shape_text, short, summary
from .text import text_width

#: Three boxes stand side by side on a phone.
BOX = 138.0
ROW = 20.0
ROOM = 8.0
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
    """Boxes in the order of the vertices, edges in that of the uses."""

    boxes: list[Placed]
    edges: list[Edge]
    width: float
    bottom: float


def layout_graph(
    traced: TracedGraph, names: Sequence[str], labels: Sequence[str], top: float
) -> GraphLayout:
    """Place everything below `top`, in the middle of at least the width of other diagrams."""
    placed = []
    for vertex, name in zip(traced.vertices, names, strict=True):
        rows = _rows(vertex, name)
        blamed = vertex.gradient is not None and vertex.count == 1
        height = len(rows) * ROW + (18 if blamed else 12)
        width = BOX if len(rows) > 1 else min(text_width(name, 16, bold=True) + 28, BOX)
        placed.append(Placed(Box(width, height, 12.0 if vertex.is_operation else 1.0), rows))
    edges = [
        Edge(use.source, use.target, text_width(label, 15) + 6 if label else 0.0)
        for use, label in zip(traced.uses, labels, strict=True)
    ]
    inner, height = layout_layers(
        [each.box for each in placed], edges, gap=GAP, layer_gap=38, label_gap=56
    )
    width = max(WIDTH, inner + 2 * MARGIN)
    left = (width - inner) / 2
    for each in placed:
        each.box.x += left
        each.box.y += top
    for edge in edges:
        edge.points = [(x + left, y + top) for x, y in edge.points]
        edge.label = edge.label[0] + left, edge.label[1] + top
    return GraphLayout(placed, edges, width, top + height)


def _rows(vertex: Vertex, name: str) -> list[Row]:
    if vertex.count > 1:
        return [("⋮", "bp-heading"), (name, "bp-small bp-note")]
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
