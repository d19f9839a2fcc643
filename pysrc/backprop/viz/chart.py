"""Curves: from numbers to places on the paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .svg import number


@dataclass(frozen=True)
class Scale:
    """From values between `low` and `high` to places between `start` and `end`, evenly or by powers."""

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def __call__(self, value: float) -> float:
        """Where `value` is; what lies outside is put on the edge."""
        low, high = self.low, self.high
        if self.logarithmic:
            value = math.log(value) if value > 0 else -math.inf
            low, high = math.log(low), math.log(high)
        share = (value - low) / (high - low) if high > low else 0.5
        return self.start + (self.end - self.start) * min(max(share, 0.0), 1.0)


def curve(xs: Sequence[float], ys: Sequence[float], x: Scale, y: Scale) -> str:
    """A path through the points; it is interrupted where there is no number."""
    path, joined = "", False
    for across, up in zip(xs, ys, strict=True):
        if not math.isfinite(up):
            joined = False
            continue
        path += f"{'L' if joined else 'M'}{number(x(across))} {number(y(up))}"
        joined = True
    return path


def powers(values: Sequence[float]) -> tuple[float, float]:
    """The powers of ten around all positive values; at least one apart, at most twelve.

    >>> powers([0.02, 3.0])
    (0.01, 10.0)
    """
    positive = [value for value in values if 0 < value < math.inf]
    if not positive:
        return 0.1, 1.0
    high = math.ceil(math.log10(max(positive)) - 1e-9)
    low = max(math.floor(math.log10(min(positive)) + 1e-9), high - 12)
    return 10.0 ** min(low, high - 1), 10.0**high
