"""Many numbers into few: sums, means, extremes."""

from __future__ import annotations

import builtins
import math
from typing import Any, NamedTuple

import numpy as np

from .. import dtypes
from ..autograd.record import record
from ..dtypes import Array
from ..tensor import Tensor, method, wrap
from .operands import convert, floating

__all__ = [
    "all",
    "any",
    "argmax",
    "argmin",
    "log_softmax",
    "logsumexp",
    "max",
    "mean",
    "min",
    "norm",
    "prod",
    "softmax",
    "std",
    "sum",
    "var",
]

Dim = int | tuple[int, ...] | list[int] | None


class Extreme(NamedTuple):
    """The largest or smallest elements along a dimension, and where they stand."""

    values: Tensor
    indices: Tensor


class _Maximum(Extreme):
    def __repr__(self) -> str:
        return f"torch.return_types.max(\nvalues={self.values!r},\nindices={self.indices!r})"


class _Minimum(Extreme):
    def __repr__(self) -> str:
        return f"torch.return_types.min(\nvalues={self.values!r},\nindices={self.indices!r})"


def axes(dim: Dim, ndim: int) -> tuple[int, ...]:
    """The dimensions meant by `dim` as non-negative numbers; all of them for None or ().

    Raises:
        IndexError: there is no such dimension.
    """
    if dim is None or dim == () or dim == []:
        return tuple(range(ndim))
    return tuple(axis(each, ndim) for each in ((dim,) if isinstance(dim, int) else dim))


def axis(dim: int, ndim: int) -> int:
    """The dimension meant by `dim` as a non-negative number.

    Raises:
        IndexError: there is no such dimension.
    """
    reach = ndim or 1
    if not -reach <= dim < reach:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-reach}, {reach - 1}], but got {dim})"
            f"\nThe tensor has {ndim} dimension{'' if ndim == 1 else 's'}, counted from 0."
        )
    return dim % reach


def _spread(grad: Array, reduced: tuple[int, ...], keepdim: bool) -> Array:
    """Give a reduced gradient its lost dimensions back, with size 1."""
    return grad if keepdim or not reduced else np.expand_dims(grad, reduced)


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

        return record(np.add.reduce(input.array, axis=None), "SumBackward0", (input,), rule_all)
    reduced = axes(dim, len(shape))

    def rule(grad: Array) -> Array:
        return np.broadcast_to(_spread(grad, reduced, keepdim), shape)

    return record(
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
            f"complex dtype. Got: {_type_name(input.dtype)}\nConvert it first, with .float()."
        )
    shape = input.array.shape
    reduced = axes(dim, len(shape))
    count = math.prod(shape[each] for each in reduced) if shape else 1

    def rule(grad: Array) -> Array:
        return np.broadcast_to(_spread(grad, reduced, keepdim) / count, shape)

    with np.errstate(invalid="ignore", divide="ignore"):
        total = np.add.reduce(input.array, axis=reduced if shape else None, keepdims=keepdim)
        result = np.true_divide(total, count, dtype=input.array.dtype)
    name = "MeanBackward0" if dim is None else "MeanBackward1"
    return record(result, name, (input,), rule)


