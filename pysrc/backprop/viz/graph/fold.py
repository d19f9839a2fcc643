"""Making a large graph small enough to look at: groups become boxes, but for those that are unfolded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...dtypes import Array
from .group import Group
from .trace import TracedGraph, Use, Vertex


@dataclass
class Unfolded:
    """A group that somebody has unfolded: its operations are drawn, in a frame.

    Attributes:
        group: what it is.
        outer: the frame that it stands in, as its place in `FoldedGraph.frames`.
        shown: how its box would look if it were folded.
        last: which vertex of the whole graph is the last of its operations.
    """

    group: Group
    outer: int | None
    shown: Vertex
    last: int


@dataclass
class FoldedGraph(TracedGraph):
    """What is drawn of a graph.

    Attributes:
        frames: the groups that somebody has unfolded, each after the one that it stands in.
        origin: which vertex of the whole graph each vertex is, the last one for a folded group.
    """

    frames: list[Unfolded]
    origin: list[int]


def named(root: Group, names: Iterable[str]) -> list[Group]:
    """The groups with these names, in their order.

    Raises:
        ValueError: there is none with such a name; the message lists those that there are.
    """
    known = {group.name: group for group in root.within()}
    found = []
    for name in names:
        group = known.get("_".join(str(name).split()))
        if group is None:
            listed = ", ".join(repr(each.replace("_", " ")) for each in list(known)[:_MOST_LISTED])
            rest = len(known) - _MOST_LISTED
            there = f"There are: {listed}" + (f", and {rest:,} more." if rest > 0 else ".")
            raise ValueError(
                f"there is no group {name!r} in this graph\n"
                + (
                    there
                    if known
                    else "There are none in it: nothing repeats, and no module was called."
                )
            )
        found.append(group)
    return found


_MOST_LISTED = 20
#: A page draws up to 2,000 elements, and a box with what belongs to it has 20 to 25.
_MOST_UNITS = 72


def fold_graph(
    traced: TracedGraph, root: Group, most: int, unfolded: Sequence[Group] = ()
) -> FoldedGraph:
    """`traced` with at most `most` boxes for operations, and as many more in each unfolded group."""
    return _merged(traced, _View(traced, root, most, set(unfolded)))


def at_most(traced: TracedGraph, root: Group, most: int, unfolded: Sequence[Group]) -> list[Group]:
    """`unfolded` without those that were unfolded first, where all of them are more than a page draws."""
    kept = list(unfolded)
    while len(kept) > 1 and len(_View(traced, root, most, set(kept)).units) > _MOST_UNITS:
        # What the last one stands in has to stay, and is not what takes the room.
        first = next((each for each in kept[:-1] if kept[-1] not in each.within()), None)
        if first is None:
            break
        kept = [each for each in kept if each is not first and each not in first.within()]
    return kept


class _View:
    """Which operations and groups are seen, and in which frames.

    Attributes:
        units: what is seen, in order: operations by their numbers, and folded groups.
        frame_of: the frame of each unit.
        unit_of: for each operation, the unit that shows it.
    """

    def __init__(self, traced: TracedGraph, root: Group, most: int, unfolded: set[Group]) -> None:
        self.traced = traced
        self.most = most
        self.unfolded = unfolded
        self.wanted = _with_outer(root, unfolded)
        self.operations = [index for index, each in enumerate(traced.vertices) if each.is_operation]
        self.units: list[Group | int] = []
        self.frame_of: list[int | None] = []
        self.frames: list[tuple[Group, int | None]] = []
        self.unit_of = [0] * len(self.operations)
        self._see(root, None)

    def _see(self, scope: Group, frame: int | None) -> None:
        """Show what is in `scope`, unfolded as far as there is room, and what is wanted in frames."""
        open_ = _fitting(scope, self.most)
        waiting = list(reversed(scope.members))
        while waiting:
            member = waiting.pop()
            if isinstance(member, Group) and member in self.unfolded:
                self._frame(member, frame)
            elif isinstance(member, Group) and member in open_:
                waiting += reversed(member.members)
            elif isinstance(member, Group) and member in self.wanted:
                self._frame(member, frame)
            else:
                self._show(member, frame)

    def _frame(self, group: Group, outer: int | None) -> None:
        self.frames.append((group, outer))
        self._see(group, len(self.frames) - 1)

    def _show(self, member: Group | int, frame: int | None) -> None:
        start, stop = (
            (member, member + 1) if isinstance(member, int) else (member.start, member.stop)
        )
        self.unit_of[start:stop] = [len(self.units)] * (stop - start)
        self.units.append(member)
        self.frame_of.append(frame)

    def innermost(self, frames: Sequence[int | None]) -> int | None:
        """The innermost frame that has all of `frames` in it."""
        shared, *others = [self._chain(each) for each in frames]
        for each in others:
            while shared != each[: len(shared)]:
                shared.pop()
        return shared[-1] if shared else None

    def _chain(self, frame: int | None) -> list[int]:
        found = []
        while frame is not None:
            found.append(frame)
            frame = self.frames[frame][1]
        return found[::-1]

    def box(self, group: Group) -> Vertex:
        """A group as one vertex; its value is the one that goes on, if it is one alone."""
        inside = self.operations[group.start : group.stop]
        vertices, uses = self.traced.vertices, self.traced.uses
        out = [
            index
            for index in inside
            if index == self.operations[-1]
            or any(uses[use].target > inside[-1] for use in vertices[index].uses)
        ]
        last = vertices[out[-1]]
        places = {vertices[index].place for index in inside}
        alone = len(out) == 1
        return replace(
            last,
            name="fold",
            value=last.value if alone else None,
            shape=last.shape if alone else None,
            gradient=last.gradient if alone else None,
            count=group.count,
            group=group,
            outputs=len(out),
            place=last.place if len(places) == 1 else None,
            uses=[],
            made_of=[],
            call=None,
        )


def _with_outer(root: Group, unfolded: set[Group]) -> set[Group]:
    """The groups in which there is an unfolded one, and these themselves."""
    wanted: set[Group] = set()

    def holds(group: Group) -> bool:
        inner = [each for each in group.members if isinstance(each, Group) and holds(each)]
        if inner or group in unfolded:
            wanted.add(group)
        return group in wanted

    if unfolded:
        holds(root)
    return wanted


def _fitting(scope: Group, most: int) -> set[Group]:
    """The groups in `scope` that can be unfolded without a frame, before there are too many boxes.

    The outermost come first. Groups of the same kind, as deep as each other, are treated alike.
    """
    shown = len(scope.members)
    fitting: set[Group] = set()
    level = [scope]
    while level:
        kinds: dict[str, list[Group]] = {}
        for outer in level:
            for each in outer.members:
                if isinstance(each, Group) and not each.apart:
                    kinds.setdefault(each.kind, []).append(each)
        level = []
        for groups in kinds.values():
            more = sum(len(each.members) - 1 for each in groups)
            if shown + more <= most:
                shown += more
                fitting.update(groups)
                level += groups
    return fitting


def _merged(traced: TracedGraph, view: _View) -> FoldedGraph:
    """The graph of what is seen; between folded groups the uses are merged, and their shares added."""
    number = {index: place for place, index in enumerate(view.operations)}
    # Each vertex of the whole graph is seen as a unit, or as itself if it is a leaf.
    seen_as: list[int | None] = [None] * len(traced.vertices)
    drawn: list[tuple[int, Vertex]] = []
    hidden: dict[int, list[int]] = {}
    for index, vertex in enumerate(traced.vertices):
        if vertex.is_operation:
            seen_as[index] = view.unit_of[number[index]]
            continue
        users = {view.unit_of[number[traced.uses[use].target]] for use in vertex.uses}
        (user, *others) = users
        if not others and isinstance(view.units[user], Group):
            seen_as[index] = user
            hidden.setdefault(user, []).append(index)
            continue
        frame = view.innermost([view.frame_of[each] for each in users])
        drawn.append((index, replace(vertex, uses=[], made_of=[], call=None, frame=frame)))
    places = {}
    for unit, member in enumerate(view.units):
        place = view.operations[member if isinstance(member, int) else member.stop - 1]
        if isinstance(member, int):
            vertex = replace(traced.vertices[place], uses=[], made_of=[], call=None)
        else:
            vertex = view.box(member)
            vertex.hidden = hidden.get(unit, [])
        vertex.frame = view.frame_of[unit]
        drawn.append((place, vertex))
        places[place] = unit
    drawn.sort(key=lambda pair: pair[0])
    # From units and leaves to what is drawn.
    at_unit = {places[place]: at for at, (place, vertex) in enumerate(drawn) if vertex.is_operation}
    at_leaf = {place: at for at, (place, vertex) in enumerate(drawn) if not vertex.is_operation}

    def at(index: int) -> int:
        unit = seen_as[index]
        return at_leaf[index] if unit is None else at_unit[unit]

    vertices = [vertex for _, vertex in drawn]
    uses = _uses(traced, vertices, at)
    frames = [
        Unfolded(group, outer, view.box(group), view.operations[group.stop - 1])
        for group, outer in view.frames
    ]
    return FoldedGraph(vertices, uses, traced.remembered, frames, [index for index, _ in drawn])


def _uses(traced: TracedGraph, vertices: list[Vertex], at: Callable[[int], int]) -> list[Use]:
    """The uses between what is drawn; those of folded groups are merged.

    The shares of one value are added; those of several values are put one behind the other.
    """
    uses: list[Use] = []
    merged: dict[tuple[int, int], Use] = {}
    shares: dict[tuple[int, int], dict[int, Array | None]] = {}
    for use in traced.uses:
        source, target = at(use.source), at(use.target)
        if source == target:
            continue
        moved = replace(use, source=source, target=target, values=(use.source,))
        if vertices[source].group is not None or vertices[target].group is not None:
            found = shares.setdefault((source, target), {})
            found[use.source] = _sum(found.get(use.source), use.share)
            if (source, target) in merged:
                merged[source, target].count += 1
                continue
            moved.slope, moved.summed = None, ()
            merged[source, target] = moved
        vertices[source].uses.append(len(uses))
        vertices[target].made_of.append(len(uses))
        uses.append(moved)
    for pair, use in merged.items():
        use.values = tuple(shares[pair])
        several = [each for each in shares[pair].values() if each is not None]
        use.share = several[0] if len(several) == 1 else None
        if len(several) > 1:
            use.share = np.concatenate([each.ravel() for each in several])
    return uses


def _sum(a: Array | None, b: Array | None) -> Array | None:
    if a is None or b is None:
        return b if a is None else a
    return a + b
