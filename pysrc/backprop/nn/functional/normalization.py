"""Normalization: activations with mean 0 and deviation 1, over a batch or within an example."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ...autograd.broadcasting import unbroadcast
from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor

__all__ = [
    "batch_norm",
    "group_norm",
    "instance_norm",
    "layer_norm",
]


def layer_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-05,
) -> Tensor:
    """``(x - mean) / sqrt(var + eps) * weight + bias``, with the mean and variance of each example.

    Args:
        input: (..., *normalized_shape).
        normalized_shape: the last dimensions, over which mean and variance are taken.
        weight: of `normalized_shape`, or None for 1.
        bias: of `normalized_shape`, or None for 0.
        eps: keeps the root away from 0.

    Source: Ba et al., Layer Normalization (2016).

    Raises:
        RuntimeError: the last dimensions of the input are others.
    """
    shape, x = tuple(normalized_shape), input.array
    if x.shape[x.ndim - len(shape) :] != shape or len(shape) > x.ndim:
        sizes = ", ".join(["*", *map(str, shape)])
        raise RuntimeError(
            f"Given normalized_shape={list(shape)}, expected input with shape [{sizes}], but got input of "
            f"size{list(x.shape)}\nIt is normalized over its last dimensions."
        )
    over = tuple(range(x.ndim - len(shape), x.ndim))
    mean, variance = x.mean(axis=over, keepdims=True), x.var(axis=over, keepdims=True)
    return _normalized(input, weight, bias, mean, variance, over, shape, eps, "NativeLayerNorm")


def batch_norm(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-05,
) -> Tensor:
    """``(x - mean) / sqrt(var + eps) * weight + bias``, with mean and variance of each feature.

    While training they are those of the batch, and the running ones move towards them:
    ``running = (1 - momentum) running + momentum batch`` (with the variance of n - 1). Otherwise they
    are the running ones.

    Args:
        input: (N, C, ...).
        running_mean: (C,) or None; written over while training.
        running_var: (C,) or None; written over while training.
        weight: (C,) or None for 1.
        bias: (C,) or None for 0.
        training: see above.
        momentum: how far the running numbers move.
        eps: keeps the root away from 0.

    Source: Ioffe and Szegedy, Batch Normalization (2015).

    Raises:
        ValueError: while training there is only one value for each feature.
    """
    x = input.array
    over = (0, *range(2, x.ndim))
    shape = tuple(size if axis == 1 else 1 for axis, size in enumerate(x.shape))
    if not training:
        assert running_mean is not None
        assert running_var is not None
        mean, variance = running_mean.array.reshape(shape), running_var.array.reshape(shape)
        return _normalized(input, weight, bias, mean, variance, (), shape, eps, "NativeBatchNorm")
    count = math.prod(x.shape[axis] for axis in over)
    if count <= 1:
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {input.shape}\n"
            "One example has no deviation: give a larger batch, or call model.eval() first."
        )
    mean, variance = x.mean(axis=over, keepdims=True), x.var(axis=over, keepdims=True)
    _move(running_mean, mean, momentum)
    _move(running_var, variance * (count / (count - 1)), momentum)
    return _normalized(input, weight, bias, mean, variance, over, shape, eps, "NativeBatchNorm")


def instance_norm(
    input: Tensor,
    running_mean: Tensor | None = None,
    running_var: Tensor | None = None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-05,
) -> Tensor:
    """As `batch_norm`, with the mean and variance of each channel of each example alone.

    The running numbers move towards the mean over the examples. `use_input_stats` is what
    `batch_norm` calls `training`.

    Args:
        input: (N, C, ...).
        running_mean: (C,) or None; written over, if the input's own numbers are used.
        running_var: likewise.
        weight: (C,) or None for 1.
        bias: (C,) or None for 0.
        use_input_stats: whether mean and variance are the input's own, and not the running ones.
        momentum: how far the running numbers move.
        eps: keeps the root away from 0.

    Source: Ulyanov et al., Instance Normalization (2016).

    Raises:
        ValueError: there is only one value for each channel.
    """
    x = input.array
    shape = tuple(size if axis == 1 else 1 for axis, size in enumerate(x.shape))
    if not use_input_stats:
        assert running_mean is not None
        assert running_var is not None
        mean, variance = running_mean.array.reshape(shape), running_var.array.reshape(shape)
        return _normalized(input, weight, bias, mean, variance, (), shape, eps, "View")
    over, count = tuple(range(2, x.ndim)), math.prod(x.shape[2:])
    if count <= 1:
        raise ValueError(
            f"Expected more than 1 spatial element when training, got input size {input.shape}\n"
            "One value alone has no deviation."
        )
    mean, variance = x.mean(axis=over, keepdims=True), x.var(axis=over, keepdims=True)
    _move(running_mean, mean.mean(axis=0), momentum)
    _move(running_var, (variance * (count / (count - 1))).mean(axis=0), momentum)
    return _normalized(input, weight, bias, mean, variance, over, shape, eps, "View")


def group_norm(
    input: Tensor,
    num_groups: int,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-05,
) -> Tensor:
    """As `instance_norm`, with the mean and variance of `num_groups` groups of neighbouring channels.

    Args:
        input: (N, C, ...).
        num_groups: how many there are; they divide C.
        weight: (C,) or None for 1.
        bias: (C,) or None for 0.
        eps: keeps the root away from 0.

    Source: Wu and He, Group Normalization (2018).

    Raises:
        RuntimeError: the input has fewer than two dimensions, or the groups don't divide its channels.
    """
    x = input.array
    if x.ndim < 2:
        raise RuntimeError(
            f"Expected at least 2 dimensions for input tensor but received {x.ndim}\n"
            "The first dimension is the batch, the second has the channels."
        )
    if x.shape[1] % num_groups:
        raise RuntimeError(
            "Expected number of channels in input to be divisible by num_groups, but got input of shape "
            f"{list(x.shape)} and num_groups={num_groups}\nGroups are of equal size."
        )
    # Each channel is one row of its group.
    apart = (x.shape[0], num_groups, x.shape[1] // num_groups, *x.shape[2:])
    rows = x.reshape(apart)
    over = tuple(range(2, len(apart)))
    mean, variance = rows.mean(axis=over, keepdims=True), rows.var(axis=over, keepdims=True)
    shape = (1, *apart[1:3], *[1] * (x.ndim - 2))
    name = "NativeGroupNorm"
    return _normalized(input, weight, bias, mean, variance, over, shape, eps, name, apart)


def _move(running: Tensor | None, batch: Array, momentum: float) -> None:
    if running is not None:
        kept = running.array
        kept[...] = (1 - momentum) * kept + momentum * batch.reshape(-1)
        running.version_counter[0] += 1


def _normalized(
    input: Tensor,
    weight: Tensor | None,
    bias: Tensor | None,
    mean: Array,
    variance: Array,
    over: tuple[int, ...],
    shape: tuple[int, ...],
    eps: float,
    name: str,
    apart: tuple[int, ...] | None = None,
) -> Tensor:
    """Normalize, scale and shift, with the rule of all functions above.

    The mean and the variance depend on every element that they are taken `over`. So an element takes,
    of the blame g of the normalized numbers n: ``(g - mean(g) - n mean(g n)) / deviation``.

    Args:
        input: what is normalized.
        weight: one number for each element of `shape`.
        bias: likewise.
        mean: broadcasts against the input.
        variance: likewise.
        over: the axes that mean and variance were taken over; none if they are given numbers.
        shape: weight and bias are stretched from this shape.
        eps: keeps the root away from 0.
        name: the operation's.
        apart: the shape in which the input is normalized, if that is not its own.
    """
    x = input.array if apart is None else input.array.reshape(apart)
    deviation = np.sqrt(variance + x.dtype.type(eps))
    normal = (x - mean) / deviation
    scale = None if weight is None else weight.array.reshape(shape)
    y = normal if scale is None else normal * scale
    if bias is not None:
        y = y + bias.array.reshape(shape)

    def rule(grad: Array) -> Gradients:
        grad = grad.reshape(x.shape)
        g = grad if scale is None else grad * scale
        by_input = g / deviation
        if over:
            mean_g = g.mean(axis=over, keepdims=True)
            mean_gn = (g * normal).mean(axis=over, keepdims=True)
            by_input = (g - mean_g - normal * mean_gn) / deviation
        found = [by_input.reshape(input.array.shape)]
        if weight is not None:
            found.append(_gathered(grad * normal, shape, weight.array.shape))
        if bias is not None:
            found.append(_gathered(grad, shape, bias.array.shape))
        return tuple(found)

    inputs = [each for each in (input, weight, bias) if each is not None]
    return tape(y.reshape(input.array.shape), f"{name}Backward0", inputs, rule, saved=inputs[:2])


def _gathered(grad: Array, shape: tuple[int, ...], own: tuple[int, ...]) -> Array:
    """The blame of a number that was used for every example: the sum over all of them."""
    return unbroadcast(grad, shape).reshape(own)
