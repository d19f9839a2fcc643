"""What a model with two inputs answers all over the plane, and to the data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...autograd.grad_mode import no_grad
from ...dtypes import Array
from ...nn.module import Module
from ...teaching import silence
from ...tensor import Tensor, wrap
from ..kit.asking import in_use
from ..kit.plane import SAMPLES, Plane

MOST_CLASSES = 4
#: What a model says whose answer is NaN: no class.
NOTHING = -1


@dataclass
class Examples:
    """Points whose classes are known.

    Attributes:
        points: (n, 2); `classes` (n,) is what they are and `answers` (n,) what the model says, or
            `NOTHING` where that is no number.
    """

    points: Array
    classes: Array
    answers: Array

    @property
    def wrong(self) -> Array:
        """(n,): which the model takes for another class."""
        return np.asarray(self.answers != self.classes)


@dataclass
class TracedBoundary:
    """What the model answers all over the plane, and to the data.

    Attributes:
        margins: for each class, (rows, columns): by how much the answer favours it, 0 on the boundary.
        labels: what the classes are called.
        data: what the model learns from; `test`, if there is any, is what it does not.
        plane: which part of it is seen.
    """

    margins: list[Array]
    labels: list[str]
    data: Examples
    test: Examples | None
    plane: Plane
    not_finite: bool


def trace_boundary(
    model: Module,
    data: tuple[Tensor, Tensor],
    test: tuple[Tensor, Tensor] | None,
    threshold: float | None,
) -> TracedBoundary:
    """Ask the model on a grid around the data, and for the data themselves.

    Raises:
        TypeError: `model` is no module, or an input no tensor.
        ValueError: the shapes don't fit, there is no data, or there are too many classes.
    """
    if not isinstance(model, Module):
        raise TypeError(f"boundary() draws what an nn.Module decides, not {type(model).__name__}")
    _check("X", "y", *data)
    if test is not None:
        if not isinstance(test, (tuple, list)) or len(test) != 2:
            raise TypeError("test is a pair of inputs and classes: test=(X_test, y_test)")
        _check("X of test", "y of test", *test)
    pairs = [data] if test is None else [data, test]
    points = [inputs.array.astype(np.float64) for inputs, _ in pairs]
    targets = [each.array.reshape(-1) for _, each in pairs]
    plane = Plane.around(np.concatenate(points))
    grid = plane.grid()
    with in_use(model), no_grad(), silence():
        answers = model(wrap(grid.astype(data[0].array.dtype))).array
        own = [model(inputs).array for inputs, _ in pairs]
    if answers.shape not in ((len(grid),), (len(grid), answers.shape[-1])):
        raise ValueError(
            f"the model answers {len(grid)} inputs with shape {tuple(answers.shape)}\n"
            "It has to give one number, or one for each class, to each row."
        )
    finite = bool(np.isfinite(answers).all())
    answers = answers.reshape(len(grid), -1).astype(np.float64)
    nowhere = np.isnan(answers).any(axis=1)
    answers = np.nan_to_num(answers, nan=0.0, posinf=1e30, neginf=-1e30)
    own = [each.reshape(len(known), -1) for each, known in zip(own, points, strict=True)]
    decide = _two_classes if answers.shape[1] == 1 else _several_classes
    margins, labels, classes, said = decide(answers, own, targets, threshold)
    for margin in margins:
        margin[nowhere] = -1e30
    for each, answered in zip(said, own, strict=True):
        each[np.isnan(answered).any(axis=1)] = NOTHING
    examples = [Examples(*each) for each in zip(points, classes, said, strict=True)]
    return TracedBoundary(
        [each.reshape(SAMPLES, SAMPLES) for each in margins],
        labels,
        examples[0],
        examples[1] if len(examples) > 1 else None,
        plane,
        not finite,
    )


#: Margins, labels, and for the data and the test data each: what they are, and what the model says.
Decided = tuple[list[Array], list[str], list[Array], list[Array]]


def _two_classes(
    answers: Array, own: list[Array], targets: list[Array], threshold: float | None
) -> Decided:
    """One answer decides by whether it is below or above a threshold."""
    kinds = np.unique(np.concatenate(targets))
    if len(kinds) > 2:
        raise ValueError(
            f"the model has one output, and the data {len(kinds)} classes\n"
            "With more than two classes it needs one output for each."
        )
    kinds = kinds if len(kinds) == 2 else np.array([min(kinds[0], 0), max(kinds[0], 1)])
    limit = float(kinds.mean()) if threshold is None else threshold
    margin = answers[:, 0] - limit
    return (
        [-margin, margin],
        [f"{value:g}".replace("-", "−") for value in kinds],
        [np.searchsorted(kinds, each) for each in targets],
        [(each[:, 0] >= limit).astype(int) for each in own],
    )


def _several_classes(
    answers: Array, own: list[Array], targets: list[Array], _threshold: float | None
) -> Decided:
    """The largest answer decides."""
    count = answers.shape[1]
    classes = [each.astype(int) for each in targets]
    least, most = min(each.min() for each in classes), max(each.max() for each in classes)
    if count > MOST_CLASSES or least < 0 or most >= count:
        raise ValueError(
            f"the model has {count} outputs and the classes reach from {least} to {most}\n"
            f"boundary() draws up to {MOST_CLASSES} classes, numbered from 0."
        )
    margins = [
        answers[:, each] - np.delete(answers, each, axis=1).max(axis=1) for each in range(count)
    ]
    said = [each.argmax(axis=1) for each in own]
    return margins, [str(each) for each in range(count)], classes, said


def _check(name: str, name_of_classes: str, inputs: Tensor, targets: Tensor) -> None:
    for called, value in ((name, inputs), (name_of_classes, targets)):
        if not isinstance(value, Tensor):
            raise TypeError(f"{called} must be a tensor, not {type(value).__name__}")
    if inputs.array.ndim != 2 or inputs.array.shape[1] != 2:
        raise ValueError(
            f"boundary() draws models with two inputs, and {name} has shape "
            f"{tuple(inputs.array.shape)}\n{name} needs shape (n, 2): a row for each point. For more "
            "inputs there is no such picture."
        )
    if len(inputs.array) == 0 or not np.isfinite(inputs.array).all():
        raise ValueError(
            f"{name} has no points, or such as are not finite\nThere is nothing to draw."
        )
    if targets.array.size != len(inputs.array):
        raise ValueError(
            f"{name} has {len(inputs.array)} points and {name_of_classes} {targets.array.size} classes\n"
            "Each point needs one."
        )
