"""The largest and the smallest, and where they are."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import return_types
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method, wrap_counts
from .dimensions import Dim, axes, axis, spread
from .operands import no_bools

__all__ = ["amax", "amin", "argmax", "argmin", "max", "min"]


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


def no_elements(name: str) -> RuntimeError:
    """PyTorch's error for the largest of nothing."""
    return RuntimeError(
        f"{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the "
        "reduction dim with the 'dim' argument.\nThe tensor has no elements."
    )


def _extreme(input: Tensor, dim: Any, keepdim: bool, kind: str) -> Any:
    if isinstance(dim, Tensor):
        from .bounds import maximum, minimum

        return maximum(input, dim) if kind == "max" else minimum(input, dim)
    x = input.array
    if dim is not None:
        along = axis(dim, x.ndim)
        if x.ndim and x.shape[along] == 0:
            raise IndexError(f"{kind}(): Expected reduction dim {along} to have non-zero size.")
    elif x.size == 0:
        raise no_elements(kind)
    title = kind.capitalize()
    if dim is None:
        best = getattr(x, kind)()

        def rule_all(grad: Array) -> Array:
            winners = x == best
            return (grad * winners / winners.sum()).astype(x.dtype)

        return tape(best, f"{title}Backward1", (input,), rule_all, saved=(input,))
    if x.ndim == 0:
        return getattr(return_types, kind)(input.clone(), wrap_counts(0))
    where = np.expand_dims(getattr(x, f"arg{kind}")(axis=along), along)

    def rule(grad: Array) -> Array:
        full = np.zeros(x.shape, grad.dtype)
        np.put_along_axis(full, where, grad if keepdim else np.expand_dims(grad, along), along)
        return full

    values = np.take_along_axis(x, where, along)
    indices = where
    if not keepdim:
        values, indices = values.squeeze(along), where.squeeze(along)
    return getattr(return_types, kind)(
        tape(values, f"{title}Backward0", (input,), rule), wrap_counts(indices.copy())
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
    no_bools(input, f"{function.__name__}_cpu", RuntimeError)
    if input.array.size == 0 and (dim is None or input.array.shape[dim] == 0):
        which = (
            "to be specified for input.numel() == 0"
            if dim is None
            else f"{dim} to have non-zero size"
        )
        raise IndexError(f"{function.__name__}(): Expected reduction dim {which}.")
    along = None if dim is None else axis(dim, input.array.ndim)
    along = along if input.array.ndim else None
    return wrap_counts(function(input.array, axis=along, keepdims=keepdim))


@method()
def amax(input: Tensor, dim: Dim = (), keepdim: bool = False) -> Tensor:
    """The largest elements over all or along `dim`; equal ones share the gradient."""
    return shared_extreme(input, dim, keepdim, np.max, "AmaxBackward0")


@method()
def amin(input: Tensor, dim: Dim = (), keepdim: bool = False) -> Tensor:
    """The smallest elements over all or along `dim`; equal ones share the gradient."""
    return shared_extreme(input, dim, keepdim, np.min, "AminBackward0")


def shared_extreme(input: Tensor, dim: Dim, keepdim: bool, best: Any, name: str) -> Tensor:
    """The smallest or largest elements, of which equal ones share the gradient."""
    x = input.array
    if x.size == 0:
        raise no_elements(best.__name__.replace("m", "am", 1))
    along = axes(dim, x.ndim)
    result = best(x, axis=along, keepdims=keepdim)

    def rule(grad: Array) -> Array:
        winners = x == spread(result, along, keepdim)
        share = winners / winners.sum(axis=along, keepdims=True)
        return (spread(grad, along, keepdim) * share).astype(x.dtype)

    return tape(result, name, (input,), rule, saved=(input,), saves_result=True)
