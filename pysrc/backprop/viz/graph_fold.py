"""Making a large graph small enough to look at: what repeats, or what is in the middle, becomes one box."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..dtypes import Array
from .graph_trace import TracedGraph, Use, Vertex

#: The longest repeated part that is looked for, in operations.
_LONGEST_PERIOD = 200
#: More inputs than this of one folded part become one box as well.
_MOST_INPUTS = 6


@dataclass
class _Fold:
    """Operations from `start` up to `stop`, counted among operations alone, that become one box."""

    start: int
    stop: int
    label: str


def fold_graph(traced: TracedGraph, most: int) -> TracedGraph:
    """`traced` with at most about `most` operations: the first and the last stay as they are.

    Where operations repeat, as in a loop, whole rounds are folded: the first and the last one stay.
    """
    operations = [index for index, each in enumerate(traced.vertices) if each.is_operation]
    if len(operations) <= most:
        return traced
    fold = _rounds(traced, operations, most) or _middle(len(operations), most)
    return _merged(traced, operations, fold)


def _rounds(traced: TracedGraph, operations: list[int], most: int) -> _Fold | None:
    """The rounds of a loop but the first and the last, if that makes the graph small enough."""
    numbers: dict[tuple[object, ...], int] = {}
    keys = np.array(
        [
            numbers.setdefault((vertex.name, vertex.place), len(numbers))
            for vertex in (traced.vertices[index] for index in operations)
        ]
    )
    best: tuple[int, int, int] | None = None
    for period in range(1, min(_LONGEST_PERIOD, len(keys) // 4) + 1):
        same = np.concatenate([[False], keys[period:] == keys[:-period], [False]])
        edges = np.flatnonzero(same[1:] != same[:-1])
        if not len(edges):
            continue
        lengths = edges[1::2] - edges[::2]
        longest = int(lengths.argmax())
        covered = int(lengths[longest]) + period
        if covered >= 4 * period and (best is None or covered > best[0] + period):
            best = covered, period, int(edges[2 * longest])
    if best is None:
        return None
    covered, period, start = best
    rounds = covered // period
    hidden = (rounds - 2) * period
    if len(operations) - hidden > most:
        return None
    first = start + period
    lines = {traced.vertices[index].place for index in operations[first : first + period]}
    # Several lines that repeat are a loop; operations of one line, such as model(x), are layers.
    what = "more rounds" if len(lines) > 1 else "such layers"
    return _Fold(first, first + hidden, f"{rounds - 2:,} {what}")


def _middle(count: int, most: int) -> _Fold:
    kept = max(most - 1, 2)
    start, stop = kept // 2, count - (kept - kept // 2)
    return _Fold(start, stop, f"{stop - start:,} operations")


def _merged(traced: TracedGraph, operations: list[int], fold: _Fold) -> TracedGraph:
    """The graph with the folded operations, and the inputs that only they use, as single boxes."""
    inside = set(operations[fold.start : fold.stop])
    last = operations[fold.stop - 1]
    sources = [
        index
        for index, vertex in enumerate(traced.vertices)
        if not vertex.is_operation and all(traced.uses[use].target in inside for use in vertex.uses)
    ]
    many = set(sources) if len(sources) > _MOST_INPUTS else set()
    vertices: list[Vertex] = []
    renamed: dict[int, int] = {}
    group = inputs = -1
    for index, vertex in enumerate(traced.vertices):
        if index in many:
            if inputs < 0:
                inputs = len(vertices)
                learns = any(traced.vertices[each].learns for each in many)
                label = f"{len(many):,} inputs"
                vertices.append(Vertex("", label, learns, count=len(many)))
            renamed[index] = inputs
        elif index in inside:
            if index == last:
                group = len(vertices)
                vertices.append(
                    replace(
                        vertex,
                        name="fold",
                        label=fold.label,
                        count=len(inside),
                        uses=[],
                        made_of=[],
                    )
                )
        else:
            renamed[index] = len(vertices)
            vertices.append(replace(vertex, uses=[], made_of=[]))
    renamed |= dict.fromkeys(inside, group)
    merged: dict[tuple[int, int], Use] = {}
    uses: list[Use] = []
    for use in traced.uses:
        source, target = renamed[use.source], renamed[use.target]
        if source == target:
            continue
        if group in (source, target) or inputs == source:
            known = merged.get((source, target))
            if known is not None:
                known.share = _sum(known.share, use.share)
                known.count += 1
                continue
        moved = replace(use, source=source, target=target)
        if group in (source, target) or inputs == source:
            moved.slope, moved.summed = None, ()
            merged[source, target] = moved
        vertices[source].uses.append(len(uses))
        vertices[target].made_of.append(len(uses))
        uses.append(moved)
    return TracedGraph(*_sorted(vertices, uses), traced.remembered)


def _sum(a: Array | None, b: Array | None) -> Array | None:
    if a is None or b is None:
        return b if a is None else a
    return a + b if a.shape == b.shape else np.concatenate([a.ravel(), b.ravel()])


def _sorted(vertices: list[Vertex], uses: list[Use]) -> tuple[list[Vertex], list[Use]]:
    """Sources first: a value that both a fold and an operation before it use comes before both."""
    order = sorted(range(len(vertices)), key=lambda index: (vertices[index].is_operation, index))
    place = {index: number for number, index in enumerate(order)}
    for use in uses:
        use.source, use.target = place[use.source], place[use.target]
    return [vertices[index] for index in order], uses
