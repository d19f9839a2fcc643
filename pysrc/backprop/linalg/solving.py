"""Inverses, and systems of linear equations."""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import return_types
from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..ops.operands import type_name
from ..tensor import Tensor, wrap
from .matrices import LinAlgError, at_fault, attempted, check_matrix, check_square, transposed


def inv(A: Tensor) -> Tensor:  # noqa: N803 - PyTorch's name
    """The inverse of a square matrix, or of each of a batch (..., n, n).

    With Y the inverse, from ``A Y = I`` follows ``dY = -Y dA Y``.

    >>> import backprop as torch
    >>> torch.linalg.inv(torch.tensor([[2.0, 0.0], [0.0, 4.0]]))
    tensor([[0.5000, 0.0000],
            [0.0000, 0.2500]])

    Raises:
        RuntimeError: it is not square, or its elements are no real numbers.
        LinAlgError: it is singular.
    """
    a = check_square("linalg.inv", A)
    try:
        inverse = attempted(np.linalg.inv, a)
    except np.linalg.LinAlgError:
        raise _singular(a) from None

    def rule(grad: Array) -> Array:
        across = transposed(inverse)
        return -across @ grad @ across

    return tape(inverse, "LinalgInvExBackward0", (A,), rule, saves_result=True)


def _singular(batch: Array) -> LinAlgError:
    """The error that names the first pivot that is 0, which is looked for by elimination."""
    for place in np.ndindex(batch.shape[:-2]):
        rest = batch[place].astype(np.float64)
        for column in range(len(rest)):
            largest = column + int(np.argmax(np.abs(rest[column:, column])))
            if rest[largest, column] == 0:
                return LinAlgError(
                    f"linalg.inv: {at_fault(batch, place)}The diagonal element {column + 1} is zero, the "
                    "inversion could not be completed because the input matrix is singular.\n"
                    "Some of its rows are sums of multiples of the others; torch.linalg.pinv takes it."
                )
            rest[[column, largest]] = rest[[largest, column]]
            factors = rest[column + 1 :, column] / rest[column, column]
            rest[column + 1 :] -= factors[:, None] * rest[column]
    return LinAlgError("linalg.inv: the input matrix is singular.")


def solve(A: Tensor, B: Tensor, *, left: bool = True) -> Tensor:  # noqa: N803 - PyTorch's names
    """The X of ``A X = B``, or of ``X A = B`` where not `left`.

    Args:
        A: (..., n, n).
        B: (..., n, k), or a vector (n,), or (..., n) of as many dimensions as a batch of vectors has.
        left: on which side of A the X stands.

    Raises:
        RuntimeError: the shapes or types don't fit.
        LinAlgError: A is singular.
    """
    a = check_square("linalg.solve", A)
    if A.array.dtype != B.array.dtype:
        raise RuntimeError(
            "linalg.solve: Expected A and B to have the same dtype, but found A of type "
            f"{type_name(A.dtype)} and B of type {type_name(B.dtype)} instead"
        )
    b = B.array
    vector = b.ndim == 1 or (a.ndim - 1 == b.ndim and b.shape == a.shape[:-1])
    right = b[..., None] if vector else b
    if right.shape[-2 if left else -1] != a.shape[-1]:
        raise RuntimeError(
            f"linalg.solve: Incompatible shapes of A and B for the equation {'AX' if left else 'XA'} = B "
            f"({a.shape[-2]}x{a.shape[-1]} and {right.shape[-2]}x{right.shape[-1]})"
        )
    try:
        x = _solved(a, right, left)
    except np.linalg.LinAlgError:
        raise LinAlgError(
            "torch.linalg.solve: The solver failed because the input matrix is singular.\n"
            "There is no X, or more than one; torch.linalg.lstsq finds the nearest."
        ) from None

    def rule(grad: Array) -> Gradients:
        incoming = grad[..., None] if vector else grad
        by_right = _solved(transposed(a), incoming, left)
        by_a = -by_right @ transposed(x) if left else -transposed(x) @ by_right
        return (
            unbroadcast(by_a, a.shape),
            unbroadcast(by_right, right.shape).reshape(b.shape),
        )

    result = x[..., 0] if vector else x
    return tape(result, "LinalgSolveExBackward0", (A, B), rule, saved=(A,), saves_result=True)


def _solved(a: Array, b: Array, left: bool) -> Array:
    if left:
        return attempted(np.linalg.solve, a, b)
    return transposed(attempted(np.linalg.solve, transposed(a), transposed(b)))


