"""What a model with two inputs answers all over the plane, and to the data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..autograd.grad_mode import no_grad
from ..dtypes import Array
from ..nn.module import Module
from ..tensor import Tensor, wrap

#: Samples along each side; the outlines lie between them.
SAMPLES = 48
MOST_CLASSES = 4


@dataclass
class Field:
    """What the model answers all over the plane, and to the data.

    Attributes:
        margins: for each class, (rows, columns): by how much the answer favours it, 0 on the boundary.
        labels: what the classes are called.
        points: (n, 2); `classes` (n,) is what they are and `answers` (n,) what the model says.
        limits: least and largest first input, least and largest second input.
    """

    margins: list[Array]
    labels: list[str]
    points: Array
    classes: Array
    answers: Array
    limits: tuple[float, float, float, float]
    not_finite: bool


def trace_boundary(
    model: Module, inputs: Tensor, targets: Tensor, threshold: float | None
) -> Field:
    """Ask the model on a grid around the data, and for the data themselves.

    Raises:
        TypeError: `model` is no module, or an input no tensor.
        ValueError: the shapes don't fit, there is no data, or there are too many classes.
    """
    _check(model, inputs, targets)
    points = inputs.array.astype(np.float64)
    targets_flat = targets.array.reshape(-1)
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.where(high > low, (high - low) * 0.12, 1.0)
    low, high = low - room, high + room
    across, up = (np.linspace(low[axis], high[axis], SAMPLES) for axis in (0, 1))
    grid = np.stack(np.meshgrid(across, up[::-1]), axis=-1).reshape(-1, 2)
    dtype = inputs.array.dtype
    with no_grad():
        answers = model(wrap(grid.astype(dtype))).array
        own = model(inputs).array
    if answers.shape not in ((len(grid),), (len(grid), answers.shape[-1])):
        raise ValueError(
            f"the model answers {len(grid)} inputs with shape {tuple(answers.shape)}\n"
            "It has to give one number, or one for each class, to each row."
        )
    answers, own = answers.reshape(len(grid), -1), own.reshape(len(points), -1)
    finite = bool(np.isfinite(answers).all())
    answers = np.nan_to_num(answers.astype(np.float64), nan=0.0, posinf=1e30, neginf=-1e30)
    if answers.shape[1] == 1:
        kinds = np.unique(targets_flat)
        if len(kinds) > 2:
            raise ValueError(
                f"the model has one output, and the data {len(kinds)} classes\n"
                "With more than two classes it needs one output for each."
            )
        kinds = kinds if len(kinds) == 2 else np.array([min(kinds[0], 0), max(kinds[0], 1)])
        limit = float(kinds.mean()) if threshold is None else threshold
        margin = (answers[:, 0] - limit).reshape(SAMPLES, SAMPLES)
        margins = [-margin, margin]
        classes, said = np.searchsorted(kinds, targets_flat), (own[:, 0] >= limit).astype(int)
        labels = [f"{value:g}".replace("-", "−") for value in kinds]
    else:
        count = answers.shape[1]
        classes = targets_flat.astype(int)
        if count > MOST_CLASSES or classes.min() < 0 or classes.max() >= count:
            raise ValueError(
                f"the model has {count} outputs and the classes reach from {classes.min()} to "
                f"{classes.max()}\nboundary() draws up to {MOST_CLASSES} classes, numbered from 0."
            )
        margins = []
        for each in range(count):
            others = np.delete(answers, each, axis=1).max(axis=1)
            margins.append((answers[:, each] - others).reshape(SAMPLES, SAMPLES))
        said = own.argmax(axis=1)
        labels = [str(each) for each in range(count)]
    limits = (float(low[0]), float(high[0]), float(low[1]), float(high[1]))
    return Field(margins, labels, points, classes, said, limits, not finite)


def _check(model: Module, inputs: Tensor, targets: Tensor) -> None:
    if not isinstance(model, Module):
        raise TypeError(f"boundary() draws what an nn.Module decides, not {type(model).__name__}")
    for name, value in (("X", inputs), ("y", targets)):
        if not isinstance(value, Tensor):
            raise TypeError(f"{name} must be a tensor, not {type(value).__name__}")
    if inputs.array.ndim != 2 or inputs.array.shape[1] != 2:
        raise ValueError(
            f"boundary() draws models with two inputs, and X has shape {tuple(inputs.array.shape)}\n"
            "X needs shape (n, 2): a row for each point. For more inputs there is no such picture."
        )
    if len(inputs.array) == 0 or not np.isfinite(inputs.array).all():
        raise ValueError("X has no points, or such as are not finite\nThere is nothing to draw.")
    if targets.array.size != len(inputs.array):
        raise ValueError(
            f"X has {len(inputs.array)} points and y {targets.array.size} classes\nEach point needs one."
        )
