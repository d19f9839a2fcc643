"""Determinants, ranks and conditions: numbers that say how far a matrix is from being singular."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import return_types
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, wrap
from .decompositions import svdvals
from .matrices import check_floating, check_matrix, check_square, transposed
from .norms import norm
from .solving import inv


def det(A: Tensor) -> Tensor:  # noqa: N803 - PyTorch's name
    """The determinant of a square matrix, or of each of a batch (..., n, n).

    Its gradient is that of Jacobi, ``det(A) A^-T``, and 0 where A is singular.

    >>> import backprop as torch
    >>> torch.linalg.det(torch.tensor([[2.0, 1.0], [0.0, 3.0]]))
    tensor(6.)

    Raises:
        RuntimeError: it is not square, or its elements are no real numbers.
    """
    a = check_square("linalg.det", A)
    result = np.asarray(np.linalg.det(a), a.dtype)

    def rule(grad: Array) -> Array:
        # Of a singular matrix the cofactors need not be 0, but PyTorch's gradient is.
        regular = (result != 0)[..., None, None]
        inverse = np.linalg.inv(np.where(regular, a, np.eye(a.shape[-1], dtype=a.dtype)))
        return (grad * result)[..., None, None] * transposed(inverse)

    return tape(result, "LinalgDetBackward0", (A,), rule, saved=(A,))


def slogdet(A: Tensor) -> Any:  # noqa: N803 - PyTorch's name
    """The sign of the determinant, and the logarithm of its size, which neither overflows nor vanishes.

    Raises:
        RuntimeError: it is not square, or its elements are no real numbers.
    """
    a = check_square("linalg.slogdet", A)
    sign, logarithm = np.linalg.slogdet(a)

    def rule(grad: Array) -> Array:
        return grad[..., None, None] * transposed(np.linalg.inv(a))

    name = "LinalgSlogdetBackward0"
    return return_types.linalg_slogdet(
        tape(np.asarray(sign, a.dtype), name, (A,), lambda grad: np.zeros_like(a), saved=(A,)),
        tape(np.asarray(logarithm, a.dtype), name, (A,), rule, saved=(A,)),
    )


def matrix_rank(
    A: Tensor,  # noqa: N803 - PyTorch's name
    tol: float | None = None,
    *,
    atol: float | None = None,
    rtol: float | None = None,
    hermitian: bool = False,
) -> Tensor:
    """How many singular values are above ``max(atol, rtol * largest)``: how many rows are independent.

    Args:
        A: (..., n, m).
        tol: `atol`, by its older name.
        atol: see above.
        rtol: ``max(n, m)`` times the type's precision, unless one of the two is given.
        hermitian: whether A is symmetric, which PyTorch makes use of.

    Raises:
        RuntimeError: it is no matrix of real numbers.
    """
    a = check_matrix("linalg.matrix_rank", A)
    atol = tol if atol is None else atol
    if rtol is None:
        rtol = 0.0 if atol else max(a.shape[-2:]) * float(np.finfo(a.dtype).eps)
    values = np.linalg.svd(a, compute_uv=False)
    limit = np.maximum(atol or 0.0, rtol * values.max(axis=-1, keepdims=True, initial=0))
    return wrap(np.asarray((values > limit).sum(axis=-1), np.int64))


def cond(A: Tensor, p: Any = None) -> Tensor:  # noqa: N803 - PyTorch's name
    """How much larger a relative error can become where a system with this matrix is solved.

    Args:
        A: (..., n, m); square, unless p is None, 2 or -2.
        p: by which norm, as for `matrix_norm`; by the largest and the smallest singular value for None.

    Raises:
        RuntimeError: it is no matrix, or not square.
    """
    check_matrix("linalg.cond", A)
    if p is None or p in (2, -2):
        values = svdvals(A)
        largest, smallest = values[..., :1], values[..., -1:]
        return (smallest / largest if p == -2 else largest / smallest).squeeze(-1)
    check_square(f"linalg.cond(ord={p})", A)
    check_floating("linalg.cond", A)
    product = norm(A, p, dim=(-2, -1)) * norm(inv(A), p, dim=(-2, -1))
    return product if p == "nuc" else product.nan_to_num(nan=float("inf"))
