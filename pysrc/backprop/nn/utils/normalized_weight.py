"""What is computed of a weight to bound its size: shared by the old hooks and by parametrizations."""

from __future__ import annotations

import numpy as np

from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...ops.linear_algebra import mv
from ...random import normal_array
from ...tensor import Tensor, wrap


def norm_except(v: Tensor, dim: int | None) -> Tensor:
    """The norm of each slice along `dim`, kept as a dimension; of all, if `dim` is None or -1."""
    if dim is None or dim == -1:
        return v.norm()
    others = [axis for axis in range(v.ndim) if axis != dim % v.ndim]
    return v.norm(dim=others, keepdim=True) if others else v.abs()


def weight_norm(v: Tensor, g: Tensor, dim: int | None) -> Tensor:
    """``g v / |v|``: the direction of v, as long as g says.

    Source: Salimans and Kingma, Weight Normalization (2016).
    """
    if dim is None or dim == -1:
        return v * (g / v.norm())
    x, length = v.array, norm_except(v.detach(), dim).array
    others = tuple(axis for axis in range(x.ndim) if axis != dim % x.ndim)
    direction = x / length

    def rule(grad: Array) -> Gradients:
        along = np.add.reduce(grad * direction, axis=others, keepdims=True)
        return (grad - direction * along) * (g.array / length), along

    name = "WeightNormInterfaceBackward0"
    return tape(direction * g.array, name, (v, g), rule, saved=(v, g))


def as_matrix(weight: Tensor, dim: int) -> Tensor:
    """The weight as a matrix whose rows are its slices along `dim`."""
    if dim != 0:
        weight = weight.permute(dim, *[axis for axis in range(weight.ndim) if axis != dim])
    return weight.reshape(weight.shape[0], -1)


def normal_directions(matrix: Tensor, eps: float) -> tuple[Tensor, Tensor]:
    """A random direction for the rows of a matrix, and one for its columns; drawn in this order."""
    rows, columns = (normal_array((size,), matrix.dtype) for size in matrix.shape)
    return wrap(_unit(rows, eps)), wrap(_unit(columns, eps))


def power_iteration(matrix: Tensor, u: Tensor, v: Tensor, steps: int, eps: float) -> None:
    """Turn u and v, in place, towards the directions that the matrix stretches most."""
    w = matrix.array
    for _ in range(steps):
        u.array[...] = _unit(w @ v.array, eps)
        v.array[...] = _unit(w.T @ u.array, eps)
    for each in (u, v):
        each.version_counter[0] += 1


def largest_stretch(matrix: Tensor, u: Tensor, v: Tensor) -> Tensor:
    """``u . (W v)``: the largest singular value, once u and v are its directions."""
    return u.dot(mv(matrix, v))


def _unit(x: Array, eps: float) -> Array:
    return x / max(np.sqrt(x.dot(x)), x.dtype.type(eps))
