"""What each value of a computation is called."""

from __future__ import annotations

from dataclasses import dataclass

from ..kit.numbers import plain
from ..kit.svg import clean
from ..kit.text import fitted, isolated
from .fold import FoldedGraph
from .trace import TracedGraph, Use, Vertex


@dataclass
class Names:
    """What each value is called: by the learner, or v1, v2 and so on, as textbooks do.

    Attributes:
        of: the names of what is drawn; a folded group has that of its last value.
        whole: the names of all values, folded or not: they stay the same when a group is unfolded.
    """

    of: list[str]
    whole: list[str]

    def used(self, folded: TracedGraph, use: Use) -> str:
        """What a use takes: a value, or several of a folded group."""
        if len(use.values) == 1:
            return self.whole[use.values[0]]
        group = folded.vertices[use.source].group
        where = "" if group is None else f" of {group.title}"
        return f"{len(use.values):,} values{where}"

    def user(self, folded: TracedGraph, use: Use) -> str:
        """Who uses it: an operation by the name of its value, or a folded group."""
        group = folded.vertices[use.target].group
        return self.of[use.target] if group is None else group.title

    @staticmethod
    def given(traced: TracedGraph, folded: FoldedGraph) -> Names:
        """Names for all values, no two alike but for constants that are mere numbers."""
        taken: set[str] = set()
        found = []
        counts = {"v": 0, "p": 0, "c": 0}
        for vertex in traced.vertices:
            kind = "v" if vertex.is_operation else "p" if vertex.learns else "c"
            counts[kind] += 1
            name = _legible(vertex.label) or _number(vertex) or f"{kind}{counts[kind]}"
            while name in taken and not _number(vertex):
                name += "′"
            taken.add(name)
            found.append(isolated(name))
        return Names([found[index] for index in folded.origin], found)


def _legible(label: str) -> str:
    """A name as it can stand in a sentence: in one line, and not too long for it."""
    return fitted(" ".join(clean(label).split()), 220)


def _number(vertex: Vertex) -> str:
    """A constant that is one number is called by it."""
    if vertex.is_operation or vertex.learns or vertex.label:
        return ""
    if vertex.value is None or vertex.value.size != 1:
        return ""
    return plain(float(vertex.value.item()))
