"""What a model with two inputs answers to the data and all over the plane, and which shades show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ...dtypes import Array
from ...tensor import Tensor
from ..kit.chart import Scale, ticks
from ..kit.plane import SAMPLES, Plane
from .trace import Data, ask

#: A new shade begins at most at so many round numbers.
MOST_LEVELS = 11
#: An answer so many times as far from the targets as they are from each other is as good as infinite.
FAR = 1e3


@dataclass
class FittedPlane:
    """The data, and what the model says: to each point, and all over the plane.

    Attributes:
        inputs: (n, 2), with their `targets`, (n,), and the model's `answers` to them.
        field: (`SAMPLES`, `SAMPLES`), the answers on the grid of the `plane`, which may be not finite.
        low, high: from where to where the targets reach.
        levels: the round numbers in between at which a new shade begins, and how they are written.
    """

    inputs: Array
    targets: Array
    answers: Array
    field: Array
    plane: Plane
    low: float
    high: float
    levels: list[tuple[float, str]]

    @property
    def errors(self) -> Array:
        """(n,): prediction minus target."""
        return self.answers - self.targets

    @property
    def span(self) -> float:
        """From the lowest to the highest target."""
        return self.high - self.low

    def known_field(self) -> Array:
        """The answers on the grid with what is not finite, or very far away, as low or high as is shown."""
        reach = FAR * self.span
        known = np.where(np.isfinite(self.field), self.field, -np.inf)
        return np.clip(known, self.low - reach, self.high + reach)

    def shades(self) -> Array:
        """(n,): the shade of each target, counted from 0: how many levels it has reached."""
        levels = np.array([value for value, _ in self.levels])
        return np.searchsorted(levels, self.targets, side="right")


def trace_fit_plane(model: Callable[[Tensor], Tensor], data: Data) -> FittedPlane:
    """Ask a model with two inputs for the data, and on a grid around them.

    The targets alone decide the levels, so that shades mean the same while the model learns.

    Raises:
        TypeError: `model` gives no tensor.
        ValueError: it does not give one number to each row.
    """
    plane = Plane.around(data.inputs)
    answers, field = ask(model, data, plane.grid())
    low, high = float(data.targets.min()), float(data.targets.max())
    if low == high:
        room = max(1.0, 0.1 * abs(low))
        low, high = low - room, high + room
    # A target at the very end belongs to the last shade: an answer that comes close has it too.
    near = 1e-6 * (high - low)
    levels = [
        (value, text)
        for value, text in ticks(Scale(low, high, 0.0, 1.0), MOST_LEVELS)
        if low + near < value < high - near
    ]
    return FittedPlane(
        data.inputs,
        data.targets,
        answers,
        field.reshape(SAMPLES, SAMPLES),
        plane,
        low,
        high,
        levels,
    )
