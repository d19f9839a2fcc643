"""The graphs that a page has shown last, so that it can show them again with other groups unfolded."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...dtypes import Array
from .group import Group
from .trace import TracedGraph

#: How many are kept, and of how many bytes together: a page's memory is small.
_MOST = 8
_MOST_BYTES = 64_000_000


@dataclass(frozen=True)
class Picture:
    """What is needed to draw a graph, whatever of it is unfolded.

    Attributes:
        traced: all of it.
        root: its groups.
        most: how many boxes are drawn of what is in a group.
    """

    traced: TracedGraph
    root: Group
    most: int

    def alone(self) -> Picture:
        """The same as plain numbers, which no later change of a tensor reaches, and no tensor or module."""
        vertices = [
            replace(each, value=_copy(each.value), call=None) for each in self.traced.vertices
        ]
        return replace(self, traced=replace(self.traced, vertices=vertices))

    def arrays(self) -> Iterator[Array]:
        """All its numbers."""
        for vertex in self.traced.vertices:
            yield from (each for each in (vertex.value, vertex.gradient) if each is not None)
        for use in self.traced.uses:
            yield from (each for each in (use.slope, use.share) if each is not None)


class Kept:
    """Pictures by a key, the last ones that were asked for."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[str, tuple[Picture, int]] = OrderedDict()

    def keep(self, key: str, picture: Picture) -> None:
        """Keep it, unless it alone is too large; what was not asked for the longest time goes."""
        # An array that stands at two places is one.
        size = sum({id(each): each.nbytes for each in picture.arrays()}.values())
        self._pictures.pop(key, None)
        if size <= _MOST_BYTES:
            self._pictures[key] = picture, size
        while len(self._pictures) > _MOST or self._bytes > _MOST_BYTES:
            self._pictures.popitem(last=False)

    def find(self, key: str) -> Picture | None:
        """The picture, if it is still kept."""
        if key not in self._pictures:
            return None
        self._pictures.move_to_end(key)
        return self._pictures[key][0]

    @property
    def _bytes(self) -> int:
        return sum(size for _, size in self._pictures.values())


def _copy(array: Array | None) -> Array | None:
    return None if array is None else array.copy()
