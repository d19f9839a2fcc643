"""What belongs together in a computation: the calls of modules, and the rounds of loops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...nn.module import Module
from ..kit.steps import node_id
from ..layouts.repeats import Repeat, repeats
from ..memory.operations import Call, chain
from .group import Group
from .trace import TracedGraph, Vertex


def grouped(traced: TracedGraph, paths: Mapping[Module, str], most: int) -> Group:
    """All operations of a graph in groups of at most `most` members each.

    Args:
        traced: what was computed.
        paths: what modules are called, such as "encoder.0": see `paths_of`.
        most: the largest number of members.
    """
    vertices = [each for each in traced.vertices if each.is_operation]
    root = _Part((), 0, len(vertices), parts=_parts(vertices))
    return _Grouping(dict(paths), most).whole(root)


def paths_of(items: Iterable[tuple[str, object]]) -> dict[Module, str]:
    """What modules are called, from pairs of a name and whatever it stands for; the first name counts."""
    found: dict[Module, str] = {}
    for name, value in items:
        if isinstance(value, Module):
            for inner, module in value.named_modules():
                found.setdefault(module, ".".join(each for each in (name, inner) if each))
    return found


@dataclass(eq=False)
class _Part:
    """An operation, or a call of a module with what was computed in it.

    Attributes:
        key: two parts with the same were computed in the same way.
        start: the first of its operations, and `stop` the one after its last.
        module: whose call it is, the outermost one if it is one operation alone.
        parts: what it is made of; nothing for an operation.
    """

    key: Hashable
    start: int
    stop: int
    module: Module | None = None
    parts: list[_Part] = field(default_factory=list)


def _parts(vertices: Sequence[Vertex]) -> list[_Part]:
    """The operations in order, those of each module's call together."""
    root = _Part((), 0, 0)
    keys: dict[Hashable, int] = {}
    going_on: list[tuple[Call, _Part]] = []

    def end_beyond(depth: int) -> None:
        while len(going_on) > depth:
            call, part = going_on.pop()
            outer = going_on[-1][1] if going_on else root
            outer.parts.append(_ended(part, call, keys))

    for number, vertex in enumerate(vertices):
        calls = chain(vertex.call)
        same = 0
        while same < min(len(calls), len(going_on)) and calls[same] is going_on[same][0]:
            same += 1
        end_beyond(same)
        going_on += [(call, _Part((), number, number)) for call in calls[same:]]
        here = going_on[-1][1] if going_on else root
        key = keys.setdefault((vertex.name, vertex.place), len(keys))
        here.parts.append(_Part(key, number, number + 1))
    end_beyond(0)
    return root.parts


def _ended(part: _Part, call: Call, keys: dict[Hashable, int]) -> _Part:
    """A call of which all is known; one that is a single part does not need a box around that."""
    module = call[0]
    if len(part.parts) == 1:
        (only,) = part.parts
        only.module = module
        return only
    part.module, part.stop = module, part.parts[-1].stop
    key = type(module), tuple([each.key for each in part.parts])
    part.key = keys.setdefault(key, len(keys))
    return part


#: Makes one group of the members from one number to another; the last argument is its `apart`.
Between = Callable[[int, int, "list[Group | int]", bool], Group]


