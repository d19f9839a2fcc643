"""Warnings of what is legal but usually wrong: a forgotten zero_grad, a dead unit, the first NaN.

Each names the line of the program that it is about, and appears once for that line. Python's own filter
switches them off, all or one kind, here and under PyTorch alike::

    import warnings
    warnings.simplefilter("ignore")

A warning that comes too often is read by nobody, so each waits until it can be sure:

- Gradients may be added up over several backward passes on purpose. What nobody wants is that a gradient
  which a step has already used is added to, and used again. So one is suspected when it is added to after
  its parameter has changed, and the warning comes when the next step uses it.
- A unit is silent for one batch easily, and a gradient underflows. A unit counts as dead when its bias has
  received exactly no blame in 200 steps on end, while other units of its layer have, and when its ReLU was
  0 for every example of them: see `optim/step_watcher.py`.
- A NaN is looked for in the loss alone, where it arrives in any case.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from .autograd.node import Node
from .autograd.watching import Watcher
from .tensor import Tensor
from .warning import warn


class TeachingWarning(UserWarning):
    """Something legal that is usually a mistake."""


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """For passes that the library makes for itself, such as those of a diagram."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", TeachingWarning)
        yield


class _Teacher(Watcher):
    """Looks on from the start, and warns."""

    def adding(self, leaf: Tensor, held: Tensor) -> None:
        """See whether a gradient that is added to was used by a step already."""
        _notice_accumulation(leaf, held)

    def started(self, loss: Tensor) -> None:
        """See whether the loss is a number."""
        if loss.array != loss.array:  # only NaN differs from itself
            _warn_of_nan(loss)


_Teacher().begin()


# The forgotten zero_grad


def _notice_accumulation(leaf: Tensor, gradient: Tensor) -> None:
    now = leaf.version_counter[0]
    changed = gradient.made_at not in (None, now)
    gradient.made_at = now
    if not changed and not gradient.stale:
        return
    if not gradient.array.any():
        gradient.stale = False  # it was set to 0, to begin again
    elif not changed:
        return
    elif gradient.stale:
        warn_of_stale(".grad was added to")
    else:
        gradient.stale = True


def warn_of_stale(what: str) -> None:
    """Say that a gradient holds that of an earlier step as well, and `what` is done with it."""
    warn(
        f"{what} although it still held the gradient of an earlier step: was zero_grad() forgotten?\n"
        "backward() adds to .grad. Call optimizer.zero_grad() once in each step, before loss.backward(); "
        "by hand, w.grad = None.",
        TeachingWarning,
    )


# The first NaN


def _warn_of_nan(loss: Tensor) -> None:
    leaves = _leaves_of(loss)
    if any(np.isnan(each.array).any() for each in leaves):
        why = (
            "A parameter is NaN already: the steps before were too large, or a gradient was NaN. Try a "
            "smaller learning rate."
        )
    else:
        why = (
            "Every parameter is still a number, so an operation made it: a logarithm or a root of a "
            "negative number, 0 / 0, or inf - inf. `with torch.autograd.detect_anomaly():` around the "
            "step finds which."
        )
    warn(f"the loss is NaN, not a number.\n{why}", TeachingWarning)


def _leaves_of(result: Tensor) -> Iterable[Tensor]:
    waiting: list[Any] = [result.node]
    seen: set[Any] = set()
    while waiting:
        edge = waiting.pop()
        if edge is None or edge in seen:
            continue
        seen.add(edge)
        if isinstance(edge, Node):
            waiting.extend(edge.edges)
        else:
            yield edge
