"""When, in the steps of a drawing, each value appears and each gradient."""

from __future__ import annotations

from .trace import TracedGraph


class Times:
    """In which step each value appears, and each gradient."""

    def __init__(self, traced: TracedGraph) -> None:
        operations = [index for index, each in enumerate(traced.vertices) if each.is_operation]
        count = len(operations)
        self.order = operations
        self.forward = {index: place + 1 for place, index in enumerate(operations)}
        self.backward = {index: 2 * count - place for place, index in enumerate(operations)}
        self.gradient = {
            index: max(
                (
                    self.backward[traced.uses[use].target]
                    for use in vertex.uses
                    if traced.uses[use].share is not None
                ),
                default=count + 1,
            )
            for index, vertex in enumerate(traced.vertices)
        }
