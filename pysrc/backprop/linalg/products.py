"""Products of vectors and of more than two matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..ops.dimensions import axis
from ..ops.joining import stack
from ..ops.linear_algebra import matmul
from ..ops.operands import operands
from ..tensor import Tensor, wrap
from .matrices import check_square, transposed
from .solving import inv


def cross(input: Tensor, other: Tensor, *, dim: int = -1) -> Tensor:
    """The vector product in space: at right angles to both, as long as what they span is large.

    >>> import backprop as torch
    >>> torch.linalg.cross(torch.tensor([1.0, 0.0, 0.0]), torch.tensor([0.0, 1.0, 0.0]))
    tensor([0., 0., 1.])

    Args:
        input: of any shape, with 3 elements along `dim`.
        other: the same; they are broadcast together.
        dim: which dimension holds the vectors.

    Raises:
        RuntimeError: the shapes don't fit, or there are not 3 elements.
    """
    if input.array.ndim != other.array.ndim:
        raise RuntimeError("linalg.cross: inputs must have the same number of dimensions.")
    lengths = input.array.shape[dim], other.array.shape[dim]
    if lengths != (3, 3):
        raise RuntimeError(
            f"linalg.cross: inputs dimension {dim} must have length 3. Got {lengths[0]} and {lengths[1]}"
        )
    left, right = operands(input, other)
    a, b = left.array, right.array
    along = axis(dim, a.ndim)

    def rule(grad: Array) -> Gradients:
        return (
            unbroadcast(np.cross(b, grad, axis=along), a.shape),
            unbroadcast(np.cross(grad, a, axis=along), b.shape),
        )

    result = np.cross(a, b, axis=along)
    return tape(result, "LinalgCrossBackward0", (left, right), rule, saved=(left, right))


def vecdot(x: Tensor, y: Tensor, *, dim: int = -1) -> Tensor:
    """The inner products along one dimension."""
    return (x * y).sum(dim)


def multi_dot(tensors: Sequence[Tensor]) -> Tensor:
    """The product of several matrices, in the order that costs least; the first and the last may be vectors.

    Source of the order: Cormen et al., Introduction to Algorithms (2022), 14.2.

    Raises:
        RuntimeError: there are fewer than two, or the sizes don't fit.
    """
    if len(tensors) < 2:
        raise RuntimeError(
            f"multi_dot(): expected at least 2 tensors but got {len(tensors)}\nGive them in one list."
        )
    chain = list(tensors)
    row, column = chain[0].array.ndim == 1, chain[-1].array.ndim == 1
    if row:
        chain[0] = chain[0].unsqueeze(0)
    if column:
        chain[-1] = chain[-1].unsqueeze(1)
    result = _product(chain, _splits([each.array.shape for each in chain]), 0, len(chain) - 1)
    shape = result.array.shape[row : 2 - column]
    return result.view(shape)


def _splits(shapes: list[tuple[int, ...]]) -> dict[tuple[int, int], int]:
    """For each part of the chain, from the first to the last matrix, after which one it is split."""
    sizes = [shape[0] for shape in shapes] + [shapes[-1][1]]
    cost: dict[tuple[int, int], int] = {(place, place): 0 for place in range(len(shapes))}
    splits: dict[tuple[int, int], int] = {}
    for length in range(1, len(shapes)):
        for first in range(len(shapes) - length):
            last = first + length

            def price(split: int, first: int = first, last: int = last) -> int:
                here = sizes[first] * sizes[split + 1] * sizes[last + 1]
                return cost[first, split] + cost[split + 1, last] + here

            splits[first, last] = min(range(first, last), key=price)
            cost[first, last] = price(splits[first, last])
    return splits


def _product(
    chain: list[Tensor], splits: dict[tuple[int, int], int], first: int, last: int
) -> Tensor:
    if first == last:
        return chain[first]
    split = splits[first, last]
    return matmul(_product(chain, splits, first, split), _product(chain, splits, split + 1, last))


def matrix_power(A: Tensor, n: int) -> Tensor:  # noqa: N803 - PyTorch's name
    """A square matrix times itself, n times; of its inverse where n is negative, by repeated squaring.

    Raises:
        RuntimeError: it is not square.
        LinAlgError: n is negative, and it is singular.
    """
    check_square("linalg.matrix_power", A)
    if n == 0:
        unit = np.broadcast_to(np.eye(A.array.shape[-1], dtype=A.array.dtype), A.array.shape)
        return wrap(unit.copy())
    base = inv(A) if n < 0 else A
    n = abs(n)
    if n == 1:
        return base.clone() if base is A else base
    if n == 2:
        return matmul(base, base)
    if n == 3:
        return matmul(matmul(base, base), base)
    result: Tensor | None = None
    while n:
        if n & 1:
            result = base if result is None else matmul(result, base)
        n >>= 1
        if n:
            base = matmul(base, base)
    assert result is not None
    return result


def matrix_exp(A: Tensor) -> Tensor:  # noqa: N803 - PyTorch's name
    """The exponential series of a square matrix, ``I + A + A^2 / 2 + ...``.

    By scaling and squaring: the series of A divided by a power of 2, squared as often. The gradient comes
    from the same series of a matrix of twice the size.

    Source: Higham, Functions of Matrices (2008), 10.3 and (3.16).

    Raises:
        RuntimeError: it is not square, or its elements are no real numbers.
    """
    a = check_square("linalg.matrix_exp", A)

    def rule(grad: Array) -> Array:
        n = a.shape[-1]
        twice = np.zeros((*a.shape[:-2], 2 * n, 2 * n), np.float64)
        twice[..., :n, :n] = twice[..., n:, n:] = transposed(a)
        twice[..., :n, n:] = grad
        return _exponential(twice)[..., :n, n:].astype(a.dtype)

    result = _exponential(a.astype(np.float64)).astype(a.dtype)
    return tape(result, "LinalgMatrixExpBackward0", (A,), rule, saved=(A,))


def _exponential(a: Array) -> Array:
    size = float(np.abs(a).sum(axis=-2).max(initial=0))
    squarings = max(0, int(np.ceil(np.log2(size))) + 1) if size > 0 else 0
    scaled = a / 2.0**squarings
    unit = np.broadcast_to(np.eye(a.shape[-1]), a.shape)
    result, term = unit.copy(), unit
    # With a size of at most one half, the twentieth term is below the last bit of a float64.
    for place in range(1, 21):
        term = term @ scaled / place
        result = result + term
    for _ in range(squarings):
        result = result @ result
    return result


def diagonal(A: Tensor, *, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Tensor:  # noqa: N803
    """The diagonals of matrices, as the last dimension of a view."""
    result: Tensor = A.diagonal(offset, dim1, dim2)
    return result


def vander(x: Tensor, *, N: int | None = None) -> Tensor:  # noqa: N803 - PyTorch's name
    """The powers 0 to N - 1 of each number, as a row; as many as there are numbers unless N is given."""
    count = x.array.shape[-1] if N is None else N
    powers: list[Any] = [x**power for power in range(count)]
    return stack(powers, -1)
