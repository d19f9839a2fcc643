"""What a model answers to the data, and, if it has one input, in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ... import dtypes
from ...autograd.grad_mode import no_grad
from ...dtypes import Array
from ...nn.module import Module
from ...teaching import silence
from ...tensor import Tensor, wrap
from ..kit.asking import in_use
from ..kit.given import numbers_of
from ..kit.numbers import plain

#: The curve goes through this many answers.
SAMPLES = 121
#: More points than this are drawn as one path, and don't say what they are.
MOST_SINGLE_POINTS = 150
#: Of more points than this, so many are drawn.
MOST_POINTS = 2_000


@dataclass
class Data:
    """What a model is to fit.

    Attributes:
        inputs: (n, 1) or (n, 2), with their `targets`, (n,).
        dtype: of the numbers that the model is asked with.
    """

    inputs: Array
    targets: Array
    dtype: Any


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


def data_of(model: Callable[[Tensor], Tensor], inputs: Any, targets: Any) -> Data:
    """The data as they are asked and drawn.

    Raises:
        TypeError: `model` cannot be called, or the data are no real numbers.
        ValueError: the shapes don't fit, there is no data, or some of it is not finite.
    """
    if not callable(model):
        raise TypeError(
            f"fit() draws what a model answers, not {type(model).__name__}\n"
            "Pass an nn.Module, or a function that takes a tensor and returns one."
        )
    x, y = numbers_of(inputs, "X"), numbers_of(targets, "y").ravel()
    shape = x.shape
    x = x.reshape(-1, 1) if x.ndim < 2 else x
    if x.ndim > 2 or x.shape[1] not in (1, 2):
        raise ValueError(
            f"fit() draws models with one or two inputs, and X has shape {shape}\n"
            "X needs shape (n, 1) or (n, 2): a row for each point. For more inputs there is no such "
            "picture; viz.bars draws predictions beside targets."
        )
    if not len(x):
        raise ValueError("X has no points\nThere is nothing to draw.")
    if len(y) != len(x):
        raise ValueError(f"X has {len(x):,} points and y {len(y):,} targets\nEach point needs one.")
    together = np.column_stack([x, y])
    odd = np.flatnonzero(~np.isfinite(together).all(axis=1))
    if len(odd):
        numbers = ", ".join(plain(float(each)) for each in together[odd[0]])
        raise ValueError(
            f"point {odd[0]} is ({numbers}), which is not finite\n"
            "Leave such points out, of X and of y: no answer can be right there."
        )
    return Data(x, y, _dtype(model, inputs))


def trace_fit(model: Callable[[Tensor], Tensor], data: Data) -> Fitted:
    """Ask a model with one input for the data, and in between.

    Raises:
        TypeError: `model` gives no tensor.
        ValueError: it does not give one number to each row.
    """
    x = data.inputs[:, 0]
    low, high = float(x.min()), float(x.max())
    room = 0.05 * (high - low) if high > low else 1.0
    grid = np.linspace(low - room, high + room, SAMPLES)
    answers, curve = ask(model, data, grid[:, np.newaxis])
    return Fitted(x, data.targets, answers, grid, curve)


def ask(model: Callable[[Tensor], Tensor], data: Data, between: Array) -> tuple[Array, Array]:
    """The answers to the data, and to the inputs in `between`, (m, 1) or (m, 2), in one go."""
    x = np.concatenate([data.inputs, between])
    with in_use(model), no_grad(), silence():
        answers = model(wrap(x.astype(data.dtype)))
    if not isinstance(answers, Tensor):
        raise TypeError(
            f"the model answers with {type(answers).__name__}, not with a tensor\n"
            f"It is called with a tensor of shape (n, {x.shape[1]}), a row for each point."
        )
    if answers.array.size != len(x) or answers.array.ndim > 2:
        raise ValueError(
            f"the model answers {len(x)} inputs with shape {tuple(answers.array.shape)}\n"
            "It has to give one number to each row."
        )
    numbers = answers.array.astype(np.float64).ravel()
    return numbers[: len(data.inputs)], numbers[len(data.inputs) :]


def chosen(count: int) -> Array:
    """Which of `count` points are drawn: all, or `MOST_POINTS` of them."""
    return np.unique(np.linspace(0, count - 1, min(count, MOST_POINTS)).astype(int))


def _dtype(model: Callable[[Tensor], Tensor], inputs: Any) -> Any:
    """Of the numbers that a model can be asked with: its own, or those of the inputs."""
    own = list(model.parameters()) if isinstance(model, Module) else []
    for each in [*own, inputs]:
        if isinstance(each, Tensor) and each.dtype.is_floating_point:
            return each.array.dtype
    return dtypes.get_default_dtype().numpy
