"""Recording a training run: what the loss, every parameter and every gradient were, step by step."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from ... import host
from ...autograd.watching import Watcher
from ...dead_units import UnitsAtZero
from ...dtypes import Array
from ...nn.module import Module
from ...tensor import Tensor

#: Points that are kept; when there are more, every second one is let go and the rest are twice as sparse.
MOST_POINTS = 512
#: The size of what a backward did not reach; a true size is never negative, but it can be NaN.
MISSING = -1.0
#: Seconds until the page is given what was recorded, again and again, and the part of the time for that.
KEEP_EVERY, KEEP_PART = 1.0, 0.02


@dataclass
class Moment:
    """One step of training, as it was when its backward came through.

    Attributes:
        step: its number, from 1.
        loss: the last single number that was computed before.
        values: for each parameter, the root mean square of its elements; `gradients` of its gradient.
        silent: for each parameter, which of its units (rows) have a gradient of exactly 0 behind a ReLU
            that was 0 for every example; None where it leads into no such activation.
    """

    step: int
    loss: float
    values: Array
    gradients: Array
    silent: list[Array | None]


@dataclass
class Run:
    """What was recorded; at most `MOST_POINTS` moments, and the last one.

    Attributes:
        names: of the parameters, in their order; `shapes` are their shapes.
        moments: in their order.
        steps: how many steps there were in all.
    """

    names: list[str]
    shapes: list[tuple[int, ...]]
    moments: list[Moment] = field(default_factory=list)
    steps: int = 0

    def __repr__(self) -> str:
        if not self.moments:
            return "A run of which nothing is recorded yet"
        return (
            f"A run of {self.steps:,} steps: the loss went from {self.moments[0].loss:.4f} to "
            f"{self.moments[-1].loss:.4f}"
        )


#: What the page keeps of a run, by MIME type: the room puts the picture of `history` here.
drawn: Callable[[Run], dict[str, str]] | None = None


class record(Watcher):  # noqa: N801 - used as `with record(...)`
    """Inside, each backward through the parameters of `model` is recorded as one step of training.

    >>> import backprop as torch
    >>> from backprop import viz
    >>> w = torch.nn.Linear(1, 1)
    >>> with viz.record(w) as run:
    ...     for _ in range(3):
    ...         w(torch.ones(1, 1)).pow(2).sum().backward()
    >>> run.steps
    3

    The loss is taken to be the last single number that was computed before the backward. However long the
    run, memory stays bounded: the longer it is, the fewer of its steps are kept. After an exception or
    Stop, `run` holds what was recorded until then. Where the page can stop a program only by ending Python,
    and `run` with it, it shows the `history` of what was recorded.

    Raises:
        TypeError: `model` is no module.
        ValueError: it has no parameters that learn.
    """

    def __init__(self, model: Module) -> None:
        if not isinstance(model, Module):
            raise TypeError(
                f"record() needs an nn.Module, not {type(model).__name__}\nPass the model itself."
            )
        named = [(name, each) for name, each in model.named_parameters() if each.requires_grad]
        if not named:
            raise ValueError(
                f"{type(model).__name__} has no parameters that learn\n"
                "Assign its layers as attributes in __init__, and leave requires_grad on."
            )
        self._parameters: list[Tensor] = [each for _, each in named]
        self.run = Run([name for name, _ in named], [tuple(each.shape) for _, each in named])
        self._places = {each: place for place, each in enumerate(self._parameters)}
        self._last: Tensor | None = None
        self._recorded: Tensor | None = None
        self._seen: set[int] = set()
        self._stride = 1
        self._current: Moment | None = None
        self._shown = UnitsAtZero(self._parameters)
        self._went_back = False
        self._keep_at = time.perf_counter() + KEEP_EVERY

    def __enter__(self) -> Run:
        self.begin()
        return self.run

    def __exit__(self, *error: object) -> None:
        self.end()
        self._last = self._recorded = None

    def computed(self, result: Tensor, operation: str, inputs: Sequence[Tensor]) -> None:
        """Note the last single number, which is the loss of the backward that comes, and units that are 0."""
        if self._went_back:
            self._went_back = False
            self._shown.forget()
        self._shown.computed(result, operation, inputs)
        if result.node is not None and result.array.size == 1:
            self._last = result

    def accumulating(self, leaf: Tensor, gradient: Array) -> None:
        """Note the parameter and its gradient, if it is one of the model's."""
        place = self._places.get(leaf)
        if place is None:
            return
        if self._last is not self._recorded or place in self._seen or self._current is None:
            self._begin_moment()
        self._seen.add(place)
        self._went_back = True
        moment = self._current
        if moment is not None:
            array = np.asarray(gradient)
            moment.values[place] = _root_mean_square(leaf.array)
            moment.gradients[place] = _root_mean_square(array)
            if array.ndim > 1 and leaf in self._shown.units:
                silent = np.logical_not(array.reshape(len(array), -1).any(axis=1))
                moment.silent[place] = silent & self._shown.units[leaf]

    def _begin_moment(self) -> None:
        """A new step: the last one is kept if its turn has come, and replaced by this one otherwise."""
        run, count = self.run, len(self._parameters)
        if run.moments and time.perf_counter() >= self._keep_at:
            self._keep()
        run.steps += 1
        self._recorded, self._seen = self._last, set()
        loss = float("nan") if self._last is None else float(self._last.array.item())
        missing = np.full(count, MISSING)
        moment = Moment(run.steps, loss, missing, missing.copy(), [None] * count)
        if run.moments and (run.moments[-1].step - 1) % self._stride:
            run.moments[-1] = moment
        else:
            run.moments.append(moment)
        self._current = moment
        if len(run.moments) > MOST_POINTS:
            self._stride *= 2
            run.moments[:-1] = [
                each for each in run.moments[:-1] if (each.step - 1) % self._stride == 0
            ]

    def _keep(self) -> None:
        if host.keep is None or drawn is None:
            return
        start = time.perf_counter()
        host.keep(drawn(self.run))
        end = time.perf_counter()
        self._keep_at = end + max(KEEP_EVERY, (end - start) / KEEP_PART)


def _root_mean_square(array: Array) -> float:
    flat = array.reshape(-1)
    return float(np.sqrt(flat.dot(flat) / max(flat.size, 1)))
