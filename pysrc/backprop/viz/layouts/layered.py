"""Drawing a directed graph in layers, with few crossings and straight edges.

The four steps of Sugiyama, Tagawa and Toda, "Methods for Visual Understanding of Hierarchical System
Structures" (1981): give each box a layer below all that it is made of; let edges that skip layers pass
through invisible boxes; order each layer by the average place of its neighbours, sweeping down and up;
and shift the boxes towards their neighbours without changing that order.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

#: Sweeps over the layers to order them, and to place them.
_ORDER_SWEEPS = 8
_PLACE_SWEEPS = 12
#: Larger graphs are swept less: nobody follows every edge of two thousand boxes.
_LARGE = 400
_LARGE_SWEEPS = 2
#: An edge over more layers than this is drawn straight, through whatever is there.
_LONGEST_SPAN = 60
#: What passes through a layer keeps as much from its neighbours as a wide band needs.
_PASSING_WIDTH = 12.0
#: Beside something higher than this, edges run straight down for the height of their layer.
_HIGH = 125.0


@dataclass
class Box:
    """Something to place: its size, and then its centre; the heavier keep their line, the light give way.

    What is at the `end` "top" or "bottom" has the first or the last layer to itself and its like.
    """

    width: float
    height: float
    weight: float = 1.0
    x: float = 0.0
    y: float = 0.0
    end: Literal["", "top", "bottom"] = ""


@dataclass
class Edge:
    """From the box at one index to the one at another, with room for a label if it has a width.

    It begins and ends in the middle of each, or `leaves` and `enters` to the right of that. After the
    layout, `points` leads from the bottom of the one to the top of the other, and `label` is the centre
    of the label's room.
    """

    source: int
    target: int
    label_width: float = 0.0
    leaves: float = 0.0
    enters: float = 0.0
    points: list[tuple[float, float]] = field(default_factory=list)
    label: tuple[float, float] = (0.0, 0.0)


@dataclass
class _Slot:
    """A place in a layer: of a box, of an edge's label, or of an edge that passes through."""

    width: float
    weight: float
    box: int | None
    above: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    x: float = 0.0


def layout_layers(
    boxes: Sequence[Box], edges: Sequence[Edge], *, gap: float, layer_gap: float, label_gap: float
) -> tuple[float, float]:
    """Place `boxes` and route `edges`, from top to bottom; return the width and height of it all.

    Args:
        boxes: in a topological order: every edge leads to a box that comes later.
        edges: between them, as indices.
        gap: the least distance of two boxes side by side.
        layer_gap: the distance of two layers.
        label_gap: the distance of two layers between which there is a label.
    """
    if not boxes:
        return 0.0, 0.0
    layer = _layers(boxes, edges)
    slots, rows, chains = _slots(boxes, edges, layer)
    _order(slots, rows)
    _place(slots, rows, gap)
    least = min(slot.x - slot.width / 2 for slot in slots)
    y = 0.0
    heights: list[tuple[float, float]] = []
    for number in range(0, len(rows), 2):
        members = [boxes[slots[s].box] for s in rows[number] if slots[s].box is not None]  # type: ignore[index]
        height = max((each.height for each in members), default=0.0)
        heights.append((y, y + height))
        for each in members:
            each.y = y + height / 2
        labelled = number + 1 < len(rows) and any(
            slots[s].width > _PASSING_WIDTH for s in rows[number + 1]
        )
        between = y + height + (label_gap if labelled else layer_gap) / 2
        heights.append((between, between))
        y += height + (label_gap if labelled else layer_gap)
        bottom = y - (label_gap if labelled else layer_gap)
    for slot in slots:
        slot.x -= least
        if slot.box is not None:
            boxes[slot.box].x = slot.x
    for edge, chain in zip(edges, chains, strict=True):
        _route(edge, chain, boxes, slots, heights, layer)
    return max(slot.x + slot.width / 2 for slot in slots), bottom


def _layers(boxes: Sequence[Box], edges: Sequence[Edge]) -> list[int]:
    """The longest way from any source; a source itself moves down to what it goes into first."""
    top = int(any(box.end == "top" for box in boxes))
    layer = [0 if box.end == "top" else top for box in boxes]
    incoming = [box.end != "" for box in boxes]
    first_use: list[int | None] = [None] * len(boxes)
    for edge in sorted(edges, key=lambda edge: edge.source):
        layer[edge.target] = max(layer[edge.target], layer[edge.source] + 1)
        incoming[edge.target] = True
    for edge in edges:
        use = first_use[edge.source]
        first_use[edge.source] = layer[edge.target] if use is None else min(use, layer[edge.target])
    lowest = max(layer)
    return [
        lowest
        if box.end == "bottom"
        else layer[index]
        if incoming[index] or (use := first_use[index]) is None
        else use - 1
        for index, box in enumerate(boxes)
    ]