def solve_triangular(
    A: Tensor,  # noqa: N803 - PyTorch's name
    B: Tensor,  # noqa: N803 - PyTorch's name
    *,
    upper: bool,
    left: bool = True,
    unitriangular: bool = False,
) -> Tensor:
    """`solve` for a matrix of which only the upper or the lower triangle counts, its diagonal as 1 if asked.

    Raises:
        RuntimeError: the shapes or types don't fit.
    """
    check_square("linalg.solve_triangular", A)
    triangle = A.triu(1 if unitriangular else 0) if upper else A.tril(-1 if unitriangular else 0)
    if unitriangular:
        triangle = triangle + wrap(np.eye(A.array.shape[-1], dtype=A.array.dtype))
    return solve(triangle, B, left=left)


def pinv(
    A: Tensor,  # noqa: N803 - PyTorch's name
    *,
    atol: float | None = None,
    rtol: float | None = None,
    hermitian: bool = False,
) -> Tensor:
    """The pseudoinverse (..., m, n) of matrices (..., n, m): as inverse as can be.

    Singular values of at most ``max(atol, rtol * largest)`` count as 0; rtol is
    ``max(n, m)`` times the type's precision unless one of the two is given.

    Source of the gradient: Golub and Pereyra, The Differentiation of Pseudo-Inverses (1973).

    Raises:
        RuntimeError: it is no matrix of real numbers.
    """
    a = check_matrix("linalg.pinv", A)
    result = np.linalg.pinv(a, rcond=_tolerance(a, atol, rtol), hermitian=hermitian)
    return tape(
        result,
        "LinalgPinvBackward0",
        (A,),
        lambda grad: _pseudo_gradient(a, result, grad),
        saved=(A,),
        saves_result=True,
    )


def _tolerance(a: Array, atol: float | None, rtol: float | None) -> Any:
    """From which share of the largest singular value on others count as 0."""
    if rtol is None:
        rtol = 0.0 if atol else max(a.shape[-2:]) * float(np.finfo(a.dtype).eps)
    if not atol:
        return rtol
    largest = np.linalg.svd(a, compute_uv=False).max(axis=-1)
    return np.maximum(rtol, atol / largest)


def _pseudo_gradient(a: Array, inverse: Array, grad: Array) -> Array:
    across, incoming = transposed(inverse), transposed(grad)
    beyond = incoming - a @ (inverse @ incoming)
    before = incoming - incoming @ inverse @ a
    return (-across @ grad @ across + beyond @ inverse @ across + across @ inverse @ before).astype(
        a.dtype
    )


def lstsq(
    A: Tensor,  # noqa: N803 - PyTorch's name
    B: Tensor,  # noqa: N803 - PyTorch's name
    rcond: float | None = None,
    *,
    driver: str | None = None,
) -> Any:
    """The X for which ``A X`` is nearest to B, and of these the smallest; with what is left, and A's rank.

    Args:
        A: (..., n, m).
        B: (..., n, k).
        rcond: singular values of at most this share of the largest count as 0.
        driver: which of LAPACK's functions PyTorch takes; here it is always the same one.

    Returns:
        A tuple of ``solution`` (..., m, k), ``residuals``, ``rank`` and ``singular_values``; the second
        and the last are empty, as PyTorch's are unless another driver is chosen.

    Raises:
        RuntimeError: the shapes don't fit.
    """
    for name, each in (("input", A), ("other", B)):
        if each.array.ndim < (2 if name == "input" else 1):
            raise RuntimeError(
                f"torch.linalg.lstsq: {name} must have at least {2 if name == 'input' else 1} dimensions."
            )
    a = check_matrix("torch.linalg.lstsq", A)
    share = max(a.shape[-2:]) * float(np.finfo(a.dtype).eps) if rcond is None else rcond
    inverse = np.linalg.pinv(a, rcond=share)
    b = B.array
    solution = inverse @ b

    def rule(grad: Array) -> Gradients:
        by_inverse = unbroadcast(grad @ transposed(b), inverse.shape)
        by_b = unbroadcast(transposed(inverse) @ grad, b.shape)
        return _pseudo_gradient(a, inverse, by_inverse), by_b

    values = np.linalg.svd(a, compute_uv=False)
    rank = (values > share * values.max(axis=-1, keepdims=True)).sum(axis=-1)
    nothing = np.empty(0, a.dtype)
    return return_types.linalg_lstsq(
        tape(solution, "LinalgLstsqBackward0", (A, B), rule, saved=(A, B)),
        wrap(nothing),
        wrap(np.asarray(rank, np.int64)),
        wrap(nothing.copy()),
    )
