"""The plane of two inputs: a grid over it, its place on the paper, and its frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ...dtypes import Array
from ..layouts.contour import outlines, path
from .notes import MARGIN, WIDTH
from .numbers import short
from .svg import Element
from .text import fitted

#: Samples along each side; the outlines lie between them.
SAMPLES = 48
#: Around the data, as part of what they span.
ROOM = 0.12

LEFT, TOP = 72.0, 20.0
SIDE = WIDTH - MARGIN - LEFT
#: The middle of what stands first below the frame and its numbers.
BELOW = TOP + SIDE + 54


@dataclass(frozen=True)
class Plane:
    """The part of it that is seen: least and largest first input, least and largest second input."""

    x0: float
    x1: float
    y0: float
    y1: float

    @classmethod
    def around(cls, points: Array) -> Plane:
        """The plane around `points`, (n, 2)."""
        low, high = points.min(axis=0), points.max(axis=0)
        room = np.where(high > low, (high - low) * ROOM, np.maximum(1.0, ROOM * np.abs(high)))
        low, high = low - room, high + room
        return cls(float(low[0]), float(high[0]), float(low[1]), float(high[1]))

    def grid(self, samples: int = SAMPLES) -> Array:
        """(`samples` * `samples`, 2): inputs all over it, row by row from the top."""
        across = np.linspace(self.x0, self.x1, samples)
        down = np.linspace(self.y1, self.y0, samples)
        return np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2)

    def spots(self, points: Array, top: float = TOP) -> list[tuple[float, float]]:
        """Where `points`, (n, 2), lie on the paper, if the frame begins at `top`."""
        xs = LEFT + SIDE * (points[:, 0] - self.x0) / (self.x1 - self.x0)
        ys = top + SIDE * (self.y1 - points[:, 1]) / (self.y1 - self.y0)
        return list(zip(xs.tolist(), ys.tolist(), strict=True))

    def draw_frame(
        self, body: Element, names: tuple[str, str] = ("input 1", "input 2"), top: float = TOP
    ) -> None:
        """The edge, with the numbers at its ends and the names of what lies across and up."""
        d = f"M{LEFT:.0f} {top:.0f}h{SIDE:.0f}v{SIDE:.0f}h{-SIDE:.0f}Z"
        body.add("path", d=d, class_="bp-axis")
        low, right, beside = top + SIDE + 20, LEFT + SIDE, LEFT - 7
        for text, x, y, side in (
            (short(self.x0), LEFT, low, " bp-left"),
            (fitted(names[0], 200, 15), LEFT + SIDE / 2, low, ""),
            (short(self.x1), right, low, " bp-right"),
            (short(self.y1), beside, top + 11, " bp-right"),
            (fitted(names[1], LEFT - 12, 15), beside, top + SIDE / 2 + 5, " bp-right"),
            (short(self.y0), beside, top + SIDE, " bp-right"),
        ):
            body.add("text", text, x=x, y=y, class_=f"bp-small bp-note{side}")


class Loop(NamedTuple):
    """One outline of a region: its `points` on the grid, and the closed path through them on the paper."""

    points: Array
    closed: str

    def inside(self) -> str:
        """The path without its parts that run along the edge of the picture."""
        following = np.roll(self.points, -1, axis=0)
        at_edge = (self.points == 0) | (self.points == SAMPLES - 1)
        inside = ~((self.points == following) & at_edge).any(axis=1)
        if inside.all():
            return self.closed
        # From an end of such a part on: each part is a run of lines inside.
        first = int(np.argmin(inside))
        points, inside = np.roll(self.points, -first, axis=0), np.roll(inside, -first)
        places = _place(np.concatenate([points, points[:1]]))
        edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
        return "".join(path(places[start : stop + 1]) for start, stop in edges.reshape(-1, 2))


def contour(values: Array, level: float) -> list[Loop]:
    """The outlines of the region where `values` on the grid, (`SAMPLES`, `SAMPLES`), are at least `level`."""
    return [Loop(loop, path(_place(loop)) + "Z") for loop in outlines(values, level)]


def _place(points: Array) -> Array:
    """From the grid to the paper."""
    return np.array([LEFT, TOP]) + SIDE / (SAMPLES - 1) * points
