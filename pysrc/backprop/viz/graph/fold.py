"""Making a large graph small enough to look at: groups become boxes, but for those that are unfolded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...dtypes import Array
from .group import Group
from .trace import TracedGraph, Use, Vertex
from .view import View


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
    return _merged(traced, View(traced, root, most, set(unfolded)))


def at_most(traced: TracedGraph, root: Group, most: int, unfolded: Sequence[Group]) -> list[Group]:
    """`unfolded` without those that were unfolded first, where all of them are more than a page draws."""
    kept = list(unfolded)
    while len(kept) > 1 and len(View(traced, root, most, set(kept)).units) > _MOST_UNITS:
        # What the last one stands in has to stay, and is not what takes the room.
        first = next((each for each in kept[:-1] if kept[-1] not in each.within()), None)
        if first is None:
            break
        kept = [each for each in kept if each is not first and each not in first.within()]
    return kept


def _merged(traced: TracedGraph, view: View) -> FoldedGraph:
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
