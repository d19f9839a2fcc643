"""What there is to say of a training run: whether it has come to its end, and what is wrong with it.

A gradient is small for one of two reasons. It *vanishes*: little blame comes through the layers above, while
their own gradients are a thousand times larger. Or nothing is left to blame anybody for: then *all* gradients
have become small together, and training has arrived, or at least ended. So what is wrong with a parameter is
judged only by the steps before, and whether it vanishes by those in which there was blame to hand on: step by
step, since the layers of a deep network that learns nothing soon have equally little.
"""

from __future__ import annotations

import math

import numpy as np

from ...dtypes import Array
from .recording import MISSING, Moment, Run

#: A gradient this many times smaller than the largest of the layers above is called vanishing.
VANISHING = 1000.0
#: There is blame to hand on while the largest gradient is not this many times smaller than at the start.
BLAMED = 10.0
#: A gradient this many times larger than the largest was at the start is called exploding.
EXPLODING = 1000.0
#: Training has ended when every gradient is this many times smaller than the largest was at the start.
ARRIVED = 1000.0


def arrival(run: Run) -> int | None:
    """From which moment on every gradient is next to nothing, so that nothing is left to learn, if ever.

    >>> from backprop.viz.history.recording import Moment, Run
    >>> sizes = [[4.0, 2.0], [0.1, 0.2], [1e-5, 1e-4], [0.0, 1e-5]]
    >>> arrival(Run(["weight", "bias"], [], [Moment(0, 0.0, [], np.array(each), []) for each in sizes]))
    2
    """
    largest = np.array([_largest(each) for each in run.moments])
    if not largest.any():
        # From the first step on: a model that is right already, if the loss says so.
        return 0 if not any(each.loss for each in run.moments) else None
    # What is no number is not next to nothing.
    going_on = np.flatnonzero(~(largest * ARRIVED < _start(largest)))
    first = int(going_on[-1]) + 1 if len(going_on) else len(largest)
    # One small gradient at the end may be chance: that of an easy batch.
    return first if len(largest) - first >= max(2, len(largest) // 10) else None


def remark_on(run: Run, place: int) -> str:
    """What is wrong with one parameter, in words, or ""."""
    known = _known(run.moments, place)
    if not known.size:
        return "no gradient"
    start = _start(np.array([_largest(each) for each in run.moments]))
    if not np.isfinite(known).all() or (start > 0 and known.max() > EXPLODING * start):
        return "exploding"
    moments = run.moments[: arrival(run)]
    later = [each.silent[place] for each in moments[len(moments) // 2 :]]
    masks = [each for each in later if each is not None]
    if masks and len(moments) > 2:
        dead = int(np.logical_and.reduce(masks).sum())
        if dead:
            return f"{dead} of {len(masks[0])} units dead"
    blamed = [each for each in moments if _largest(each) * BLAMED >= start]
    return "vanishing" if _share(blamed, place) * VANISHING < 1 else ""


def _start(sizes: Array) -> float:
    """The first of the sizes, or what is typical of the first tenth of a run, if that is more."""
    early = sizes[: max(len(sizes) // 10, 1)]
    early = early[np.isfinite(early)]
    return max(float(early[0]), float(np.median(early))) if len(early) else math.nan


def _largest(moment: Moment) -> float:
    """The largest gradient in one step; NaN if one is no number."""
    return float(moment.gradients.max(initial=0.0))


def _share(moments: list[Moment], place: int) -> float:
    """How large a gradient typically is as a part of the largest in its own layer and those above."""
    shares = []
    for each in moments:
        own, largest = each.gradients[place], each.gradients[place:].max()
        if own != MISSING and 0 < largest < math.inf:
            shares.append(float(own / largest))
    return float(np.median(shares)) if shares else 1.0


def _known(moments: list[Moment], place: int) -> Array:
    """The gradients of a parameter in the steps whose backward reached it."""
    sizes = np.array([each.gradients[place] for each in moments])
    return sizes[sizes != MISSING]
