"""What each parameter was before its last step: kept only while `viz.remember` is on.

A step is whatever changes a parameter after a gradient has reached it: an optimizer of any kind, or
``w -= 0.1 * w.grad``. So the parameter is looked at whenever a gradient reaches it. If it is no longer
what it was the last time, a step was made in between, and what it was then it was before that step.
"""

from __future__ import annotations

import weakref

import numpy as np

from ...autograd.watching import Watcher, of_arrivals
from ...dtypes import Array
from ...tensor import Tensor


class Past:
    """What is known of the past of one parameter.

    Attributes:
        seen: what it was when a gradient reached it last, and `version` how often it had been changed.
        before: what it was before the last step that was over by then, or None.
    """

    def __init__(self, parameter: Tensor) -> None:
        self.parameter = weakref.ref(parameter)
        self.seen = parameter.array.copy()
        self.version = parameter.version_counter[0]
        self.before: Array | None = None

    def changed(self, parameter: Tensor) -> bool:
        """Whether a step was made since. The version does not count changes through ``.data``."""
        return self.version != parameter.version_counter[0] or not np.array_equal(
            self.seen, parameter.array, equal_nan=True
        )

    def update(self, parameter: Tensor) -> None:
        """Look at the parameter again, if it has changed."""
        if not self.changed(parameter):
            return
        now, oldest = parameter.array, self.before
        self.before, self.version = self.seen, parameter.version_counter[0]
        if oldest is None or oldest.shape != now.shape or oldest.dtype != now.dtype:
            self.seen = now.copy()
        else:
            # For a large layer, new memory in each step would take longer than the step.
            np.copyto(oldest, now)
            self.seen = oldest


_known: weakref.WeakSet[Past] = weakref.WeakSet()


class _Onlooker(Watcher):
    """Looks at each parameter when a gradient has reached it."""

    def arrived(self, leaf: Tensor) -> None:
        """See whether a step was made since the last time."""
        if leaf.node is not None:
            return
        past: Past | None = leaf.past
        if past is not None and past in _known:
            past.update(leaf)
        else:
            leaf.past = past = Past(leaf)
            _known.add(past)


_onlooker = _Onlooker()


def begin() -> None:
    """From here on, keep what parameters are before each step."""
    _onlooker.begin()


def end() -> None:
    """Keep nothing more. Later steps are not seen, so the one that was made last is settled now."""
    _onlooker.end()
    for past in list(_known):
        parameter = past.parameter()
        if parameter is not None:
            past.update(parameter)
    _known.clear()


def is_kept() -> bool:
    """Whether steps are seen at present."""
    return _onlooker in of_arrivals


def before_last_step(parameter: Tensor) -> Array | None:
    """What `parameter` was before its last step, or None if no step was seen, or others since.

    The next backward writes over it.
    """
    past: Past | None = parameter.past
    if past is None:
        return None
    before = past.before
    if past.changed(parameter):
        before = past.seen if past in _known else None
    return before if before is not None and before.shape == parameter.array.shape else None
