"""The same diagram drawn again and again while its numbers change, in one place."""

from __future__ import annotations

import itertools
import json
import time
import weakref
from collections.abc import Callable

from ... import host
from ...host.contract import PATCH, TABLE
from ..kit.diagram import Diagram
from .patch import Drawing, Restructured, differences, numbered, steady

#: Nobody sees more frames than this.
MOST_FRAMES_A_SECOND = 60.0
#: Drawing all live diagrams takes at most this part of the time: the rest is for training. An epoch of a
#: small network takes a third of the time that drawing it takes, and each is to be seen.
LARGEST_PART = 0.75
#: Seconds of training whose part is kept for later drawings: several are then drawn after the same epoch.
LONGEST_SAVED = 0.05

_names = itertools.count(1)
_waiting: weakref.WeakSet[live] = weakref.WeakSet()
#: Until when no live diagram may be drawn, since drawing has had its part of the time.
_rest_until = 0.0


def settle() -> None:
    """Draw every live diagram whose last change was not drawn yet."""
    for each in list(_waiting):
        each.finish()


host.at_end.append(settle)


class live:  # noqa: N801 - used as `with live(...)` and as a call
    """A diagram that is drawn anew, in place, whenever `update` is called and it is time.

    >>> import backprop as torch
    >>> from backprop import viz
    >>> model = torch.nn.Linear(2, 1)
    >>> view = viz.live(lambda: viz.network(model))
    >>> for epoch in range(3):
    ...     view.update()
    >>> view.diagram.title
    'A network of 2 and 1 neurons'

    However often `update` is called, at most 60 drawings are made in a second, and all live diagrams
    together take at most three quarters of the time. The last state is always drawn: at the end of a
    ``with`` block, at the end of a cell in the page, or when the diagram is asked for. Outside of the page
    only that last one is shown.

    Args:
        draw: returns the diagram of how things are now; called with nothing.

    Raises:
        TypeError: `draw` cannot be called, or returns no diagram.
    """

    def __init__(self, draw: Callable[[], Diagram]) -> None:
        if not callable(draw):
            raise TypeError(
                f"live() needs a function that draws, not {type(draw).__name__}\n"
                "Put the diagram into one: viz.live(lambda: viz.network(model))."
            )
        self.draw = draw
        self.name = f"live-{next(_names)}"
        self.frame = 0
        self._shown: Drawing | None = None
        self._told: Drawing | None = None
        self._diagram: Diagram | None = None
        self._changed = False
        self._next = 0.0
        if host.display is not None:
            self._show(last=False)

    @property
    def diagram(self) -> Diagram:
        """The diagram of the last update."""
        if self._diagram is None or self in _waiting:
            self.finish()
        assert self._diagram is not None
        return self._diagram

    def update(self) -> None:
        """Things have changed: draw them, now if it is time, and at the end at the latest."""
        _waiting.add(self)
        self._changed = True
        if host.display is None:
            return
        # Of several, the one that has waited longest: else the first in the loop would be the only one.
        due = min((each for each in _waiting if each._changed), key=lambda each: each._next)
        if time.perf_counter() >= max(due._next, _rest_until):
            due._show(last=False)

    def finish(self) -> None:
        """Draw how things are now, whether or not it is time."""
        _waiting.discard(self)
        self._show(last=True)

    def __enter__(self) -> live:
        return self

    def __exit__(self, *error: object) -> None:
        self.finish()

    def _ipython_display_(self) -> None:
        """Where it stands on the page already, showing it means to draw it as it is now."""
        if host.display is None:
            raise NotImplementedError
        self.finish()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """The last drawing."""
        return self.diagram._repr_mimebundle_()

    def __repr__(self) -> str:
        return repr(self.diagram)

    def _show(self, *, last: bool) -> None:
        global _rest_until
        start = time.perf_counter()
        diagram = self.draw()
        if not isinstance(diagram, Diagram):
            raise TypeError(
                f"the function given to live() returned {type(diagram).__name__}, not a diagram\n"
                "Let it return what a function of viz returns, such as viz.network(model)."
            )
        self._diagram, self._changed = diagram, False
        if host.display is not None:
            self._send(diagram, last, host.display)
        # Paced from when it was due, not from when it was drawn: epochs a little shorter than a frame
        # would else be drawn every other time.
        self._next = max(self._next, start - 1 / MOST_FRAMES_A_SECOND) + 1 / MOST_FRAMES_A_SECOND
        taken = time.perf_counter() - start
        _rest_until = max(_rest_until, start - LONGEST_SAVED) + taken / LARGEST_PART

    def _send(
        self, diagram: Diagram, last: bool, display: Callable[[dict[str, str]], None]
    ) -> None:
        self.frame += 1
        frame = steady(diagram.root, self._shown)
        bundle: dict[str, str] = {}
        try:
            if self._shown is None:
                raise Restructured
            changes = differences(self._shown, frame, self._told if last else None)
        except Restructured:
            frame = steady(diagram.root, None)
            bundle["image/svg+xml"] = str(numbered(frame.root, self.name, diagram.title))
            last = True  # the whole SVG has everything in it
        else:
            patch = {"live": self.name, "frame": self.frame, "last": last, "changes": changes}
            bundle[PATCH] = json.dumps(patch, ensure_ascii=False)
        self._shown = frame
        if last:
            self._told = frame
            bundle[TABLE] = diagram.table.json()
        display(bundle | {"text/plain": repr(diagram)})
