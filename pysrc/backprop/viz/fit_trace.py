"""What a model with one input answers, to the data and in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .. import dtypes
from ..autograd.grad_mode import no_grad
from ..dtypes import Array
from ..nn.module import Module
from ..teaching import silence
from ..tensor import Tensor, wrap
from .asking import in_use
from .given import numbers_of
from .numbers import plain

#: The curve goes through this many answers.
SAMPLES = 121


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


def trace_fit(model: Callable[[Tensor], Tensor], inputs: Any, targets: Any) -> Fitted:
    """Ask the model for the data, and in between.

    Raises:
        TypeError: `model` cannot be called or gives no tensor, or the data are no real numbers.
        ValueError: the shapes don't fit, there is no data, or some of it is not finite.
    """
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
    with in_use(model):
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
