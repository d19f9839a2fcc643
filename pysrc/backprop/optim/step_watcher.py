"""What an optimizer sees of its steps: gradients that were used before, and units that are dead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..dead_units import UnitsAtZero
from ..dtypes import Array
from ..teaching import TeachingWarning, warn_of_stale
from ..tensor import Tensor
from ..warning import warn

#: How often an optimizer looks for units that might be dead, and for how many steps it then watches them.
LOOK_EVERY = 50
WATCH_FOR = 200


class StepWatcher:
    """One of these belongs to each group of an optimizer's parameters.

    Attributes:
        steps: how many steps were taken.
        silent: for each bias under suspicion, which units have had no blame since step `since`.
        shown: which units have been 0 for everything since then.
    """

    def __init__(self) -> None:
        self.steps = 0
        self.since = 0
        self.silent: dict[Tensor, Array] = {}
        self.shown: UnitsAtZero | None = None
        self.told: set[Tensor] = set()

    def __del__(self) -> None:
        self._look_away()

    def before_step(self, parameters: Sequence[Tensor]) -> None:
        """Look at the gradients that a step is about to use."""
        self.steps += 1
        if parameters:
            first = parameters[0].grad
            if first is not None and first.stale:
                for each in parameters:
                    if each.gradient is not None:
                        each.gradient.stale = False
                warn_of_stale("a step is about to use a .grad that was added to")
        if self.silent:
            self._watch()
        elif self.steps % LOOK_EVERY == 0:
            self._look(parameters)

    def _look(self, parameters: Sequence[Tensor]) -> None:
        self.since = self.steps
        for each in parameters:
            if each.gradient is not None and each.array.ndim == 1 and each not in self.told:
                silent = each.gradient.array == 0
                if silent.any() and not silent.all():
                    self.silent[each] = silent
        if self.silent:
            self.shown = UnitsAtZero(self.silent)
            self.shown.begin()

    def _watch(self) -> None:
        assert self.shown is not None
        for bias in list(self.silent):
            silent = self.silent[bias]
            if bias.gradient is None or bias.gradient.array.shape != silent.shape:
                del self.silent[bias]
                continue
            silent &= bias.gradient.array == 0
            # Nothing is known of it where it leads into no ReLU: there, a gradient of 0 is no dead unit.
            silent &= self.shown.units.get(bias, False)
            if not silent.any():
                del self.silent[bias]
        if self.silent and self.steps - self.since >= WATCH_FOR:
            for bias, silent in self.silent.items():
                self.told.add(bias)
                _warn_of_dead(silent, self.shown.activations[bias])
            self.silent = {}
        if not self.silent:
            self._look_away()

    def _look_away(self) -> None:
        if self.shown is not None:
            self.shown.end()
            self.shown = None


def _warn_of_dead(silent: Array, activation: str) -> None:
    places = [int(place) for place in np.flatnonzero(silent)]
    which = ", ".join(map(str, places[:8])) + (", ..." if len(places) > 8 else "")
    many = len(places) > 1
    warn(
        f"unit{'s' if many else ''} {which} of a layer of {silent.size} "
        f"{'have' if many else 'has'} received no gradient in {WATCH_FOR} steps: dead for all the data, "
        f"and learning nothing.\nA {activation} that is 0 for every example passes no blame on. Try a "
        "smaller learning rate, another seed, or LeakyReLU.",
        TeachingWarning,
    )
