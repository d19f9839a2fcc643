"""What is wrong with a training run: gradients that vanish or explode, and units that are dead."""

from __future__ import annotations

import numpy as np

from ..dtypes import Array
from .history_record import MISSING, Run

#: A gradient this many times smaller than the largest is called vanishing.
VANISHING = 1000.0
#: One that grew this many times is called exploding.
EXPLODING = 1000.0


def remark_on(run: Run, place: int) -> str:
    """What is wrong with one parameter, in words, or ""."""
    known = _known(run, place)
    if not known.size:
        return "no gradient"
    start = np.median(known[: max(len(known) // 10, 1)])
    if not np.isfinite(known).all() or (start > 0 and known.max() > EXPLODING * start):
        return "exploding"
    later = [each.silent[place] for each in run.moments[len(run.moments) // 2 :]]
    masks = [each for each in later if each is not None]
    if masks and len(run.moments) > 2:
        dead = int(np.logical_and.reduce(masks).sum())
        if dead:
            return f"{dead} of {len(masks[0])} units dead"
    largest = max(_typical(run, each) for each in range(len(run.names)))
    if _typical(run, place) * VANISHING < largest:
        return "vanishing"
    return ""


def _typical(run: Run, place: int) -> float:
    known = _known(run, place)
    finite = known[np.isfinite(known)]
    return float(np.median(finite)) if finite.size else 0.0


def _known(run: Run, place: int) -> Array:
    """The gradients of a parameter in the steps whose backward reached it."""
    sizes = np.array([each.gradients[place] for each in run.moments])
    return sizes[sizes != MISSING]