def _slots(
    boxes: Sequence[Box], edges: Sequence[Edge], layer: Sequence[int]
) -> tuple[list[_Slot], list[list[int]], list[list[int]]]:
    """A slot for each box in the even rows; each edge is a chain of slots through the rows between."""
    slots = [_Slot(box.width, box.weight, index) for index, box in enumerate(boxes)]
    rows: list[list[int]] = [[] for _ in range(2 * max(layer) + 1)]
    chains: list[list[int]] = []
    for index in range(len(boxes)):
        rows[2 * layer[index]].append(index)
    for members in rows:
        # What is light stands on both sides of what keeps its line.
        light = [index for index in members if boxes[index].weight <= 1]
        heavy = [index for index in members if boxes[index].weight > 1]
        members[:] = light[: len(light) // 2] + heavy + light[len(light) // 2 :]
    for edge in edges:
        first, last = 2 * layer[edge.source], 2 * layer[edge.target]
        chain = [edge.source]
        if last - first <= 2 * _LONGEST_SPAN:
            for row in range(first + 1, last):
                chain.append(len(slots))
                rows[row].append(len(slots))
                labelled = row == first + 1 and edge.label_width > 0
                width = edge.label_width if labelled else _PASSING_WIDTH
                weight = min(boxes[edge.source].weight, boxes[edge.target].weight)
                slots.append(_Slot(width, weight, None))
        chain.append(edge.target)
        for upper, lower in itertools.pairwise(chain):
            slots[upper].below.append(lower)
            slots[lower].above.append(upper)
        chains.append(chain)
    return slots, rows, chains


def _order(slots: list[_Slot], rows: list[list[int]]) -> None:
    """Sort each row by the average place of the neighbours, and keep the order that crosses least."""
    position = [0] * len(slots)

    def number(row: list[int]) -> None:
        for place, slot in enumerate(row):
            position[slot] = place

    def sweep(order: range, downwards: bool) -> None:
        for each in order:
            wanted = {}
            for slot in rows[each]:
                near = slots[slot].above if downwards else slots[slot].below
                wanted[slot] = (
                    sum([position[other] for other in near]) / len(near) if near else position[slot]
                )
            rows[each].sort(key=wanted.__getitem__)
            number(rows[each])

    for row in rows:
        number(row)
    sweep(range(1, len(rows)), downwards=True)
    large = len(slots) > _LARGE
    best, kept = None, [list(row) for row in rows]
    for _ in range(_LARGE_SWEEPS if large else _ORDER_SWEEPS):
        # Upwards first: the loss is one box, and all that it is made of spreads from there.
        sweep(range(len(rows) - 2, -1, -1), downwards=False)
        sweep(range(1, len(rows)), downwards=True)
        crossings = sum(_crossings(slots, row, position) for row in rows[:-1])
        if best is None or crossings < best:
            best, kept = crossings, [list(row) for row in rows]
        if best == 0:
            break
    rows[:] = kept


def _crossings(slots: list[_Slot], row: list[int], position: list[int]) -> int:
    """How many pairs of edges below a row cross each other."""
    seen: list[int] = []
    count = 0
    for slot in row:
        ends = sorted([position[other] for other in slots[slot].below])
        count += sum(len(seen) - bisect_right(seen, end) for end in ends)
        for end in ends:
            insort(seen, end)
    return count


def _place(slots: list[_Slot], rows: list[list[int]], gap: float) -> None:
    """Move each slot towards the average of its neighbours, as far as the order of its row allows."""
    for row in rows:
        _spread(slots, row, [0.0] * len(row), gap)
    for sweep in range(_LARGE_SWEEPS if len(slots) > _LARGE else _PLACE_SWEEPS):
        downwards = sweep % 2 == 0
        for row in rows if downwards else reversed(rows):
            wanted = []
            for slot in row:
                # The side that was placed last pulls; in the end both do.
                last = sweep >= _PLACE_SWEEPS - 2
                near = slots[slot].above if downwards else slots[slot].below
                if last or not near:
                    near = slots[slot].above + slots[slot].below
                total = sum([slots[other].weight for other in near])
                pull = sum([slots[other].x * slots[other].weight for other in near])
                wanted.append(pull / total if near else slots[slot].x)
            _spread(slots, row, wanted, gap)


def _spread(slots: list[_Slot], row: list[int], wanted: list[float], gap: float) -> None:
    """Put the slots of a row as near to where they want to be as their widths and order allow.

    That is a least-squares fit of an ascending sequence, by pooling adjacent violators: see Barlow et
    al., Statistical Inference under Order Restrictions (1972).
    """
    offsets = []
    offset = 0.0
    for place, slot in enumerate(row):
        if place:
            before = slots[row[place - 1]]
            offset += (before.width + slots[slot].width) / 2 + gap
        offsets.append(offset)
    pools: list[tuple[float, float, int]] = []
    for slot, want, offset in zip(row, wanted, offsets, strict=True):
        pools.append((want - offset, slots[slot].weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (upper, v, m), (lower, w, n) = pools[-2:]
            pools[-2:] = [((upper * v + lower * w) / (v + w), v + w, m + n)]
    level = [value for value, _, size in pools for _ in range(size)]
    for slot, value, offset in zip(row, level, offsets, strict=True):
        slots[slot].x = value + offset


def _route(
    edge: Edge,
    chain: Sequence[int],
    boxes: Sequence[Box],
    slots: Sequence[_Slot],
    heights: Sequence[tuple[float, float]],
    layer: Sequence[int],
) -> None:
    source, target = boxes[edge.source], boxes[edge.target]
    first, last = 2 * layer[edge.source], 2 * layer[edge.target]
    inner: list[tuple[float, float]] = []
    for place, slot in enumerate(chain[1:-1]):
        top, bottom = heights[first + 1 + place]
        high = bottom - top > _HIGH
        inner += [(slots[slot].x, y) for y in ((top, bottom) if high else ((top + bottom) / 2,))]
    edge.label = inner[0] if inner else ((source.x + target.x) / 2, (source.y + target.y) / 2)
    start = (source.x + edge.leaves, source.y + source.height / 2)
    end = (target.x + edge.enters, target.y - target.height / 2)
    edge.points = [start, *inner, end]
    if heights[first][1] - start[1] > _HIGH / 2:
        edge.points.insert(1, (start[0], heights[first][1]))
    if end[1] - heights[last][0] > _HIGH / 2:
        edge.points.insert(-1, (end[0], heights[last][0]))
