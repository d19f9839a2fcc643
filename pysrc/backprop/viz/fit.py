"""How the answers of a model with one input run through the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import dtypes
from ..autograd.grad_mode import no_grad
from ..dtypes import Array
from ..nn.module import Module
from ..teaching import silence
from ..tensor import Tensor, wrap
from .chart import Scale, add_grid, add_inputs, parted
from .diagram import Diagram, Page, Table, finish
from .given import numbers_of
from .marks import cross, mark
from .notes import MARGIN, WIDTH, add_notes
from .numbers import exact, plain
from .steps import explain
from .svg import Element, number

#: The curve goes through this many answers.
SAMPLES = 121
#: More points than this are drawn as one path, and don't say what they are.
MOST_SINGLE_POINTS = 150
#: Of more points than this, so many are drawn.
MOST_POINTS = 2_000
#: Above and below the targets, as part of what they span; an answer further away is beyond the edge.
ROOM = 0.25

LEFT, TOP, HEIGHT = 72.0, 44.0, 264.0
RIGHT = WIDTH - MARGIN


@dataclass
class Fitted:
    """The data, and what the model says: to each point, and in between.

    Attributes:
        inputs: (n,), with their `targets` and the model's `answers` to them.
        grid: (`SAMPLES`,), inputs evenly spread over the picture, and the answers on the `curve` there.
    """

    inputs: Array
    targets: Array
    answers: Array
    grid: Array
    curve: Array

    @property
    def errors(self) -> Array:
        """(n,): prediction minus target."""
        return self.answers - self.targets


def fit(model: Callable[[Tensor], Tensor], X: Any, y: Any) -> Diagram:  # noqa: N803
    """Draw the data as points, what `model` answers as a curve, and each point's error as a line to it.

    The data decide how far the axes reach, so that in `live` only the curve moves. Where it leaves the
    picture, it runs dotted along the edge.

    >>> import backprop as torch
    >>> from backprop import viz
    >>> def double(x):
    ...     return 2 * x
    >>> viz.fit(double, [1.0, 2.0, 3.0], [2.0, 4.5, 6.0]).description
    'The model is off by 0.1667 on average, most at x = 2, by 0.5.'

    Args:
        model: an `nn.Module`, or any function of a tensor, that gives one number to each row of one input.
            While it is asked, a module is in `eval` mode; nothing else about it changes.
        X: the inputs: n numbers, or (n, 1).
        y: the targets: as many numbers.

    Raises:
        TypeError: `model` cannot be called, or `X` or `y` are no real numbers.
        ValueError: the shapes don't fit, there is no data, or some of it is not finite.
    """
    fitted = _trace(model, X, y)
    shown = np.unique(
        np.linspace(0, len(fitted.inputs) - 1, min(len(fitted.inputs), MOST_POINTS)).astype(int)
    )
    across, up = _scales(fitted)
    body = Element("g")
    group = body.add("g", class_="bp-panel")
    group.add("text", "answer", x=MARGIN, y=TOP - 18, class_="bp-heading bp-left")
    add_grid(group, across, up)
    add_inputs(group, across, up, "x")
    _draw_errors(body, fitted, shown, across, up)
    _draw_curve(body, fitted, across, up)
    _draw_points(body, fitted, shown, across, up)
    description = _describe(fitted, len(shown))
    _draw_key(body, TOP + HEIGHT + 76)
    height = add_notes(body, TOP + HEIGHT + 76 + 76, description, key=())
    count = len(fitted.inputs)
    return finish(
        Page(body, WIDTH, height),
        title=f"How a model fits {count:,} point{'' if count == 1 else 's'}",
        description=description,
        table=_table(fitted, shown),
        kind="fit",
    )


def _trace(model: Callable[[Tensor], Tensor], inputs: Any, targets: Any) -> Fitted:
    if not callable(model):
        raise TypeError(
            f"fit() draws what a model answers, not {type(model).__name__}\n"
            "Pass an nn.Module, or a function that takes a tensor and returns one."
        )
    x, y = numbers_of(inputs, "X"), numbers_of(targets, "y").ravel()
    if x.ndim > 2 or (x.ndim == 2 and x.shape[1] != 1):
        raise ValueError(
            f"fit() draws models with one input, and X has shape {x.shape}\n"
            "X needs shape (n, 1). With two inputs and classes, viz.boundary draws what a model decides."
        )
    x = x.ravel()
    if not len(x):
        raise ValueError("X has no points\nThere is nothing to draw.")
    if len(y) != len(x):
        raise ValueError(f"X has {len(x):,} points and y {len(y):,} targets\nEach point needs one.")
    odd = np.flatnonzero(~(np.isfinite(x) & np.isfinite(y)))
    if len(odd):
        raise ValueError(
            f"point {odd[0]} is ({plain(float(x[odd[0]]))}, {plain(float(y[odd[0]]))}), which is not finite\n"
            "Leave such points out, of X and of y: no answer can be right there."
        )
    low, high = float(x.min()), float(x.max())
    room = 0.05 * (high - low) if high > low else 1.0
    grid = np.linspace(low - room, high + room, SAMPLES)
    with _in_use(model):
        answers = _ask(model, np.concatenate([x, grid]), _dtype(model, inputs))
    return Fitted(x, y, answers[: len(x)], grid, answers[len(x) :])


def _ask(model: Callable[[Tensor], Tensor], x: Array, dtype: Any) -> Array:
    with no_grad(), silence():
        answers = model(wrap(x.astype(dtype).reshape(-1, 1)))
    if not isinstance(answers, Tensor):
        raise TypeError(
            f"the model answers with {type(answers).__name__}, not with a tensor\n"
            "It is called with a tensor of shape (n, 1), a row for each point."
        )
    if answers.array.size != len(x) or answers.array.ndim > 2:
        raise ValueError(
            f"the model answers {len(x)} inputs with shape {tuple(answers.array.shape)}\n"
            "It has to give one number to each row."
        )
    return answers.array.astype(np.float64).ravel()


def _dtype(model: Callable[[Tensor], Tensor], inputs: Any) -> Any:
    """Of the numbers that a model can be asked with: its own, or those of the inputs."""
    own = list(model.parameters()) if isinstance(model, Module) else []
    for each in [*own, inputs]:
        if isinstance(each, Tensor) and each.dtype.is_floating_point:
            return each.array.dtype
    return dtypes.get_default_dtype().numpy


@contextmanager
def _in_use(model: object) -> Iterator[None]:
    """As it answers when it is not trained: Dropout would draw random numbers, BatchNorm take note."""
    modules = list(model.modules()) if isinstance(model, Module) else []
    before = [each.training for each in modules]
    for each in modules:
        each.training = False
    try:
        yield
    finally:
        for each, training in zip(modules, before, strict=True):
            each.training = training


def _scales(fitted: Fitted) -> tuple[Scale, Scale]:
    low, high = float(fitted.targets.min()), float(fitted.targets.max())
    room = ROOM * (high - low) if high > low else 1.0
    return (
        Scale(float(fitted.grid[0]), float(fitted.grid[-1]), LEFT, RIGHT),
        Scale(low - room, high + room, TOP + HEIGHT, TOP),
    )


def _draw_errors(body: Element, fitted: Fitted, shown: Array, across: Scale, up: Scale) -> None:
    d = "".join(
        f"M{number(across(x))} {number(up(target))}V{number(up(answer))}"
        for x, target, answer in zip(
            *(each[shown].tolist() for each in (fitted.inputs, fitted.targets, fitted.answers)),
            strict=True,
        )
        if np.isfinite(answer)
    )
    many = " is-many" if len(shown) > MOST_SINGLE_POINTS else ""
    body.add("path", d=d or "M0 0", class_=f"bp-error{many}")


def _draw_curve(body: Element, fitted: Fitted, across: Scale, up: Scale) -> None:
    inside, beyond = parted(fitted.grid.tolist(), fitted.curve.tolist(), across, up)
    body.add("path", d=inside, class_="bp-answer")
    body.add("path", d=beyond, class_="bp-answer is-beyond")


def _draw_points(body: Element, fitted: Fitted, shown: Array, across: Scale, up: Scale) -> None:
    group = body.add("g", class_="bp-points")
    errors = fitted.errors
    odd = [each for each in shown.tolist() if not np.isfinite(errors[each])]
    spots = {
        each: (across(float(fitted.inputs[each])), up(float(fitted.targets[each])))
        for each in shown.tolist()
    }
    if len(spots) > MOST_SINGLE_POINTS:
        d = "".join(mark(0, *spot, r=3.4) for spot in spots.values())
        group.add("path", d=d, class_="bp-datum is-many")
    else:
        for each, spot in spots.items():
            point = group.add("path", d=mark(0, *spot), class_="bp-datum")
            facts = f"x = {exact(float(fitted.inputs[each]))}, target {exact(float(fitted.targets[each]))}"
            said = f"the model says {exact(float(fitted.answers[each]))}"
            wrong = f"error = prediction − target = {exact(float(errors[each]))}"
            explain(point, f"point-{each}", f"{facts}\n{said}\n{wrong}")
    crosses = "".join(cross(*spots[each], r=8.0) for each in odd)
    group.add("path", d=crosses or "M0 0", class_="bp-odd")


def _draw_key(body: Element, y: float) -> None:
    group = body.add("g", class_="bp-notes")
    for place, words in enumerate(("the data", "what the model answers", "the error of a point")):
        at = y + 24 * place
        x = MARGIN + 17
        if place == 0:
            group.add("path", d=mark(0, x, at), class_="bp-datum")
        elif place == 1:
            group.add("path", d=f"M{MARGIN:.0f} {at:.0f}h34", class_="bp-answer")
        else:
            group.add("path", d=f"M{x:.0f} {at - 9:.0f}v18", class_="bp-error")
        group.add("text", words, x=MARGIN + 44, y=at + 5, class_="bp-note-left")


def _describe(fitted: Fitted, shown: int) -> str:
    sizes = np.abs(fitted.errors)
    known = np.isfinite(sizes)
    count = int(known.sum())
    sentences = []
    if not count:
        sentences.append("No answer to a point is finite.")
    elif count < len(known):
        odd = len(known) - count
        words = "is not finite: its point is" if odd == 1 else "are not finite: their points are"
        sentences.append(f"{odd:,} of {len(known):,} answers {words} crossed out.")
    if count:
        worst = int(np.where(known, sizes, -1.0).argmax())
        at, by = f"x = {plain(float(fitted.inputs[worst]))}", plain(float(sizes[worst]))
        mean = plain(float(sizes[known].mean()))
        if not sizes[worst]:
            sentences.append("The model meets every point.")
        elif count == 1:
            sentences.append(f"The model is off by {by} at {at}.")
        else:
            sentences.append(f"The model is off by {mean} on average, most at {at}, by {by}.")
    up = _scales(fitted)[1]
    above, below = fitted.curve > up.high, fitted.curve < up.low
    if (above | below).any():
        where = "above" if not below.any() else "below" if not above.any() else "above and below"
        whole = "All of the curve" if (above | below).all() else "Where it is dotted, the curve"
        sentences.append(f"{whole} lies {where} the picture.")
    if shown < len(known):
        sentences.append(f"{shown:,} of {len(known):,} points are drawn.")
    return " ".join(sentences)


def _table(fitted: Fitted, shown: Array) -> Table:
    columns = (fitted.inputs, fitted.targets, fitted.answers, fitted.errors)
    rows = zip(*(each[shown].tolist() for each in columns), strict=True)
    return Table(
        ("x", "target", "prediction", "error"),
        tuple(tuple(exact(each) for each in row) for row in rows),
    )
