"""What repeats in a sequence: how the rounds of a loop are found in the operations that it made."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

#: The longest repeated part that is looked for.
_LONGEST_PERIOD = 200
#: Fewer rounds than this are no loop that is worth a box.
_FEWEST_ROUNDS = 4


@dataclass(frozen=True)
class Repeat:
    """From `start` on, the same `period` elements come `rounds` times."""

    start: int
    period: int
    rounds: int

    @property
    def stop(self) -> int:
        """Where it ends."""
        return self.start + self.period * self.rounds


def repeats(sequence: Sequence[Hashable]) -> list[Repeat]:
    """The repeats that cover most, which do not overlap, in their order.

    >>> repeats("xabababababy")
    [Repeat(start=1, period=2, rounds=5)]

    The time for it grows with the length of the sequence, not with its square: periods are at most 200.
    """
    numbers: dict[Hashable, int] = {}
    keys = np.array([numbers.setdefault(each, len(numbers)) for each in sequence])
    found: list[Repeat] = []
    for period in range(1, min(_LONGEST_PERIOD, len(keys) // _FEWEST_ROUNDS) + 1):
        same = np.concatenate([[False], keys[period:] == keys[:-period], [False]])
        edges = np.flatnonzero(same[1:] != same[:-1])
        for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            rounds = (stop - start) // period + 1
            if rounds >= _FEWEST_ROUNDS:
                found.append(Repeat(start, period, rounds))
    free = np.ones(len(keys), dtype=bool)
    chosen = []
    for each in sorted(found, key=_worth):
        if free[each.start : each.stop].all():
            free[each.start : each.stop] = False
            chosen.append(each)
    return sorted(chosen, key=lambda each: each.start)


def _worth(repeat: Repeat) -> tuple[int, int, int]:
    """What covers more comes first; twice a period is a period too, and the shortest counts."""
    return -(repeat.stop - repeat.start), repeat.period, repeat.start
