"""Products with a summand, of matrices, vectors and batches."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method
from .linear_algebra import bmm, dot, mv, outer
from .shape import permute

__all__ = ["addbmm", "addmv", "addr", "baddbmm", "ger", "tensordot", "vdot"]


def _summand(input: Tensor, product: Tensor, beta: float, alpha: float, name: str) -> Tensor:
    """``beta * input + alpha * product``, under the name of the product."""
    x, y = input.array, product.array
    scale = x.dtype.type
    # As in PyTorch, a NaN in what counts nothing does not count either.
    result = scale(alpha) * y if beta == 0 else scale(beta) * x + scale(alpha) * y

    def rule(grad: Array) -> Gradients:
        return unbroadcast(grad * scale(beta), x.shape), grad * scale(alpha)

    return tape(np.asarray(result, x.dtype), name, (input, product), rule)


@method()
def baddbmm(
    input: Tensor, batch1: Tensor, batch2: Tensor, *, beta: float = 1, alpha: float = 1
) -> Tensor:
    """``beta * input + alpha * (batch1 @ batch2)``, matrix by matrix: (b, n, m) @ (b, m, p)."""
    return _summand(input, bmm(batch1, batch2), beta, alpha, "BaddbmmBackward0")


@method()
def addbmm(
    input: Tensor, batch1: Tensor, batch2: Tensor, *, beta: float = 1, alpha: float = 1
) -> Tensor:
    """``beta * input + alpha * sum(batch1 @ batch2)``, the sum over the batch."""
    return _summand(input, bmm(batch1, batch2).sum(0), beta, alpha, "AddbmmBackward0")


@method()
def addmv(input: Tensor, mat: Tensor, vec: Tensor, *, beta: float = 1, alpha: float = 1) -> Tensor:
    """``beta * input + alpha * (mat @ vec)``."""
    return _summand(input, mv(mat, vec), beta, alpha, "AddmvBackward0")


@method()
def addr(input: Tensor, vec1: Tensor, vec2: Tensor, *, beta: float = 1, alpha: float = 1) -> Tensor:
    """``beta * input + alpha * outer(vec1, vec2)``."""
    return _summand(input, outer(vec1, vec2), beta, alpha, "AddrBackward0")


@method()
def ger(input: Tensor, vec2: Tensor) -> Tensor:
    """The older name of `outer`."""
    return outer(input, vec2)


@method()
def vdot(input: Tensor, other: Tensor) -> Tensor:
    """The sum of the products of two vectors: `dot`, of real numbers."""
    product = dot(input, other)
    return tape(product.array, "VdotBackward0", (product,), lambda grad: grad)


def tensordot(a: Tensor, b: Tensor, dims: Any = 2) -> Tensor:
    """Products summed over several dimensions.

    Args:
        a: the first tensor.
        b: the second.
        dims: how many of the last of `a` and the first of `b` are summed over; or two lists, of dimensions
            of `a` and of `b`.

    Raises:
        RuntimeError: the dimensions that are summed over differ in size.
    """
    if isinstance(dims, int):
        first, second = list(range(-dims, 0)), list(range(dims))
    else:
        first, second = (
            [int(each) for each in (side if isinstance(side, list | tuple) else [side])]
            for side in dims
        )
    for left, right in zip(first, second, strict=True):
        if a.shape[left] != b.shape[right]:
            raise RuntimeError(
                f"contracted dimensions need to match, but first has size {a.shape[left]} in dim {left} "
                f"and second has size {b.shape[right]} in dim {right}"
            )
    first, second = [each % a.ndim for each in first], [each % b.ndim for each in second]
    rows = [each for each in range(a.ndim) if each not in first]
    columns = [each for each in range(b.ndim) if each not in second]
    shape = [*(a.shape[each] for each in rows), *(b.shape[each] for each in columns)]
    count = int(np.prod([a.shape[each] for each in first], dtype=int))
    left_matrix = permute(a, *rows, *first).reshape(-1, count)
    right_matrix = permute(b, *second, *columns).reshape(count, -1)
    return (left_matrix @ right_matrix).reshape(shape)