class _Grouping:
    """Gives parts their names, and puts rounds, and whatever is too much to be seen at once, together.

    A name begins with those of the groups around it, but for modules: their paths say that already.
    `scope` is the beginning for a group within a module, `outer` that for a module within a module.
    """

    def __init__(self, paths: dict[Module, str], most: int) -> None:
        self.paths = paths
        self.most = most
        self.taken: Counter[str] = Counter()
        self.repeats: dict[tuple[Hashable, ...], list[Repeat]] = {}

    def whole(self, root: _Part) -> Group:
        members = self.few(self.members(root.parts, "", ""), "")
        return Group("", "", "", _opened(members), root.start, root.stop)

    def members(self, parts: Sequence[_Part], scope: str, outer: str) -> list[Group | int]:
        """What parts are seen as: the rounds of a loop, which repeat, are one group."""
        found: list[Group | int] = []
        keys = tuple([each.key for each in parts])
        if keys not in self.repeats:
            self.repeats[keys] = repeats(keys)
        place = 0
        for each in self.repeats[keys]:
            found += [self.member(part, scope, outer) for part in parts[place : each.start]]
            place = each.start + each.period * each.rounds
            found.append(self.loop(parts[each.start : place], each, scope, outer))
        return found + [self.member(part, scope, outer) for part in parts[place:]]

    def member(self, part: _Part, scope: str, outer: str) -> Group | int:
        if not part.parts:
            return part.start
        assert part.module is not None
        kind = type(part.module).__name__
        path = self.path(part.module)
        name = self.unique(outer + path)
        # What is in the model itself needs no name in front.
        inside = f"{name}/" if self.paths[part.module] else scope
        members = self.few(self.members(part.parts, inside, outer), inside)
        title = path if path == kind else f"{path} · {kind}"
        return Group(name, title, kind, _opened(members), part.start, part.stop)

    def loop(self, parts: Sequence[_Part], repeat: Repeat, scope: str, outer: str) -> Group:
        """The rounds of a loop: the first, those in between as one, and the last."""
        period = repeat.period
        pieces = [parts[at : at + period] for at in range(0, len(parts), period)]
        # Layers are different modules; in the rounds of a loop it is the same one again.
        layers = any(
            one.module is not other.module and one.module is not None
            for one, other in zip(pieces[0], pieces[1], strict=True)
        )
        if layers and period == 1 and pieces[0][0].parts:
            members = [self.member(part, scope, outer) for (part,) in pieces]
            return self.modules(members, outer)
        unit = "layer" if layers else "round"
        rounds = [
            self.round(piece, f"{unit} {number}", scope)
            for number, piece in enumerate(pieces, start=1)
        ]

        def between(first: int, last: int, rounds: list[Group | int], apart: bool) -> Group:
            return self.bundle(f"{unit}s {first:,} to {last:,}", unit + "s", rounds, scope, apart)

        return self.folded(rounds, between)

    def round(self, parts: Sequence[_Part], title: str, scope: str) -> Group | int:
        """What is computed in one round; a single operation stands for itself."""
        if len(parts) == 1 and not parts[0].parts:
            return parts[0].start
        name = self.unique(scope + title)
        kind = title.split()[0]
        inside = parts
        if len(parts) == 1:
            inside = parts[0].parts
            title += f" · {type(parts[0].module).__name__}"
        members = self.few(self.members(inside, f"{name}/", f"{name}/"), f"{name}/")
        return Group(name, title, kind, _opened(members), parts[0].start, parts[-1].stop)

    def modules(self, members: list[Group | int], outer: str) -> Group:
        """Modules of the same kind, one after the other."""
        groups = [each for each in members if isinstance(each, Group)]

        def between(first: int, last: int, some: list[Group | int], apart: bool) -> Group:
            kind = groups[first - 1].kind
            one, other = (groups[each - 1].title.partition(" · ")[0] for each in (first, last))
            if one.rpartition(".")[0] == other.rpartition(".")[0]:
                other = other.rpartition(".")[2]
            found = self.bundle(f"{one} to {other}", f"{kind}s", some, outer, apart)
            found.title += f" · {kind}"
            return found

        return self.folded(members, between)

    def folded(self, rounds: list[Group | int], between: Between) -> Group:
        """One group for all rounds, in which those but the first and the last are one as well."""
        last = len(rounds)
        inner = between(2, last - 1, self.pieces(rounds[1:-1], between, first=2), True)
        return between(1, last, [rounds[0], inner, rounds[-1]], False)

    def few(self, members: list[Group | int], scope: str) -> list[Group | int]:
        """At most `most` members: those in the middle become one, where there are more."""
        if len(members) <= self.most:
            return members
        kept = max(self.most - 1, 2)
        start, stop = kept // 2, len(members) - (kept - kept // 2)

        def between(first: int, last: int, some: list[Group | int], apart: bool) -> Group:
            title = f"operations {_start(some[0]) + 1:,} to {_stop(some[-1]):,}"
            return self.bundle(title, "operations", some, scope, apart)

        middle = between(start + 1, stop, self.pieces(members[start:stop], between, 1), True)
        middle.title += " in between"
        return [*members[:start], middle, *members[stop:]]

    def pieces(self, members: list[Group | int], between: Between, first: int) -> list[Group | int]:
        """At most `most` members, of ten, a hundred and so on, where there are more."""
        size = 1
        while -(-len(members) // size) > self.most:
            size *= min(self.most, 10)
        if size == 1:
            return members
        found: list[Group | int] = []
        for at in range(0, len(members), size):
            some = members[at : at + size]
            number = first + at
            inside = self.pieces(some, between, number)
            found.append(between(number, number + len(some) - 1, inside, True))
        return found

    def bundle(
        self, title: str, kind: str, members: list[Group | int], scope: str, apart: bool
    ) -> Group:
        name = self.unique(scope + title)
        start, stop = _start(members[0]), _stop(members[-1])
        return Group(name, title, kind, members, start, stop, apart)

    def path(self, module: Module) -> str:
        """What a module is called; one that has no name is called by its class, and so is all in it."""
        if module not in self.paths:
            kind = type(module).__name__
            for inner, each in module.named_modules():
                self.paths.setdefault(each, f"{kind}.{inner}" if inner else kind)
        return self.paths[module] or type(module).__name__

    def unique(self, name: str) -> str:
        name = node_id(name)
        self.taken[name] += 1
        return name if self.taken[name] == 1 else f"{name}~{self.taken[name]}"


def _start(member: Group | int) -> int:
    return member if isinstance(member, int) else member.start


def _stop(member: Group | int) -> int:
    return member + 1 if isinstance(member, int) else member.stop


def _opened(members: list[Group | int]) -> list[Group | int]:
    """A box that is the only one in another is left out."""
    while len(members) == 1 and isinstance(members[0], Group):
        members = members[0].members
    return members
