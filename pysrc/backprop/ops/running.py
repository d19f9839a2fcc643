"""Running extremes and logarithms of sums, along a dimension."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import return_types
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method, wrap_counts
from .dimensions import axis
from .operands import type_name

__all__ = ["cummax", "cummin", "logcumsumexp"]


@method()
def cummax(input: Tensor, dim: int) -> Any:
    """The largest element up to each place along `dim`, and where it stands (the last of equal ones)."""
    return _running(input, dim, np.maximum, np.greater_equal, "Cummax", return_types.cummax)


@method()
def cummin(input: Tensor, dim: int) -> Any:
    """The smallest element up to each place along `dim`, and where it stands (the last of equal ones)."""
    return _running(input, dim, np.minimum, np.less_equal, "Cummin", return_types.cummin)


def _running(input: Tensor, dim: int, best: Any, leads: Any, title: str, kind: Any) -> Any:
    x = input.array
    along = axis(dim, x.ndim)
    if x.ndim == 0:
        only = tape(x.copy(), f"{title}Backward0", (input,), lambda grad: grad)
        return kind(only, wrap_counts(0))
    values = best.accumulate(x, axis=along)
    steps = np.arange(x.shape[along]).reshape([-1 if d == along else 1 for d in range(x.ndim)])
    # An element leads where it is as good as all before it; NaN leads from where it is.
    led = np.where(leads(x, values) | np.isnan(x), steps, 0)
    places = np.maximum.accumulate(led, axis=along)

    def rule(grad: Array) -> Array:
        full = np.zeros(x.shape, grad.dtype)
        where = list(np.indices(x.shape))
        where[along] = places
        np.add.at(full, tuple(where), grad)
        return full

    return kind(tape(values, f"{title}Backward0", (input,), rule), wrap_counts(places))


@method()
def logcumsumexp(input: Tensor, dim: int) -> Tensor:
    """At each place along `dim`, the logarithm of the sum of the exponentials up to there."""
    x = input.array
    along = axis(dim, x.ndim)
    if x.dtype.kind != "f":
        words = f"\"logcumsumexp_out_cpu\" not implemented for '{type_name(input.dtype)}'"
        raise NotImplementedError(f"{words}\nConvert it first, with .float().")
    if x.ndim == 0:
        return tape(x.copy(), "LogcumsumexpBackward0", (input,), lambda grad: grad)
    y = np.logaddexp.accumulate(x, axis=along)

    def rule(grad: Array) -> Array:
        # exp(x_i - y_j) for each j from i on: as a running sum from the end, in which a large
        # exponential would overflow, hence place by place.
        moved_x, moved_y, incoming = (np.moveaxis(each, along, 0) for each in (x, y, grad))
        slope = np.stack(
            [(np.exp(moved_x[i] - moved_y[i:]) * incoming[i:]).sum(0) for i in range(len(moved_x))]
        )
        return np.moveaxis(slope, 0, along).astype(grad.dtype)

    return tape(y, "LogcumsumexpBackward0", (input,), rule, saved=(input,), saves_result=True)
