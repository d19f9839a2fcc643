"""Which module is being called, and inside of which others: known only while somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    from .module import Module

#: A module that is called, and the call that this is a part of. Each call is an object of its own.
Call = tuple["Module", Union["Call", None]]


class Watch:
    """The calls that are going on.

    Attributes:
        on: whether anybody wants to know.
        innermost: the call whose forward is being computed.
    """

    __slots__ = ("innermost", "on")

    def __init__(self) -> None:
        self.on = False
        self.innermost: Call | None = None

    def through(self, module: Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What the module's forward and hooks return; meanwhile `innermost` is this call of it."""
        outer = self.innermost
        self.innermost = (module, outer)
        hooks = module._hooks
        try:
            if hooks is None:
                return module.forward(*args, **kwargs)
            return hooks.call(module, args, kwargs)
        finally:
            self.innermost = outer


#: Switched on and off by `viz.remember` and `viz.forget`.
calls = Watch()


def chain(call: Call | None) -> list[Call]:
    """A call and those that it is a part of, the outermost first."""
    found = []
    while call is not None:
        found.append(call)
        call = call[1]
    return found[::-1]
