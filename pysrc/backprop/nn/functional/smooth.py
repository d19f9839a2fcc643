"""Activations that bend smoothly; each slope stands below its curve."""

from __future__ import annotations

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array, dtype
from ...ops import reduction
from ...ops.exponential import sigmoid_array
from ...random import exponential_
from ...tensor import Tensor, wrap
from .activation import implicit_dim, real
from .piecewise import curve

__all__ = [
    "celu",
    "glu",
    "gumbel_softmax",
    "logsigmoid",
    "mish",
    "selu",
    "softmin",
    "softsign",
    "tanhshrink",
]

#: With these a layer hands mean 0 and deviation 1 on (Klambauer et al., 2017).
SELU_ALPHA = 1.6732632423543772848170429916717
SELU_SCALE = 1.0507009873554804934193349852946


def celu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """``input`` where it is positive, ``alpha * (exp(input / alpha) - 1)`` elsewhere: without a kink at 0.

    Source: Barron, Continuously Differentiable Exponential Linear Units (2017).

    Raises:
        RuntimeError: `alpha` is 0.
    """
    x = real(input, "elu_cpu", inplace)
    if alpha == 0:
        raise RuntimeError(
            "ZeroDivisionError: alpha cannot be 0 for CELU\nIt says where the curve levels off."
        )
    # The exponential of a large number would overflow, and is not needed there.
    low = np.minimum(x, 0) / x.dtype.type(alpha)

    def rule(grad: Array) -> Array:
        return grad * np.where(x > 0, 1, np.exp(low)).astype(x.dtype)

    y = np.where(x > 0, x, alpha * np.expm1(low)).astype(x.dtype)
    return curve(input, y, "CeluBackward0", rule, inplace)


def selu(input: Tensor, inplace: bool = False) -> Tensor:
    """`elu` of a certain alpha, times a certain scale: mean 0 and deviation 1 stay so from layer to layer.

    Source: Klambauer et al., Self-Normalizing Neural Networks (2017).
    """
    x = real(input, "elu_cpu", inplace)
    low = np.minimum(x, 0)

    def rule(grad: Array) -> Array:
        slope = np.where(x > 0, SELU_SCALE, SELU_SCALE * SELU_ALPHA * np.exp(low))
        return grad * slope.astype(x.dtype)

    y = np.where(x > 0, SELU_SCALE * x, SELU_SCALE * SELU_ALPHA * np.expm1(low)).astype(x.dtype)
    return curve(input, y, "EluBackward0", rule, inplace)


def mish(input: Tensor, inplace: bool = False) -> Tensor:
    """``input * tanh(log(1 + exp(input)))``; with t the tanh its slope is ``t + x s (1 - t^2)``.

    Source: Misra, Mish: A Self Regularized Non-Monotonic Activation Function (2019).
    """
    x = real(input, "mish_cpu", inplace)
    t = np.tanh(np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))))

    def rule(grad: Array) -> Array:
        return grad * (t + x * sigmoid_array(x) * (1 - t * t))

    return curve(input, x * t, "MishBackward0", rule, inplace)


def softsign(input: Tensor) -> Tensor:
    """``input / (1 + |input|)``: like tanh, and slower to level off."""
    return input / (input.abs() + 1)


def tanhshrink(input: Tensor) -> Tensor:
    """``input - tanh(input)``."""
    return input - input.tanh()


def logsigmoid(input: Tensor) -> Tensor:
    """The logarithm of the sigmoid, ``-log(1 + exp(-input))``; its slope is ``sigmoid(-input)``."""
    x = real(input, "log_sigmoid_cpu")

    def rule(grad: Array) -> Array:
        return grad * sigmoid_array(-x)

    y = np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x)))
    return curve(input, y, "LogSigmoidBackward0", rule)


def glu(input: Tensor, dim: int = -1) -> Tensor:
    """``a * sigmoid(b)`` of the two halves a and b along `dim`: b is the gate of a.

    Source: Dauphin et al., Language Modeling with Gated Convolutional Networks (2017).

    Raises:
        RuntimeError: that dimension has no two halves.
    """
    if input.array.ndim == 0:
        raise RuntimeError(
            "glu does not support scalars because halving size must be even\nGive at least two numbers."
        )
    axis = dim % input.array.ndim
    size = input.array.shape[axis]
    if size % 2:
        raise RuntimeError(
            f"Halving dimension must be even, but dimension {axis} is size {size}\n"
            "One half is the gate of the other."
        )
    x = real(input, "glu_cpu")
    a, b = np.split(x, 2, axis)
    gate = sigmoid_array(b)

    def rule(grad: Array) -> Array:
        return np.concatenate([grad * gate, grad * a * gate * (1 - gate)], axis)

    return tape(a * gate, "GluBackward0", (input,), rule, saved=(input,))


def softmin(input: Tensor, dim: int | None = None, *, dtype: dtype | None = None) -> Tensor:
    """`softmax` of the negative input: the smallest number gets the most."""
    chosen = implicit_dim("softmin", input.array.ndim) if dim is None else dim
    return reduction.softmax(-input, chosen, dtype)


def gumbel_softmax(
    logits: Tensor, tau: float = 1, hard: bool = False, eps: float = 1e-10, dim: int = -1
) -> Tensor:
    """A random choice that gradients flow through: `softmax` of the scores with random numbers added.

    Args:
        logits: unnormalized log-probabilities.
        tau: the temperature: the lower, the nearer to one choice alone.
        hard: whether the result is one choice alone, with the gradient of the soft one.
        eps: has no effect any more.
        dim: along which dimension is chosen.

    Source: Jang et al., Categorical Reparameterization with Gumbel-Softmax (2017).
    """
    waits = exponential_(wrap(np.empty(logits.array.shape, logits.array.dtype))).array
    noise = wrap(-np.log(waits))
    soft = reduction.softmax((logits + noise) / tau, dim)
    if not hard:
        return soft
    axis = dim % soft.array.ndim
    best = np.expand_dims(soft.array.argmax(axis), axis)
    choice = np.zeros_like(soft.array)
    np.put_along_axis(choice, best, 1, axis)
    return wrap(choice) - soft.detach() + soft
