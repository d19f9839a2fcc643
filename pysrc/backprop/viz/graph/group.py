"""Operations that belong together and can be drawn as one box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(eq=False)
class Group:
    """Operations that follow each other and can be drawn as one box.

    Attributes:
        name: what `graph(..., open=[name])` takes; no two groups of a graph have the same.
        title: what stands in its box, such as "encoder.0 · Linear".
        kind: groups of the same kind that stand side by side are folded and unfolded together.
        members: what is seen when it is unfolded: groups, and operations by their numbers, from 0.
        start: the first of its operations.
        stop: the one after its last.
        apart: it is unfolded only where somebody asks for that.
    """

    name: str
    title: str
    kind: str
    members: list[Group | int]
    start: int
    stop: int
    apart: bool = False

    @property
    def count(self) -> int:
        """How many operations are in it."""
        return self.stop - self.start

    def __str__(self) -> str:
        return f"{self.title}: {operations(self.count)}"

    def within(self) -> Iterator[Group]:
        """All groups in this one, the outermost first."""
        level = [self]
        while level:
            level = [each for group in level for each in group.members if isinstance(each, Group)]
            yield from level


def operations(count: int) -> str:
    """A number of operations, in words."""
    return f"{count:,} operation{'' if count == 1 else 's'}"
