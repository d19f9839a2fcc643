"""Several recorded runs as plain numbers, and which of them diverge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...dtypes import Array
from ..history.recording import Run
from ..kit.given import numbers_of

MOST_RUNS = 8
#: A run that grows to this many times what it began with, and 1, is said to diverge, while it is finite too.
DIVERGING = 1e6
#: A run that diverges is shown until it is this many times as large as all others are, or began.
SHOWN_OF_IT = 1e3


@dataclass
class Series:
    """One run.

    Attributes:
        name: what it is called.
        steps: (n,), their numbers from 1, with the `values` there.
    """

    name: str
    steps: Array
    values: Array

    @property
    def broken(self) -> int | None:
        """Where in `values` is the first that is not finite, if none is finite any more from there on."""
        odd = np.flatnonzero(~np.isfinite(self.values))
        return int(odd[0]) if len(odd) and len(self.values) == odd[0] + len(odd) else None

    @property
    def gaps(self) -> int:
        """How many values are no finite numbers, if it goes on after them."""
        return len(self.values) - len(self.finite) if self.broken is None else 0

    @property
    def grown(self) -> bool:
        """Whether it diverges though all its numbers are finite."""
        sizes = np.abs(self.finite)
        began = max(float(sizes[sizes > 0][:1].max(initial=0.0)), 1.0)
        return bool(sizes.max(initial=0.0) > DIVERGING * began)

    @property
    def diverges(self) -> bool:
        """Whether it is no number any more, or will soon be none."""
        return self.broken is not None or self.grown

    @property
    def finite(self) -> Array:
        """The values that are numbers."""
        return self.values[np.isfinite(self.values)]


def trace_curves(runs: Any, name: str) -> list[Series]:
    """What was given to `curves`, one `Series` for each run.

    Raises:
        TypeError: it holds something else than real numbers.
        ValueError: there is no run, there are too many, or one is not a row of numbers.
    """
    named = runs if isinstance(runs, Mapping) else {name: runs}
    if not named:
        raise ValueError(
            "there are no runs to draw\n"
            'Name each of them: viz.curves({"lr 0.1": losses, "lr 1": other_losses}).'
        )
    if len(named) > MOST_RUNS:
        raise ValueError(
            f"curves() draws up to {MOST_RUNS} runs, not {len(named):,}\n"
            "More cannot be told apart: draw those that differ most, or call it twice."
        )
    return [_series(str(name), run) for name, run in named.items()]


def _series(name: str, run: Any) -> Series:
    if isinstance(run, Run):
        return Series(
            name,
            np.array([each.step for each in run.moments], float),
            np.array([each.loss for each in run.moments], float),
        )
    values = numbers_of(run, f"the run {name!r}")
    if values.ndim != 1:
        raise ValueError(
            f"the run {name!r} has shape {values.shape}, not a row of numbers\n"
            "Pass one number for each step, such as the list of all losses."
        )
    return Series(name, np.arange(1.0, len(values) + 1), values)


def shown_range(found: list[Series]) -> Array:
    """The numbers that the scale has to show: all, but only the beginning of what diverges."""
    shown = [each.finite[: 1 if each.diverges else None] for each in found]
    most = np.abs(np.concatenate(shown)).max(initial=0.0)
    for each in found:
        if each.diverges:
            shown.append(each.finite[np.abs(each.finite) <= SHOWN_OF_IT * most])
    return np.concatenate(shown)
