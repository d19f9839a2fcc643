"""Activations: curves that bend what a linear layer gives; each slope stands below its curve."""

from __future__ import annotations

import math

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array, dtype
from ...fused import fused_multiply_add
from ...nearest import few, nearest_of_few
from ...ops import exponential, reduction
from ...ops.exponential import sigmoid, tanh
from ...tensor import Tensor
from ...warning import warn
from ..scalar_types import scalar_type

__all__ = [
    "elu",
    "gelu",
    "leaky_relu",
    "log_softmax",
    "relu",
    "sigmoid",
    "silu",
    "softmax",
    "softplus",
    "tanh",
]


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    """``max(input, 0)``."""
    return input.relu_() if inplace else exponential.relu(input)


def leaky_relu(input: Tensor, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    """``input`` where it is positive, ``negative_slope * input`` elsewhere, so that no unit dies.

    >>> import backprop as torch
    >>> leaky_relu(torch.tensor([-2.0, 3.0]), 0.1)
    tensor([-0.2000,  3.0000])

    Source: Maas et al., Rectifier Nonlinearities Improve Neural Network Acoustic Models (2013).
    """
    x = real(input, "leaky_relu_cpu")
    slope = np.where(x > 0, 1, negative_slope).astype(x.dtype)

    def rule(grad: Array) -> Array:
        return grad * slope

    result = tape(x * slope, "LeakyReluBackward0", (input,), rule)
    return input.copy_(result) if inplace else result


def elu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """``input`` where it is positive, ``alpha * (exp(input) - 1)`` elsewhere: it levels off at -alpha.

    Source: Clevert et al., Fast and Accurate Deep Network Learning by Exponential Linear Units (2016).
    """
    x = real(input, "elu_cpu", inplace)
    # The exponential of a large number would overflow, and is not needed there.
    low = np.minimum(x, 0)

    def rule(grad: Array) -> Array:
        return grad * np.where(x > 0, 1, alpha * nearest_of_few(np.exp, low)).astype(x.dtype)

    y = np.where(x > 0, x, alpha * nearest_of_few(np.expm1, low)).astype(x.dtype)
    result = tape(y, "EluBackward0", (input,), rule, () if inplace else (input,))
    return input.copy_(result) if inplace else result


def silu(input: Tensor, inplace: bool = False) -> Tensor:
    """``input * sigmoid(input)``, also called swish; with s the sigmoid its slope is s + x s (1 - s).

    Source: Elfwing et al., Sigmoid-Weighted Linear Units (2018).
    """
    x = real(input, "silu_cpu", inplace)
    # Where the exponential overflows, the result is 0, as it should be.
    with np.errstate(over="ignore"):
        rest = 1 + nearest_of_few(np.exp, -x)

    def rule(grad: Array) -> Array:
        s = 1 / rest
        inner = fused_multiply_add(x, 1 - s, 1, x.dtype) if few(x) else 1 + x * (1 - s)
        return grad * s * inner

    result = tape(x / rest, "SiluBackward0", (input,), rule, () if inplace else (input,))
    return input.copy_(result) if inplace else result


def gelu(input: Tensor, approximate: str = "none") -> Tensor:
    """``input * P(input)``, where P is the probability that a normal number lies below.

    The slope is ``P(x) + x p(x)``, with the normal density p. The approximation "tanh" is
    ``x (1 + tanh(u)) / 2`` with ``u = sqrt(2/pi) (x + 0.044715 x^3)``.

    Source: Hendrycks and Gimpel, Gaussian Error Linear Units (2016).

    Raises:
        RuntimeError: `approximate` is neither "none" nor "tanh".
    """
    x = real(input, "GeluKernelImpl")
    if approximate == "none":
        probability = (0.5 * (1 + _erf(x * math.sqrt(0.5)))).astype(x.dtype)

        def rule(grad: Array) -> Array:
            density = np.exp(-0.5 * x * x) * x.dtype.type(1 / math.sqrt(2 * math.pi))
            return grad * (probability + x * density)

        return tape(x * probability, "GeluBackward0", (input,), rule, saved=(input,))
    if approximate != "tanh":
        raise RuntimeError(
            "approximate argument must be either none or tanh.\n"
            f"'{approximate}' was given; leave it out for the exact curve."
        )
    scale = x.dtype.type(math.sqrt(2 / math.pi))
    t = nearest_of_few(np.tanh, scale * (x + 0.044715 * x * x * x))

    def rule_of_tanh(grad: Array) -> Array:
        inner = scale * (1 + 3 * 0.044715 * x * x)
        return grad * (0.5 * (1 + t) + 0.5 * x * (1 - t * t) * inner)

    return tape(0.5 * x * (1 + t), "GeluBackward0", (input,), rule_of_tanh, saved=(input,))


def softplus(input: Tensor, beta: float = 1.0, threshold: float = 20.0) -> Tensor:
    """``log(1 + exp(beta * input)) / beta``, a smooth ReLU; its slope is the sigmoid.

    Where ``beta * input`` is above `threshold` the curve is taken as the straight line that it nearly is.

    Source: Dugas et al., Incorporating Second-Order Functional Knowledge (2001).
    """
    x = real(input, "softplus_cpu")
    scaled = x * x.dtype.type(beta)
    straight = scaled > threshold
    # What is straight is left out: its exponential could overflow.
    raised = nearest_of_few(np.exp, np.where(straight, 0, scaled))

    def rule(grad: Array) -> Array:
        return np.where(straight, grad, grad * raised / (raised + 1))

    curve = nearest_of_few(np.log1p, raised) / x.dtype.type(beta)
    return tape(np.where(straight, x, curve), "SoftplusBackward0", (input,), rule, saved=(input,))


def softmax(input: Tensor, dim: int | None = None, *, dtype: dtype | None = None) -> Tensor:
    """Positive numbers that add up to 1 along `dim`: see `backprop.softmax`."""
    chosen = implicit_dim("softmax", input.array.ndim) if dim is None else dim
    return reduction.softmax(input, chosen, dtype)


def log_softmax(input: Tensor, dim: int | None = None, *, dtype: dtype | None = None) -> Tensor:
    """The logarithm of `softmax`, without its rounding errors."""
    chosen = implicit_dim("log_softmax", input.array.ndim) if dim is None else dim
    return reduction.log_softmax(input, chosen, dtype)


def implicit_dim(name: str, ndim: int) -> int:
    """The dimension that PyTorch takes where none is given, which it warns of."""
    warn(
        f"Implicit dimension choice for {name} has been deprecated. Change the call to include dim=X as "
        "an argument.",
    )
    return 0 if ndim in (0, 1, 3) else 1


def real(input: Tensor, kernel: str, copy: bool = False) -> Array:
    """The array of a tensor of real numbers; a copy, if the tensor is about to be written over.

    Raises:
        NotImplementedError: its elements are whole numbers.
    """
    if input.array.dtype.kind != "f":
        raise NotImplementedError(
            f"\"{kernel}\" not implemented for '{scalar_type(input.dtype)}'\n"
            "Convert the numbers first, with .float()."
        )
    return input.array.copy() if copy else input.array


def _erf(x: Array) -> Array:
    """The error function, which NumPy has not: Python's own, element by element."""
    return np.asarray(_each_erf(x), dtype=np.float64)


_each_erf = np.frompyfunc(math.erf, 1, 1)
