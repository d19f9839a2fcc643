"""Which operations and groups of a graph are seen, and in which frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .group import Group
from .trace import TracedGraph, Vertex


class View:
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
