"""Many numbers into few: sums, means, norms, and numbers into shares of a whole."""

from __future__ import annotations

import builtins
import math
from typing import Any

import numpy as np

from .. import dtypes
from ..autograd.tape import tape
from ..dtypes import Array
from ..fused import fused_multiply_add
from ..nearest import few, nearest, nearest_of_few
from ..tensor import Tensor, method, wrap
from .dimensions import Dim, axes, axis, spread
from .operands import convert, floating, type_name

__all__ = [
    "all",
    "any",
    "log_softmax",
    "logsumexp",
    "mean",
    "prod",
    "softmax",
    "std",
    "sum",
    "var",
]


@method()
def sum(
    input: Tensor, dim: Dim = None, keepdim: bool = False, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """The sum over all elements, or along `dim`: every summand is blamed alike.

    >>> import backprop as torch
    >>> torch.tensor([[1.0, 2.0], [3.0, 4.0]]).sum(dim=0)
    tensor([4., 6.])
    """
    if dtype is not None:
        input = convert(input, dtype)
    elif input.array.dtype.kind != "f":
        input = convert(input, dtypes.int64)
    shape = input.array.shape
    if dim is None and not keepdim:

        def rule_all(grad: Array) -> Array:
            return np.broadcast_to(grad, shape)

        return tape(np.add.reduce(input.array, axis=None), "SumBackward0", (input,), rule_all)
    reduced = axes(dim, len(shape))

    def rule(grad: Array) -> Array:
        return np.broadcast_to(spread(grad, reduced, keepdim), shape)

    return tape(
        input.array.sum(axis=reduced if shape else None, keepdims=keepdim, dtype=input.array.dtype),
        "SumBackward1",
        (input,),
        rule,
    )


@method()
def mean(
    input: Tensor, dim: Dim = None, keepdim: bool = False, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """The mean over all elements, or along `dim`.

    Raises:
        RuntimeError: the elements are whole numbers.
    """
    if dtype is not None:
        input = convert(input, dtype)
    if input.array.dtype.kind != "f":
        raise RuntimeError(
            "mean(): could not infer output dtype. Input dtype must be either a floating point or "
            f"complex dtype. Got: {type_name(input.dtype)}\nConvert it first, with .float()."
        )
    shape = input.array.shape
    reduced = axes(dim, len(shape))
    count = math.prod(shape[each] for each in reduced) if shape else 1

    def rule(grad: Array) -> Array:
        return np.broadcast_to(spread(grad, reduced, keepdim) / count, shape)

    with np.errstate(invalid="ignore", divide="ignore"):
        total = np.add.reduce(input.array, axis=reduced if shape else None, keepdims=keepdim)
        result = np.true_divide(total, count, dtype=input.array.dtype)
    name = "MeanBackward0" if dim is None else "MeanBackward1"
    return tape(result, name, (input,), rule)


@method()
def prod(
    input: Tensor,
    dim: int | None = None,
    keepdim: bool = False,
    *,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """The product over all elements, or along `dim`: each factor is blamed by the product of the others."""
    if dtype is not None:
        input = convert(input, dtype)
    elif input.array.dtype.kind != "f":
        input = convert(input, dtypes.int64)
    x = input.array
    reduced = axes(dim, x.ndim)
    result = x.prod(axis=reduced if x.ndim else None, keepdims=keepdim)

    def rule(grad: Array) -> Array:
        incoming = spread(grad, reduced, keepdim)
        zeros = x == 0
        several = zeros.sum(axis=reduced, keepdims=True) > 1
        # The product of the others, without dividing by a factor that may be 0.
        others = np.where(zeros, 1, x).prod(axis=reduced, keepdims=True) / np.where(zeros, 1, x)
        any_zero = zeros.any(axis=reduced, keepdims=True)
        return np.asarray(
            incoming * np.where(several | (any_zero & ~zeros), 0, others), dtype=x.dtype
        )

    return tape(result, f"ProdBackward{0 if dim is None else 1}", (input,), rule, saved=(input,))


def _real(input: Tensor, name: str) -> None:
    if input.array.dtype.kind != "f":
        raise RuntimeError(
            f"{name} only support floating point and complex dtypes\nConvert it first, with .float()."
        )


def _variance(
    name: str,
    input: Tensor,
    dim: Dim,
    unbiased: bool,
    keepdim: bool,
    correction: float | None,
) -> tuple[tuple[int, ...], float, Array]:
    """The dimensions that are reduced, what is divided by, and the variance, added up in float64."""
    _real(input, name)
    x = input.array
    reduced = axes(dim, x.ndim)
    less = correction if correction is not None else float(unbiased)
    count = math.prod(x.shape[each] for each in reduced) - less
    centred = x - x.mean(axis=reduced, keepdims=True, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = (centred * centred).sum(axis=reduced, keepdims=keepdim)
        return reduced, count, np.true_divide(total, builtins.max(count, 0))


def _variance_slope(x: Array, reduced: tuple[int, ...], count: float, grad: Array) -> Array:
    """The gradient by each element, from that by the variance, which broadcasts against `x`."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = x.dtype.type(np.float64(2) / count)
        return share * grad * (x - x.mean(axis=reduced, keepdims=True))


@method()
def var(
    input: Tensor,
    dim: Dim = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Tensor:
    """The variance; divided by n - 1 unless `correction` (or ``unbiased=False``) says otherwise."""
    reduced, count, variance = _variance("var", input, dim, unbiased, keepdim, correction)
    x = input.array

    def rule(grad: Array) -> Array:
        return _variance_slope(x, reduced, count, spread(grad, reduced, keepdim))

    return tape(variance.astype(x.dtype), "VarBackward0", (input,), rule, saved=(input,))


@method()
def std(
    input: Tensor,
    dim: Dim = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Tensor:
    """The standard deviation: the square root of `var`."""
    reduced, count, variance = _variance("std", input, dim, unbiased, keepdim, correction)
    x = input.array
    result = np.sqrt(variance).astype(x.dtype)

    def rule(grad: Array) -> Array:
        incoming, root = spread(grad, reduced, keepdim), spread(result, reduced, keepdim)
        with np.errstate(divide="ignore", invalid="ignore"):
            by_variance = np.where(root == 0, 0, incoming / (root * 2))
        return _variance_slope(x, reduced, count, by_variance)

    return tape(result, "StdBackward0", (input,), rule, saved=(input,), saves_result=True)


@method()
def all(input: Tensor, dim: Dim = None, keepdim: bool = False) -> Tensor:
    """Whether every element is true, over all or along `dim`."""
    return _truth(input, dim, keepdim, np.all)


@method()
def any(input: Tensor, dim: Dim = None, keepdim: bool = False) -> Tensor:
    """Whether some element is true, over all or along `dim`."""
    return _truth(input, dim, keepdim, np.any)


def _truth(input: Tensor, dim: Dim, keepdim: bool, function: Any) -> Tensor:
    along = axes(dim, input.array.ndim)
    # Bytes were PyTorch's bools once, and answer in bytes still.
    kind = np.uint8 if input.array.dtype == np.uint8 else np.bool_
    return wrap(np.asarray(function(input.array, axis=along, keepdims=keepdim), dtype=kind))


@method()
def logsumexp(input: Tensor, dim: Dim, keepdim: bool = False) -> Tensor:
    """``log(sum(exp(input)))`` along `dim`, without overflow: its slope is the softmax."""
    a = floating(input)
    x = a.array
    reduced = axes(dim, x.ndim)
    highest = np.maximum.reduce(x, axis=reduced, keepdims=True, initial=-np.inf)
    highest = np.where(np.isfinite(highest), highest, 0).astype(x.dtype)
    with np.errstate(divide="ignore"):
        raised = nearest(np.exp, x - highest)
        full = nearest(np.log, raised.sum(axis=reduced, keepdims=True)) + highest
    result = (
        full
        if keepdim
        else full.reshape([size for each, size in enumerate(x.shape) if each not in reduced])
    )

    def rule(grad: Array) -> Array:
        return spread(grad, reduced, keepdim) * nearest(np.exp, x - full)

    return tape(result, "LogsumexpBackward0", (a,), rule, saved=(a,), saves_result=True)


def _scores(input: Tensor, dtype: dtypes.dtype | None, name: str) -> Tensor:
    a = input if dtype is None else convert(input, dtype)
    if a.array.dtype.kind != "f":
        raise NotImplementedError(
            f"\"{name}_lastdim_kernel_impl\" not implemented for '{type_name(a.dtype)}'\n"
            "Convert it first, with .float()."
        )
    return a


@method()
def softmax(input: Tensor, dim: int, dtype: dtypes.dtype | None = None) -> Tensor:
    """Positive numbers that add up to 1 along `dim`: ``exp(x) / sum(exp(x))``.

    Each is blamed for its own gradient less the average of all, weighted by the result
    (Goodfellow et al., Deep Learning, 6.2.2.3).
    """
    a = _scores(input, dtype, "softmax")
    along = axis(dim, a.array.ndim)
    y = _shares(a.array, along) if a.array.size and a.array.ndim else np.ones_like(a.array)

    def rule(grad: Array) -> Array:
        if y.ndim == 0:
            return np.zeros_like(y)
        return y * (grad - (grad * y).sum(axis=along, keepdims=True))

    return tape(y, "SoftmaxBackward0", (a,), rule, saves_result=True)


def _shares(x: Array, along: int) -> Array:
    """`softmax` outside the graph."""
    raised = nearest_of_few(np.exp, x - x.max(axis=along, keepdims=True))
    total = raised.sum(axis=along, keepdims=True)
    # As PyTorch rounds it: along the last dimension it multiplies.
    return raised * (1 / total) if along == x.ndim - 1 else raised / total


@method()
def log_softmax(input: Tensor, dim: int, dtype: dtypes.dtype | None = None) -> Tensor:
    """The logarithm of `softmax`, without its rounding errors."""
    a = _scores(input, dtype, "log_softmax")
    along = axis(dim, a.array.ndim)
    if a.array.ndim and a.array.size:
        lowered = a.array - a.array.max(axis=along, keepdims=True)
        total_of_all = nearest_of_few(np.exp, lowered).sum(axis=along, keepdims=True)
        y = lowered - nearest_of_few(np.log, total_of_all)
    else:
        y = np.zeros_like(a.array)

    def rule(grad: Array) -> Array:
        if y.ndim == 0:
            return np.zeros_like(y)
        total = grad.sum(axis=along, keepdims=True)
        share = nearest_of_few(np.exp, y)
        if few(y):
            return fused_multiply_add(-share, total, grad, y.dtype)
        return grad - share * total

    return tape(y, "LogSoftmaxBackward0", (a,), rule, saves_result=True)