def _type_name(kind: dtypes.dtype) -> str:
    names = {"int64": "Long", "int32": "Int", "int16": "Short", "int8": "Char", "uint8": "Byte"}
    return names.get(kind.name, kind.name.capitalize())


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
        spread = _spread(grad, reduced, keepdim)
        zeros = x == 0
        several = zeros.sum(axis=reduced, keepdims=True) > 1
        # The product of the others, without dividing by a factor that may be 0.
        others = np.where(zeros, 1, x).prod(axis=reduced, keepdims=True) / np.where(zeros, 1, x)
        any_zero = zeros.any(axis=reduced, keepdims=True)
        return np.asarray(
            spread * np.where(several | (any_zero & ~zeros), 0, others), dtype=x.dtype
        )

    return record(result, f"ProdBackward{0 if dim is None else 1}", (input,), rule, saved=(input,))


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
    x = input.array
    reduced = axes(dim, x.ndim)
    less = correction if correction is not None else float(unbiased)
    count = math.prod(x.shape[each] for each in reduced) - less
    centred = x - x.mean(axis=reduced, keepdims=True)

    def rule(grad: Array) -> Array:
        with np.errstate(divide="ignore", invalid="ignore"):
            return _spread(grad, reduced, keepdim) * centred * x.dtype.type(2 / count)

    with np.errstate(divide="ignore", invalid="ignore"):
        total = (centred * centred).sum(axis=reduced, keepdims=keepdim)
        result = np.true_divide(total, builtins.max(count, 0), dtype=x.dtype)
    return record(result, "VarBackward0", (input,), rule, saved=(input,))


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
    x = input.array
    reduced = axes(dim, x.ndim)
    less = correction if correction is not None else float(unbiased)
    count = math.prod(x.shape[each] for each in reduced) - less
    centred = x - x.mean(axis=reduced, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = (centred * centred).sum(axis=reduced, keepdims=keepdim)
        result = np.sqrt(np.true_divide(total, builtins.max(count, 0), dtype=x.dtype))

    def rule(grad: Array) -> Array:
        spread, root = _spread(grad, reduced, keepdim), _spread(result, reduced, keepdim)
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = np.where(root == 0, 0, centred / (root * x.dtype.type(count)))
        return (spread * slope).astype(x.dtype)

    return record(result, "StdBackward0", (input,), rule, saved=(input,), saves_result=True)


@method()
def max(input: Tensor, dim: Any = None, keepdim: bool = False) -> Any:
    """The largest element; along `dim`, a pair of values and indices; of two tensors, `maximum`.

    Raises:
        RuntimeError: there are no elements.
    """
    return _extreme(input, dim, keepdim, "max")


@method()
def min(input: Tensor, dim: Any = None, keepdim: bool = False) -> Any:
    """The smallest element; along `dim`, a pair of values and indices; of two tensors, `minimum`.

    Raises:
        RuntimeError: there are no elements.
    """
    return _extreme(input, dim, keepdim, "min")


def _extreme(input: Tensor, dim: Any, keepdim: bool, kind: str) -> Any:
    if isinstance(dim, Tensor):
        from .arithmetic import maximum, minimum

        return maximum(input, dim) if kind == "max" else minimum(input, dim)
    x = input.array
    if x.size == 0:
        raise RuntimeError(
            f"{kind}(): Expected reduction dim to be specified for input.numel() == 0. Specify the "
            "reduction dim with the 'dim' argument.\nThe tensor has no elements."
        )
    title = kind.capitalize()
    if dim is None:
        best = getattr(x, kind)()

        def rule_all(grad: Array) -> Array:
            winners = x == best
            return (grad * winners / winners.sum()).astype(x.dtype)

        return record(best, f"{title}Backward1", (input,), rule_all, saved=(input,))
    along = axis(dim, x.ndim)
    if x.ndim == 0:
        return (_Maximum if kind == "max" else _Minimum)(input.clone(), wrap(np.array(0)))
    where = np.expand_dims(getattr(x, f"arg{kind}")(axis=along), along)

    def rule(grad: Array) -> Array:
        full = np.zeros(x.shape, grad.dtype)
        np.put_along_axis(full, where, grad if keepdim else np.expand_dims(grad, along), along)
        return full

    values = np.take_along_axis(x, where, along)
    indices = where
    if not keepdim:
        values, indices = values.squeeze(along), where.squeeze(along)
    return (_Maximum if kind == "max" else _Minimum)(
        record(values, f"{title}Backward0", (input,), rule), wrap(indices.copy())
    )


@method()
def argmax(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Where the largest element is: in the flattened tensor, or along `dim`."""
    return _position(input, dim, keepdim, np.argmax)


@method()
def argmin(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Where the smallest element is: in the flattened tensor, or along `dim`."""
    return _position(input, dim, keepdim, np.argmin)


def _position(input: Tensor, dim: int | None, keepdim: bool, function: Any) -> Tensor:
    along = None if dim is None or input.array.ndim == 0 else axis(dim, input.array.ndim)
    return wrap(np.asarray(function(input.array, axis=along, keepdims=keepdim)))


@method()
def all(input: Tensor, dim: Dim = None, keepdim: bool = False) -> Tensor:
    """Whether every element is true, over all or along `dim`."""
    along = axes(dim, input.array.ndim) if input.array.ndim else None
    return wrap(np.asarray(input.array.all(axis=along, keepdims=keepdim)))


@method()
def any(input: Tensor, dim: Dim = None, keepdim: bool = False) -> Tensor:
    """Whether some element is true, over all or along `dim`."""
    along = axes(dim, input.array.ndim) if input.array.ndim else None
    return wrap(np.asarray(input.array.any(axis=along, keepdims=keepdim)))


@method()
def norm(input: Tensor, p: Any = 2, dim: Dim = None, keepdim: bool = False) -> Tensor:
    """The p-norm ``sum(|x|^p)^(1/p)``; ``p=inf`` is the largest absolute value.

    The gradient at zero is taken as 0, as in PyTorch.
    """
    x = input.array
    reduced = axes(dim, x.ndim)
    order = 2.0 if p == "fro" else float(p)
    size = np.abs(x)
    along = reduced if x.ndim else None
    if order == math.inf:
        result = size.max(axis=along, keepdims=keepdim)
    elif order == 2:
        result = np.sqrt((x * x).sum(axis=along, keepdims=keepdim))
    else:
        result = (size**order).sum(axis=along, keepdims=keepdim) ** x.dtype.type(1 / order)

    def rule(grad: Array) -> Array:
        spread, total = _spread(grad, reduced, keepdim), _spread(result, reduced, keepdim)
        with np.errstate(divide="ignore", invalid="ignore"):
            if order == math.inf:
                winners = size == total
                slope = np.sign(x) * winners / winners.sum(axis=along, keepdims=True)
            else:
                slope = np.where(total == 0, 0, np.sign(x) * (size / total) ** (order - 1))
        return np.asarray(spread * slope, dtype=x.dtype)

    return record(
        np.asarray(result, dtype=x.dtype),
        "LinalgVectorNormBackward0",
        (input,),
        rule,
        saved=(input,),
        saves_result=True,
    )


@method()
def logsumexp(input: Tensor, dim: Dim, keepdim: bool = False) -> Tensor:
    """``log(sum(exp(input)))`` along `dim`, without overflow: its slope is the softmax."""
    a = floating(input)
    x = a.array
    reduced = axes(dim, x.ndim)
    highest = np.maximum.reduce(x, axis=reduced, keepdims=True)
    highest = np.where(np.isfinite(highest), highest, 0).astype(x.dtype)
    with np.errstate(divide="ignore"):
        full = np.log(np.exp(x - highest).sum(axis=reduced, keepdims=True)) + highest
    result = (
        full
        if keepdim
        else full.reshape([size for each, size in enumerate(x.shape) if each not in reduced])
    )

    def rule(grad: Array) -> Array:
        return _spread(grad, reduced, keepdim) * np.exp(x - full)

    return record(result, "LogsumexpBackward0", (a,), rule, saved=(a,), saves_result=True)


@method()
def softmax(input: Tensor, dim: int, dtype: dtypes.dtype | None = None) -> Tensor:
    """Positive numbers that add up to 1 along `dim`: ``exp(x) / sum(exp(x))``.

    Each is blamed for its own gradient less the average of all, weighted by the result
    (Goodfellow et al., Deep Learning, 6.2.2.3).
    """
    a = floating(input if dtype is None else convert(input, dtype))
    along = axis(dim, a.array.ndim)
    raised = np.exp(a.array - a.array.max(axis=along, keepdims=True)) if a.array.size else a.array
    y = raised / raised.sum(axis=along, keepdims=True) if a.array.ndim else np.ones_like(a.array)

    def rule(grad: Array) -> Array:
        if y.ndim == 0:
            return np.zeros_like(y)
        return y * (grad - (grad * y).sum(axis=along, keepdims=True))

    return record(y, "SoftmaxBackward0", (a,), rule, saves_result=True)


@method()
def log_softmax(input: Tensor, dim: int, dtype: dtypes.dtype | None = None) -> Tensor:
    """The logarithm of `softmax`, without its rounding errors."""
    a = floating(input if dtype is None else convert(input, dtype))
    along = axis(dim, a.array.ndim)
    lowered = a.array - a.array.max(axis=along, keepdims=True) if a.array.ndim else a.array * 0
    y = (
        lowered - np.log(np.exp(lowered).sum(axis=along, keepdims=True))
        if a.array.ndim
        else lowered
    )

    def rule(grad: Array) -> Array:
        if y.ndim == 0:
            return np.zeros_like(y)
        return grad - np.exp(y) * grad.sum(axis=along, keepdims=True)

    return record(y, "LogSoftmaxBackward0", (a,), rule, saves_result=True)
