"""A function of two numbers all over a rectangle, and the ways that were walked on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...autograd.grad_mode import no_grad
from ...dtypes import Array
from ...teaching import silence
from ...tensor import Tensor, wrap
from ..kit.asking import unchanged
from ..kit.given import numbers_of
from ..kit.plane import Plane
from ..kit.text import isolated

#: Samples along each side.
SAMPLES = 33
MOST_PATHS = 4

Limits = tuple[float, float]


@dataclass
class Walk:
    """One way: where it was after each step, the start first.

    Attributes:
        places: (n, 2), and the `heights` (n,) there.
    """

    name: str
    places: Array
    heights: Array

    @property
    def known(self) -> int:
        """How many places there are before one that is not finite."""
        odd = np.flatnonzero(~np.isfinite(self.places).all(axis=1))
        return int(odd[0]) if len(odd) else len(self.places)


@dataclass
class Landscape:
    """Heights on a grid, (`SAMPLES`, `SAMPLES`), the top row first, over a plane, and the walks."""

    heights: Array
    plane: Plane
    walks: list[Walk]


def trace_landscape(
    height: Callable[[Tensor], Any], paths: Any, across: Limits | None, up: Limits | None
) -> Landscape:
    """Ask for the height all over the rectangle, and at each place of the paths.

    Raises:
        TypeError: `height` cannot be called, or gives no number; a path holds no numbers.
        ValueError: there is neither a path nor a limit, or the shapes don't fit.
    """
    if not callable(height):
        raise TypeError(
            f"landscape() draws a function of two numbers, not {type(height).__name__}\n"
            "Pass a function that takes a tensor of two numbers and returns one."
        )
    places = _places(paths)
    known = [each[np.isfinite(each).all(axis=1)] for each in places.values()]
    everything = np.concatenate([*known, np.empty((0, 2))])
    plane = Plane(*_limits(across, everything[:, 0]), *_limits(up, everything[:, 1]))
    ask = _Asking(height)
    with unchanged(), no_grad(), silence():
        heights = np.array([ask(*place) for place in plane.grid(SAMPLES)])
        walks = [
            Walk(isolated(name), each, np.array([ask(*place) for place in each]))
            for name, each in places.items()
        ]
    return Landscape(heights.reshape(SAMPLES, SAMPLES), plane, walks)


def _places(paths: Any) -> dict[str, Array]:
    if paths is None:
        return {}
    named = paths if isinstance(paths, Mapping) else {"": paths}
    if len(named) > MOST_PATHS:
        raise ValueError(
            f"there are {len(named)} paths, and landscape() draws up to {MOST_PATHS} of them\n"
            "Leave some out, or draw two pictures."
        )
    found = {}
    for name, path in named.items():
        rows = [numbers_of(each, "a place").ravel() for each in path]
        if not rows or any(len(each) != 2 for each in rows):
            what = f"the path {name!r}" if name else "the path"
            raise ValueError(
                f"{what} is not a list of places of two numbers\n"
                "Collect one place a step, such as path.append(place.tolist())."
            )
        found[str(name)] = np.array(rows)
    return found


def _limits(given: Limits | None, walked: Array) -> Limits:
    if given is not None:
        low, high = (float(each) for each in given)
        if not (np.isfinite(low) and np.isfinite(high) and low < high):
            raise ValueError(
                f"({low:g}, {high:g}) are no limits\nGive the lower one first, such as (-1, 1)."
            )
        return low, high
    if not len(walked):
        raise ValueError(
            "landscape() does not know which part to draw\n"
            "Give paths, or the limits of both numbers: across=(-1, 1), up=(-1, 1)."
        )
    low, high = float(walked.min()), float(walked.max())
    room = 0.15 * (high - low) or 1.0
    return low - room, high + room


class _Asking:
    """The height at a place, as a number."""

    def __init__(self, height: Callable[[Tensor], Any]) -> None:
        self.height = height

    def __call__(self, x: float, y: float) -> float:
        answer = self.height(wrap(np.array([x, y], dtype=np.float32)))
        array = answer.array if isinstance(answer, Tensor) else np.asarray(answer)
        if array.size != 1 or array.dtype.kind not in "biuf":
            raise TypeError(
                f"the function answers with {type(answer).__name__} of shape {tuple(array.shape)}\n"
                "It has to return one number for a tensor of two."
            )
        return float(array.item())
