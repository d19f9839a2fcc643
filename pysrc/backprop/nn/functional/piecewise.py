"""Activations made of straight pieces, and of parabolas between them; each slope stands below its curve."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...random import default_generator
from ...tensor import Tensor
from ..scalar_types import scalar_type
from .activation import real

__all__ = [
    "hardshrink",
    "hardsigmoid",
    "hardswish",
    "hardtanh",
    "prelu",
    "relu6",
    "rrelu",
    "softshrink",
    "threshold",
]


def hardtanh(
    input: Tensor, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False
) -> Tensor:
    """``input`` between `min_val` and `max_val`, and these beyond; its slope is 1 inside and 0 outside.

    Raises:
        ValueError: the lower bound is above the upper one.
    """
    if min_val > max_val:
        raise ValueError(
            "min_val cannot be greater than max_val\nThe lower bound comes first, then the upper one."
        )
    x = input.array.copy() if inplace else input.array
    y = np.clip(x, x.dtype.type(min_val), x.dtype.type(max_val))

    def rule(grad: Array) -> Array:
        return grad * ((x > min_val) & (x < max_val))

    return curve(input, y, "HardtanhBackward0", rule, inplace)


def relu6(input: Tensor, inplace: bool = False) -> Tensor:
    """``min(max(input, 0), 6)``: a ReLU that levels off.

    Source: Krizhevsky, Convolutional Deep Belief Networks on CIFAR-10 (2010).
    """
    return hardtanh(input, 0.0, 6.0, inplace)


def hardsigmoid(input: Tensor, inplace: bool = False) -> Tensor:
    """``min(max(input + 3, 0), 6) / 6``: a sigmoid of three straight pieces."""
    x = real(input, "hardsigmoid_cpu", inplace)
    kind = x.dtype.type

    def rule(grad: Array) -> Array:
        return grad * np.where((x > -3) & (x < 3), kind(1 / 6), kind(0))

    y = np.clip(x + 3, 0, 6) / kind(6)
    return curve(input, y, "HardsigmoidBackward0", rule, inplace)


def hardswish(input: Tensor, inplace: bool = False) -> Tensor:
    """``input * hardsigmoid(input)``; between -3 and 3 its slope is ``input / 3 + 1 / 2``.

    Source: Howard et al., Searching for MobileNetV3 (2019).
    """
    x = real(input, "hardswish_cpu", inplace)
    kind = x.dtype.type

    def rule(grad: Array) -> Array:
        inside = x / kind(3) + kind(0.5)
        return grad * np.where(x <= -3, kind(0), np.where(x < 3, inside, kind(1)))

    y = x * np.clip(x + 3, 0, 6) / kind(6)
    return curve(input, y, "HardswishBackward0", rule, inplace)


def hardshrink(input: Tensor, lambd: float = 0.5) -> Tensor:
    """0 from ``-lambd`` to `lambd`, and ``input`` beyond."""
    x = real(input, "hardshrink_cpu")
    small = (x >= -lambd) & (x <= lambd)

    def rule(grad: Array) -> Array:
        return np.where(small, 0, grad).astype(grad.dtype)

    return curve(input, np.where(small, 0, x).astype(x.dtype), "HardshrinkBackward0", rule)


def softshrink(input: Tensor, lambd: float = 0.5) -> Tensor:
    """0 from ``-lambd`` to `lambd`, and ``input`` nearer to 0 by `lambd` beyond.

    Raises:
        RuntimeError: `lambd` is negative.
    """
    x = real(input, "softshrink_check")
    if lambd < 0:
        raise RuntimeError(
            f"lambda must be in range [0, {float(np.finfo(x.dtype).max):g}] for input dtype Float, but found "
            f"{lambd:g}\nIt is by how much numbers come nearer to 0."
        )
    by = x.dtype.type(lambd)
    small = (x >= -by) & (x <= by)

    def rule(grad: Array) -> Array:
        return np.where(small, 0, grad).astype(grad.dtype)

    y = np.where(small, 0, x - np.copysign(by, x)).astype(x.dtype)
    return curve(input, y, "SoftshrinkBackward0", rule)


def threshold(input: Tensor, threshold: float, value: float, inplace: bool = False) -> Tensor:
    """``input`` above the `threshold`, and `value` at it and below."""
    x = input.array.copy() if inplace else input.array
    above = ~(x <= threshold)

    def rule(grad: Array) -> Array:
        return grad * above

    y = np.where(above, x, x.dtype.type(value))
    return curve(input, y, "ThresholdBackward0", rule, inplace)


def prelu(input: Tensor, weight: Tensor) -> Tensor:
    """`leaky_relu` with a slope that is learned: one `weight`, or one for each channel.

    Args:
        input: (N, C, ...), or of any shape for one weight.
        weight: (C,), or one number.

    Source: He et al., Delving Deep into Rectifiers (2015).

    Raises:
        RuntimeError: there is neither one weight nor one for each channel; or its type is another one.
    """
    x, w = input.array, weight.array
    if x.dtype != w.dtype:
        raise RuntimeError(
            f"prelu: Type promoting not supported. Got {scalar_type(input.dtype)} and "
            f"{scalar_type(weight.dtype)}\nConvert the input with .float()."
        )
    channels = x.shape[1] if x.ndim > 1 else 1
    if w.size not in (1, channels):
        raise RuntimeError(
            "Mismatch of parameter numbers and input channel size. Found parameter numbers = "
            f"{w.size} and channel size = {channels}.\nThere is one weight, or one for each channel."
        )
    slope = w.reshape(()) if w.size == 1 else w.reshape(1, -1, *[1] * (x.ndim - 2))
    over = tuple(axis for axis in range(x.ndim) if w.size == 1 or axis != 1)

    def rule(grad: Array) -> Gradients:
        by_weight = np.where(x > 0, 0, x * grad).astype(w.dtype).sum(axis=over).reshape(w.shape)
        return (grad * np.where(x > 0, 1, slope)).astype(x.dtype), by_weight

    y = np.where(x > 0, x, slope * x)
    return tape(y, "PreluKernelBackward0", (input, weight), rule, saved=(input, weight))


def rrelu(
    input: Tensor,
    lower: float = 1.0 / 8,
    upper: float = 1.0 / 3,
    training: bool = False,
    inplace: bool = False,
) -> Tensor:
    """`leaky_relu` with a slope that is drawn for each number from `lower` to `upper`; their mean in use.

    Source: Xu et al., Empirical Evaluation of Rectified Activations (2015).

    Raises:
        RuntimeError: the lower bound is above the upper one.
    """
    x = real(input, "leaky_relu_cpu", inplace)
    if lower > upper:
        raise RuntimeError(
            "Lower bound should be less than or equal to the upper bound\nGive the smaller one first."
        )
    low = x <= 0
    slope = np.ones_like(x)
    if training:
        drawn = default_generator.uniform64(int(np.count_nonzero(low)))
        slope[low] = drawn * (upper - lower) + lower
    else:
        slope[low] = (lower + upper) / 2

    def rule(grad: Array) -> Array:
        return grad * slope

    return curve(input, x * slope, "RreluWithNoiseBackward0", rule, inplace)


def curve(
    input: Tensor, y: Array, name: str, rule: Callable[[Array], Array], inplace: bool = False
) -> Tensor:
    """An activation, remembered; written over its input, if that is asked for."""
    result = tape(y, name, (input,), rule, () if inplace else (input,))
    return input.copy_(result) if inplace else result
