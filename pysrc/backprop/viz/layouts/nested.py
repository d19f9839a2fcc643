"""A graph in layers, some of it in frames: what is in a frame is laid out first, and is one box outside.

An edge that crosses a frame is laid out in pieces. They meet at a port, which is a box without a height
in a layer of its own, at the top or at the bottom of the frame. Edges that begin at the same box share
their ports, and what they share is one strand: a parameter that is used in all rounds of a loop goes into
the loop's frame once.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from .layered import Box, Edge, layout_layers

_PORT = 12.0
#: Around what is in a frame, and above it where no port makes room for the title.
_PADDING = 10.0
_TITLE = 38.0


@dataclass
class Frame:
    """Something to draw around boxes.

    After the layout, `left`, `top`, `width` and `height` are known; before, `width` is the least one.
    """

    outer: int | None
    width: float
    height: float = 0.0
    left: float = 0.0
    top: float = 0.0


@dataclass
class Strand:
    """A line to draw, which edges have in common.

    Attributes:
        edges: their indices.
        points: where it leads along.
        label: where there is room for the label of its edge, if it is one alone and this is the place.
    """

    edges: list[int]
    points: list[tuple[float, float]]
    label: tuple[float, float] | None


def layout_nested(
    boxes: Sequence[Box],
    edges: Sequence[Edge],
    frames: Sequence[Frame],
    frame_of: Sequence[int | None],
    *,
    gap: float,
    layer_gap: float,
    label_gap: float,
) -> tuple[float, float, list[Strand]]:
    """Place `boxes` and `frames`; return the width and height of it all, and the lines to draw.

    Args:
        boxes: in a topological order, in which those of a frame follow each other.
        edges: between them, as indices.
        frames: each after the one that it stands in.
        frame_of: the frame of each box, as its index; None for what is in none.
        gap: see `layout_layers`, also for the other two.
        layer_gap: the distance of two layers.
        label_gap: the distance of two layers between which there is a label.
    """
    nested = _Nested(boxes, edges, frames, frame_of, (gap, layer_gap, label_gap))
    width, height = nested.arrange(None)
    nested.move(None, 0.0, 0.0)
    return width, height, nested.strands


class _Nested:
    def __init__(
        self,
        boxes: Sequence[Box],
        edges: Sequence[Edge],
        frames: Sequence[Frame],
        frame_of: Sequence[int | None],
        gaps: tuple[float, float, float],
    ) -> None:
        self.boxes = boxes
        self.edges = edges
        self.frames = frames
        self.gaps = gaps
        #: What stands for each frame in the one around it.
        self.stand_ins: dict[int, Box] = {}
        #: Of each frame: the boxes directly in it, how far they are moved, and the pieces of edges.
        self.own: dict[int | None, list[int]] = {place: [] for place in (None, *range(len(frames)))}
        self.shift: dict[int | None, tuple[float, float]] = {}
        self.pieces: dict[int | None, list[tuple[Edge, list[int]]]] = {}
        #: How far to the right of the middle of each frame the edges that begin at a box cross it.
        self.ports: dict[int, dict[int, float]] = {}
        self.strands: list[Strand] = []
        #: All that is in each frame, at any depth.
        self.within: dict[int, list[int]] = {place: [] for place in range(len(frames))}
        for index, frame in enumerate(frame_of):
            self.own[frame].append(index)
            while frame is not None:
                self.within[frame].append(index)
                frame = frames[frame].outer

    def arrange(self, frame: int | None) -> tuple[float, float]:
        """Lay out what is in a frame, or in none; return its size."""
        inner = [each for each, found in enumerate(self.frames) if found.outer == frame]
        for each in inner:
            self.stand_ins[each] = Box(*self.arrange(each), weight=12.0)
        members = [(index, self.boxes[index], [index]) for index in self.own[frame]]
        for each in inner:
            within = self.within[each]
            members.append((within[-1], self.stand_ins[each], within))
        members.sort(key=lambda member: member[0])
        holder = {index: place for place, (_, _, held) in enumerate(members) for index in held}
        frame_at = {id(self.stand_ins[each]): each for each in inner}
        # Ports by the box at which their edges begin, which is outside or inside of the frame.
        arriving: dict[int, Box] = {}
        leaving: dict[int, Box] = {}
        shared: dict[Hashable, list[int]] = {}
        for number, edge in enumerate(self.edges):
            source, target = holder.get(edge.source), holder.get(edge.target)
            if source == target:
                continue  # elsewhere, or within one of the members
            if source is None:
                arriving.setdefault(edge.source, Box(_PORT, 0.0, end="top"))
            if target is None:
                leaving.setdefault(edge.source, Box(_PORT, 0.0, end="bottom"))
            whole = target is None or id(members[target][1]) in frame_at
            key: Hashable = (edge.source, target) if whole else number
            shared.setdefault(key, []).append(number)
        boxes = [*arriving.values(), *(box for _, box, _ in members), *leaving.values()]
        place_in = {place: at for at, place in enumerate(arriving)}
        place_out = {place: at for at, place in enumerate(leaving, len(boxes) - len(leaving))}

        def port(place: int | None, start: int) -> float:
            within = None if place is None else frame_at.get(id(members[place][1]))
            return 0.0 if within is None else self.ports[within][start]

        pieces: list[tuple[Edge, list[int]]] = []
        for numbers in shared.values():
            edge = self.edges[numbers[0]]
            start = edge.source
            source, target = holder.get(start), holder.get(edge.target)
            labelled = len(numbers) == 1 and source is not None and target is not None
            piece = Edge(
                place_in[start] if source is None else len(arriving) + source,
                place_out[start] if target is None else len(arriving) + target,
                edge.label_width if labelled else 0.0,
                leaves=port(source, start),
                enters=port(target, start),
            )
            pieces.append((piece, numbers))
        gap, layer_gap, label_gap = self.gaps
        width, height = layout_layers(
            boxes,
            [piece for piece, _ in pieces],
            gap=gap,
            layer_gap=layer_gap,
            label_gap=label_gap,
        )
        self.pieces[frame] = pieces
        if frame is None:
            self.shift[frame] = 0.0, 0.0
            return width, height
        outside = max(width + 2 * _PADDING, self.frames[frame].width)
        left, top = (outside - width) / 2, 0.0 if arriving else _TITLE
        self.shift[frame] = left, top
        ends = arriving | leaving
        self.ports[frame] = {start: box.x + left - outside / 2 for start, box in ends.items()}
        return outside, top + height + (0.0 if leaving else _PADDING)

    def move(self, frame: int | None, left: float, top: float) -> None:
        """Put a frame, and all that is in it, where it belongs."""
        x, y = self.shift[frame]
        x, y = x + left, y + top
        for index in self.own[frame]:
            self.boxes[index].x += x
            self.boxes[index].y += y
        for piece, edges in self.pieces[frame]:
            points = [(x + a, y + b) for a, b in piece.points]
            label = (x + piece.label[0], y + piece.label[1]) if piece.label_width else None
            self.strands.append(Strand(edges, points, label))
        for each, found in enumerate(self.frames):
            if found.outer != frame:
                continue
            box = self.stand_ins[each]
            found.width, found.height = box.width, box.height
            found.left, found.top = x + box.x - box.width / 2, y + box.y - box.height / 2
            self.move(each, found.left, found.top)
