"""The unfolded groups of a graph, in frames, and what a page has to know of groups to open and close them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...host import contract
from ..kit.steps import explain, node_id
from ..kit.svg import Element
from ..kit.text import text_width
from ..layouts.nested import Frame
from .fold import FoldedGraph
from .group import operations
from .layout import OPEN_SIGN, TITLE_ROOM
from .names import Names
from .trace import Vertex
from .words import group_facts

_TITLE_HEIGHT = 28.0


class Frames:
    """Draws the title of each frame before the first box in it, and the frames on a ground of their own.

    Attributes:
        ground: what belongs behind everything.
    """

    def __init__(self, folded: FoldedGraph, places: Sequence[Frame], called: Names) -> None:
        self._folded = folded
        self._places = places
        self._called = called
        self._drawn: set[int] = set()
        self.ground = Element("g")

    @property
    def has_groups(self) -> bool:
        """Whether there is anything to open or to close."""
        return bool(self._places) or any(each.group for each in self._folded.vertices)

    @property
    def open(self) -> str:
        """The names of what is open, separated by spaces."""
        return " ".join(each.group.name for each in self._folded.frames)

    def draw_before(self, vertex: Vertex, node: str, body: Element) -> None:
        """Draw the frames that a vertex is the first in; `node` is its id."""
        waiting = []
        frame = vertex.frame
        while frame is not None and frame not in self._drawn:
            waiting.append(frame)
            frame = self._folded.frames[frame].outer
        for each in reversed(waiting):
            self._drawn.add(each)
            self._draw(each, node, body)

    def _draw(self, number: int, first: str, body: Element) -> None:
        frame, place = self._folded.frames[number], self._places[number]
        self.ground.add(
            "rect", class_="bp-frame", x=place.left, y=place.top,
            width=place.width, height=place.height, rx=12,
        )  # fmt: skip
        title = OPEN_SIGN + frame.group.title
        width = text_width(title, 16, bold=True) + TITLE_ROOM
        group = body.add("g", class_="bp-frame-title")
        left, top = place.left + TITLE_ROOM / 2, place.top + 5
        group.add("rect", x=left, y=top, width=width, height=_TITLE_HEIGHT, rx=7)
        group.add("text", title, x=left + width / 2, y=top + 20, class_="bp-heading")
        told = [f"{frame.group.title} is open: {operations(frame.group.count)}"]
        told += group_facts(frame.shown, self._called.whole[frame.last], self._called)
        explain(group, frame.group.name, "\n".join(told), following=[first])
        group.attributes |= {contract.GROUP: frame.group.name, contract.STATE: "open"}
        if frame.outer is not None:
            group.attributes[contract.IN] = self._folded.frames[frame.outer].group.name

    def mark(self, group: Element, vertex: Vertex) -> None:
        """Say which folded group a box is, and in which frame it stands."""
        if vertex.group is not None:
            group.attributes |= {contract.GROUP: vertex.group.name, contract.STATE: "folded"}
        if vertex.frame is not None:
            group.attributes[contract.IN] = self._folded.frames[vertex.frame].group.name


def node_ids(folded: FoldedGraph, called: Names) -> list[str]:
    """An id for each vertex, whatever else is unfolded; constants that are the same number are told apart."""
    counts: Counter[str] = Counter()
    whole = []
    for name in called.whole:
        base = node_id(name)
        counts[base] += 1
        whole.append(base if counts[base] == 1 else f"{base}~{counts[base]}")
    return [
        whole[origin] if vertex.group is None else vertex.group.name
        for vertex, origin in zip(folded.vertices, folded.origin, strict=True)
    ]


def add_times(body: Element, folded: FoldedGraph, order: Sequence[int]) -> None:
    """Give each step its time on the clock of the whole graph, which is the same whatever is unfolded.

    An operation counts one forward, and one on the way back; a folded group as many as it stands for.
    """
    done = 0
    times = []
    for index in order:
        done += folded.vertices[index].count
        times.append(done)
    for index in reversed(order):
        done += folded.vertices[index].count
        times.append(done)
    captions = [each for each in body.walk() if contract.CAPTION in each.attributes]
    for caption, time in zip(captions, times, strict=True):
        caption.attributes[contract.TIME] = str(time)
