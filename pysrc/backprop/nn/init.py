"""How parameters start out: functions that fill a tensor in place, outside the graph."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..autograd.grad_mode import no_grad
from ..missing import missing_attribute
from ..random import Generator, normal_array, randperm
from ..tensor import Tensor, wrap
from ..warning import warn
from .renamed import without_underscore

__all__ = [
    "calculate_gain",
    "constant",
    "constant_",
    "dirac",
    "dirac_",
    "eye",
    "eye_",
    "kaiming_normal",
    "kaiming_normal_",
    "kaiming_uniform",
    "kaiming_uniform_",
    "normal",
    "normal_",
    "ones_",
    "orthogonal",
    "orthogonal_",
    "sparse",
    "sparse_",
    "trunc_normal_",
    "uniform",
    "uniform_",
    "xavier_normal",
    "xavier_normal_",
    "xavier_uniform",
    "xavier_uniform_",
    "zeros_",
]


@no_grad()
def uniform_(
    tensor: Tensor, a: float = 0.0, b: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Uniform random numbers in [a, b)."""
    return tensor.uniform_(a, b, generator=generator)


@no_grad()
def normal_(
    tensor: Tensor, mean: float = 0.0, std: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Normal random numbers."""
    return tensor.normal_(mean, std, generator=generator)


@no_grad()
def trunc_normal_(
    tensor: Tensor,
    mean: float = 0.0,
    std: float = 1.0,
    a: float = -2.0,
    b: float = 2.0,
    generator: Generator | None = None,
) -> Tensor:
    """Normal random numbers, of which those outside [a, b] are drawn again.

    Where fewer than 3 in 10 would be inside, uniform numbers in [a, b] are drawn instead, and each is
    kept with the probability that its density asks for.
    """
    if mean < a - 2 * std or mean > b + 2 * std:
        warn(
            "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. The distribution of values may "
            "be incorrect.",
        )
    inside = _below((b - mean) / std) - _below((a - mean) / std)
    values = tensor.array
    if inside > 0.3:
        low, high = values.dtype.type(a), values.dtype.type(b)
        tensor.normal_(mean, std, generator=generator)
        while (outside := (values < low) | (values > high)).any():
            again = wrap(np.empty_like(values)).normal_(mean, std, generator=generator).array
            values[outside] = again[outside]
        return tensor
    peak = -0.5 * ((max(a, min(mean, b)) - mean) / std) ** 2
    pending = np.ones(values.shape, bool)
    while pending.any():
        drawn = wrap(np.empty_like(values)).uniform_(a, b, generator=generator).array
        values[pending] = drawn[pending]
        density = -0.5 * ((drawn - mean) / std) ** 2 - peak
        with np.errstate(divide="ignore"):
            chance = np.log(wrap(np.empty_like(values)).uniform_(generator=generator).array)
        pending &= chance > density
    return tensor


def _below(x: float) -> float:
    """The probability that a normal number is below x."""
    return (1 + math.erf(x / math.sqrt(2))) / 2


@no_grad()
def constant_(tensor: Tensor, val: float) -> Tensor:
    """One number everywhere."""
    return tensor.fill_(val)


def zeros_(tensor: Tensor) -> Tensor:
    """0 everywhere."""
    return constant_(tensor, 0.0)


def ones_(tensor: Tensor) -> Tensor:
    """1 everywhere."""
    return constant_(tensor, 1.0)


@no_grad()
def eye_(tensor: Tensor) -> Tensor:
    """Ones on the diagonal, zeros elsewhere: a linear layer that hands its input on.

    Raises:
        ValueError: it has not two dimensions.
    """
    _check_dimensions(tensor, 2, 2, "Only tensors with 2 dimensions are supported")
    return tensor.copy_(wrap(np.eye(*tensor.array.shape, dtype=tensor.array.dtype)))


@no_grad()
def dirac_(tensor: Tensor, groups: int = 1) -> Tensor:
    """A 1 in the middle of a kernel for each channel: a convolution that hands its input on.

    Raises:
        ValueError: it has not three to five dimensions, or the groups don't divide its outputs.
    """
    _check_dimensions(tensor, 3, 5, "Only tensors with 3, 4, or 5 dimensions are supported")
    shape = tensor.array.shape
    if shape[0] % groups:
        raise ValueError("dim 0 must be divisible by groups\nIt counts the output channels.")
    each = shape[0] // groups
    middle = tuple(size // 2 for size in shape[2:])
    tensor.zero_()
    for group in range(groups):
        for channel in range(min(each, shape[1])):
            tensor.array[(group * each + channel, channel, *middle)] = 1
    return tensor


@no_grad()
def orthogonal_(tensor: Tensor, gain: float = 1, generator: Generator | None = None) -> Tensor:
    """Rows, or columns, of length `gain` at right angles to each other; other dimensions are joined.

    From the QR decomposition of normal numbers, with the signs that make it uniform (Saxe et al., 2013;
    Mezzadri, 2007).

    Raises:
        ValueError: it has fewer than two dimensions.
    """
    if tensor.array.ndim < 2:
        raise ValueError(
            "Only tensors with 2 or more dimensions are supported\nUse zeros_ for a bias."
        )
    if tensor.array.size == 0:
        return tensor
    rows = tensor.array.shape[0]
    drawn = normal_array((rows, tensor.array.size // rows), tensor.dtype, generator)
    wide = rows < drawn.shape[1]
    q, r = np.linalg.qr(drawn.T if wide else drawn)
    q = q * np.sign(np.diag(r))
    return tensor.copy_(wrap((q.T if wide else q).reshape(tensor.array.shape) * q.dtype.type(gain)))


@no_grad()
def sparse_(
    tensor: Tensor, sparsity: float, std: float = 0.01, generator: Generator | None = None
) -> Tensor:
    """Normal numbers, of which a share `sparsity` of each column is 0 (Martens, 2010).

    Raises:
        ValueError: it has not two dimensions.
    """
    _check_dimensions(tensor, 2, 2, "Only tensors with 2 dimensions are supported")
    rows, columns = tensor.array.shape
    tensor.normal_(0, std, generator=generator)
    for column in range(columns):
        dropped = randperm(rows).array[: math.ceil(sparsity * rows)]
        tensor.array[dropped, column] = 0
    return tensor


def _check_dimensions(tensor: Tensor, least: int, most: int, message: str) -> None:
    if not least <= tensor.array.ndim <= most:
        raise ValueError(f"{message}\nThis one has {tensor.array.ndim}.")


def fans(tensor: Tensor) -> tuple[int, int]:
    """How many numbers go into, and out of, each unit of a weight of shape (out, in, ...).

    Raises:
        ValueError: it has fewer than two dimensions.
    """
    if tensor.array.ndim < 2:
        raise ValueError(
            "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions\n"
            "Use uniform_ or zeros_ for a bias."
        )
    receptive = math.prod(tensor.array.shape[2:])
    return tensor.array.shape[1] * receptive, tensor.array.shape[0] * receptive


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """By how much an activation shrinks its input, to be made up for by larger weights.

    Raises:
        ValueError: the activation is unknown.
    """
    slope = 0.01 if param is None else param
    linear = ("linear", "conv1d", "conv2d", "conv3d", "sigmoid")
    gains = {
        **dict.fromkeys(linear, 1),
        "tanh": 5.0 / 3,
        "relu": math.sqrt(2.0),
        "leaky_relu": math.sqrt(2.0 / (1 + slope**2)),
        "selu": 3.0 / 4,
    }
    if nonlinearity not in gains:
        raise ValueError(f"Unsupported nonlinearity {nonlinearity}\nKnown are {', '.join(gains)}.")
    return gains[nonlinearity]


def _is_empty(tensor: Tensor) -> bool:
    if tensor.array.size:
        return False
    warn("Initializing zero-element tensors is a no-op")
    return True


def _chosen_fan(tensor: Tensor, mode: str) -> int:
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']")
    return fans(tensor)[mode == "fan_out"]


def kaiming_uniform_(
    tensor: Tensor,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Uniform within ``gain * sqrt(3 / fan)``: keeps the variance through ReLUs (He et al., 2015)."""
    if _is_empty(tensor):
        return tensor
    bound = calculate_gain(nonlinearity, a) * math.sqrt(3.0) / math.sqrt(_chosen_fan(tensor, mode))
    return uniform_(tensor, -bound, bound, generator)


def kaiming_normal_(
    tensor: Tensor,
    a: float = 0,
    mode: str = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Normal with deviation ``gain / sqrt(fan)`` (He et al., 2015)."""
    if _is_empty(tensor):
        return tensor
    std = calculate_gain(nonlinearity, a) / math.sqrt(_chosen_fan(tensor, mode))
    return normal_(tensor, 0.0, std, generator)


def xavier_uniform_(
    tensor: Tensor, gain: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Uniform within ``gain * sqrt(6 / (fan_in + fan_out))`` (Glorot and Bengio, 2010)."""
    bound = math.sqrt(3.0) * gain * math.sqrt(2.0 / sum(fans(tensor)))
    return uniform_(tensor, -bound, bound, generator)


def xavier_normal_(tensor: Tensor, gain: float = 1.0, generator: Generator | None = None) -> Tensor:
    """Normal with deviation ``gain * sqrt(2 / (fan_in + fan_out))`` (Glorot and Bengio, 2010)."""
    return normal_(tensor, 0.0, gain * math.sqrt(2.0 / sum(fans(tensor))), generator)


(
    constant, dirac, eye, kaiming_normal, kaiming_uniform, normal, orthogonal, sparse, uniform,
    xavier_normal, xavier_uniform,
) = (
    without_underscore(each, "nn.init")
    for each in (
        constant_, dirac_, eye_, kaiming_normal_, kaiming_uniform_, normal_, orthogonal_, sparse_, uniform_,
        xavier_normal_, xavier_uniform_,
    )
)  # fmt: skip


def __getattr__(name: str) -> Any:
    raise missing_attribute("nn.init", name)
