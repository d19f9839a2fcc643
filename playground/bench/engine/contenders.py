"""The same training step, written for each library: a network of linear layers with tanh, and SGD.

Every contender is a function of the layer sizes and the data that returns a step to be called: forget the
gradients, forward, mean squared error, backward, update.
"""

from __future__ import annotations

import importlib.util
import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Step = Callable[[], Any]
LEARNING_RATE = 0.01


def numpy_by_hand(sizes: list[int], x: Array, y: Array) -> Step:
    """The derivatives written out: what any library is measured against."""
    weights, biases = _initial(sizes)
    last = len(weights) - 1

    def step() -> None:
        values = [x]
        for index, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
            total = values[-1] @ weight.T
            total += bias
            values.append(total if index == last else np.tanh(total))
        error = values[-1] - y
        np.vdot(error, error) / error.size
        error *= np.float32(2 / error.size)
        for index in range(last, -1, -1):
            by_weight = error.T @ values[index]
            by_bias = error.sum(axis=0)
            if index:
                error = (error @ weights[index]) * (1 - values[index] * values[index])
            weights[index] -= LEARNING_RATE * by_weight
            biases[index] -= LEARNING_RATE * by_bias

    return step


def backprop(sizes: list[int], x: Array, y: Array) -> Step:
    """This project's library."""
    import backprop

    return _in_pytorchs_words(backprop, sizes, x, y)


def pytorch(sizes: list[int], x: Array, y: Array) -> Step:
    """PyTorch itself, on one thread."""
    torch = importlib.import_module("torch")
    torch.set_num_threads(1)
    return _in_pytorchs_words(torch, sizes, x, y)


def _in_pytorchs_words(torch: Any, sizes: list[int], x: Array, y: Array) -> Step:
    layers: list[Any] = []
    for inputs, outputs in itertools.pairwise(sizes):
        layers += [torch.nn.Linear(inputs, outputs), torch.nn.Tanh()]
    model = torch.nn.Sequential(*layers[:-1])
    loss_fn = torch.nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)
    inputs, target = torch.tensor(x), torch.tensor(y)

    def step() -> None:
        optimizer.zero_grad()
        loss_fn(model(inputs), target).backward()
        optimizer.step()

    return step


def autograd(sizes: list[int], x: Array, y: Array) -> Step:
    """HIPS autograd."""
    autograd_numpy: Any = importlib.import_module("autograd.numpy")
    parameters = list(zip(*_initial(sizes), strict=True))

    def loss(parameters: Any) -> Any:
        value = x
        for index, (weight, bias) in enumerate(parameters):
            value = autograd_numpy.dot(value, weight.T) + bias
            if index < len(parameters) - 1:
                value = autograd_numpy.tanh(value)
        return autograd_numpy.mean((value - y) ** 2)

    gradient = importlib.import_module("autograd").grad(loss)

    def step() -> None:
        for (weight, bias), (by_weight, by_bias) in zip(
            parameters, gradient(parameters), strict=True
        ):
            weight -= LEARNING_RATE * by_weight
            bias -= LEARNING_RATE * by_bias

    return step


def micrograd(sizes: list[int], x: Array, y: Array) -> Step:
    """Micrograd: one node a number. It has no tanh, so its bends are ReLUs."""
    engine: Any = importlib.import_module("micrograd.engine")
    weights, biases = _initial(sizes)
    layers = [
        (
            [[engine.Value(float(each)) for each in row] for row in weight],
            [engine.Value(float(each)) for each in bias],
        )
        for weight, bias in zip(weights, biases, strict=True)
    ]
    numbers = [each for rows, bias in layers for each in [*itertools.chain(*rows), *bias]]
    inputs, targets = x.tolist(), y.tolist()

    def answer(values: Any) -> Any:
        for place, (rows, bias) in enumerate(layers):
            sums = [
                sum((w * v for w, v in zip(row, values, strict=True)), b)
                for row, b in zip(rows, bias, strict=True)
            ]
            values = sums if place == len(layers) - 1 else [each.relu() for each in sums]
        return values

    def step() -> None:
        for each in numbers:
            each.grad = 0
        errors = [
            (given - wanted) ** 2
            for row, target in zip(inputs, targets, strict=True)
            for given, wanted in zip(answer(row), target, strict=True)
        ]
        (sum(errors) * (1 / len(errors))).backward()
        for each in numbers:
            each.data -= LEARNING_RATE * each.grad

    return step


def _initial(sizes: list[int]) -> tuple[list[Array], list[Array]]:
    generator = np.random.default_rng(0)
    weights = [
        (generator.random((outputs, inputs), dtype=np.float32) - 0.5) / np.float32(inputs**0.5)
        for inputs, outputs in itertools.pairwise(sizes)
    ]
    return weights, [np.zeros(size, np.float32) for size in sizes[1:]]


#: By name, with the package that it needs. The first is what the others are divided by.
CONTENDERS: dict[str, tuple[Callable[[list[int], Array, Array], Step], str]] = {
    "NumPy by hand": (numpy_by_hand, "numpy"),
    "backprop": (backprop, "backprop"),
    "PyTorch": (pytorch, "torch"),
    "autograd": (autograd, "autograd"),
    "micrograd": (micrograd, "micrograd"),
}
#: Beyond so many products a step, a library of single numbers takes minutes for one figure.
MOST_SCALAR_PRODUCTS = 10_000


def installed(sizes: list[int], batch: int) -> dict[str, Callable[[list[int], Array, Array], Step]]:
    """The contenders whose package is here, and to which the network is not too large."""
    products = batch * sum(inputs * outputs for inputs, outputs in itertools.pairwise(sizes))
    return {
        name: make
        for name, (make, package) in CONTENDERS.items()
        if importlib.util.find_spec(package) is not None
        and (name != "micrograd" or products <= MOST_SCALAR_PRODUCTS)
    }
