"""Matrices as products of simpler ones.

The signs of the columns are LAPACK's, as in PyTorch. A gradient by several factors is the sum of the
gradients by each, so that each is an operation of its own.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import return_types
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor
from .matrices import LinAlgError, at_fault, attempted, check_matrix, check_square, transposed


def svd(A: Tensor, full_matrices: bool = True, *, driver: str | None = None) -> Any:  # noqa: N803
    """The singular values: ``A = U diag(S) Vh``, with orthonormal columns in U and rows in Vh.

    Args:
        A: (..., n, m).
        full_matrices: whether U is (..., n, n) and Vh (..., m, m), or both are as narrow as S is long.
        driver: for graphics cards only.

    Source of the gradients: Townsend, Differentiating the Singular Value Decomposition (2016).

    Raises:
        RuntimeError: it is no matrix of real numbers.
    """
    a = check_matrix("linalg.svd", A)
    left, values, right = _decompose(a, full_matrices)
    k = values.shape[-1]
    u, s, v = left[..., :k], values, transposed(right[..., :k, :])

    def by_values(grad: Array) -> Array:
        return (u * grad[..., None, :]) @ transposed(v)

    def by_left(grad: Array) -> Array:
        return _by_vectors(grad[..., :k], u, s, v)

    def by_right(grad: Array) -> Array:
        return transposed(_by_vectors(transposed(grad[..., :k, :]), v, s, u))

    name = "LinalgSvdBackward0"
    return return_types.linalg_svd(
        tape(left, name, (A,), by_left, saved=(A,)),
        tape(values, name, (A,), by_values, saved=(A,)),
        tape(right, name, (A,), by_right, saved=(A,)),
    )


def _decompose(a: Array, full_matrices: bool) -> tuple[Array, Array, Array]:
    n, m = a.shape[-2:]
    if n < 2 or m < 11 * n // 6:
        left, values, right = np.linalg.svd(a, full_matrices=full_matrices)
        return left, values, right
    # Of matrices as wide as this LAPACK takes only the square triangle L of A = L Q, and other signs come out
    # than in PyTorch, whose LAPACK takes it as a wide one. With columns of zeros, L is a wide one here too.
    q, r = np.linalg.qr(transposed(a), mode="complete" if full_matrices else "reduced")
    rows, columns = (3, 4) if n == 2 else (n, n + 1)
    wide = np.zeros((*a.shape[:-2], rows, columns), a.dtype)
    wide[..., :n, :n] = transposed(r)[..., :n]
    left, values, right = np.linalg.svd(wide, full_matrices=False)
    turned = transposed(q).copy()
    turned[..., :n, :] = right[..., :n, :n] @ turned[..., :n, :]
    return left[..., :n, :n], values[..., :n], turned


def _by_vectors(grad: Array, own: Array, s: Array, other: Array) -> Array:
    """The gradient by A of vectors `own`, where ``A = own diag(s) other^T``."""
    inside = transposed(own) @ grad
    apart = _differences(s * s)
    turned = (inside - transposed(inside)) / apart * s[..., None, :]
    beyond = grad - own @ inside
    return (own @ turned + beyond / s[..., None, :]) @ transposed(other)


def _differences(values: Array) -> Array:
    """``values[j] - values[i]`` at (i, j), and infinity on the diagonal, for dividing by them."""
    apart = values[..., None, :] - values[..., :, None]
    return np.where(np.eye(values.shape[-1], dtype=bool), np.inf, apart)


def svdvals(A: Tensor, *, driver: str | None = None) -> Tensor:  # noqa: N803 - PyTorch's name
    """The singular values alone, from the largest to the smallest.

    Raises:
        RuntimeError: it is no matrix of real numbers.
    """
    check_matrix("linalg.svdvals", A)
    values: Tensor = svd(A, full_matrices=False).S
    return values


def qr(A: Tensor, mode: str = "reduced") -> Any:  # noqa: N803 - PyTorch's name
    """``A = Q R``, with orthonormal columns in Q and an upper triangle R.

    Args:
        A: (..., n, m).
        mode: "reduced", with as many columns in Q as needed; "complete", with n; "r", without Q.

    Source of the gradient: Seeger et al., Auto-Differentiating Linear Algebra (2017).

    Raises:
        RuntimeError: it is no matrix of real numbers, or the mode is unknown; in a backward, Q is missing or
            has more columns than A.
    """
    if mode not in ("reduced", "complete", "r"):
        raise RuntimeError(
            f"qr received unrecognized mode '{mode}' but expected one of 'reduced' (default), 'r', or "
            "'complete'"
        )
    a = check_matrix("linalg.qr", A)
    if mode == "r":
        q, r = np.empty(0, a.dtype), np.asarray(np.linalg.qr(a, mode="r"))
    else:
        factors: tuple[Array, Array] = np.linalg.qr(a, mode=mode)  # type: ignore[call-overload]
        q, r = factors

    def by_q(grad: Array) -> Array:
        _check_gradient(a, mode)
        return _qr_gradient(a, q, r, grad, np.zeros_like(r))

    def by_r(grad: Array) -> Array:
        _check_gradient(a, mode)
        return _qr_gradient(a, q, r, np.zeros_like(q), grad)

    name = "LinalgQrBackward0"
    return return_types.linalg_qr(
        tape(q, name, (A,), by_q, saved=(A,)),
        tape(r, name, (A,), by_r, saved=(A,)),
    )


def _check_gradient(a: Array, mode: str) -> None:
    if mode == "r":
        raise RuntimeError(
            "The derivative of linalg.qr depends on Q, which is not computed when mode='r'. Please use "
            "linalg.qr(A, mode='reduced') if you are going to require gradients."
        )
    if mode == "complete" and a.shape[-2] > a.shape[-1]:
        raise RuntimeError(
            "The QR decomposition is not differentiable when mode='complete' and nrows > ncols."
        )


def _qr_gradient(a: Array, q: Array, r: Array, by_q: Array, by_r: Array) -> Array:
    n, m = a.shape[-2:]
    # Of a wide matrix the first columns decide on Q, which decides on the rest of R.
    if n < m:
        by_rest = by_r[..., n:]
        first = _qr_gradient(
            a[..., :n], q, r[..., :n], by_q + a[..., n:] @ transposed(by_rest), by_r[..., :n]
        )
        return np.concatenate([first, q @ by_rest], axis=-1)
    inner = r @ transposed(by_r) - transposed(by_q) @ q
    lower = np.tril(inner)
    symmetric = lower + transposed(np.tril(inner, -1))
    return transposed(np.linalg.solve(r, transposed(by_q + q @ symmetric)))


def cholesky(A: Tensor, *, upper: bool = False) -> Tensor:  # noqa: N803 - PyTorch's name
    """The lower triangle L of ``A = L L^T``, of a symmetric, positive definite matrix; or its transpose.

    Source of the gradient: Murray, Differentiation of the Cholesky Decomposition (2016).

    Raises:
        RuntimeError: it is not square, or its elements are no real numbers.
        LinAlgError: it is not positive definite.
    """
    a = check_square("linalg.cholesky", A)
    try:
        lower = attempted(np.linalg.cholesky, transposed(a) if upper else a)
    except np.linalg.LinAlgError:
        raise _not_positive(a) from None

    def rule(grad: Array) -> Array:
        inner = np.tril(transposed(lower) @ (transposed(grad) if upper else grad))
        symmetric = inner + transposed(np.tril(inner, -1))
        across = transposed(lower)
        half = np.linalg.solve(across, symmetric)
        return transposed(np.linalg.solve(across, transposed(half))) / 2

    result = transposed(lower) if upper else lower
    return tape(result, "LinalgCholeskyExBackward0", (A,), rule, saves_result=True)


def _not_positive(batch: Array) -> LinAlgError:
    for place in np.ndindex(batch.shape[:-2]):
        matrix = batch[place]
        for size in range(1, len(matrix) + 1):
            try:
                attempted(np.linalg.cholesky, matrix[:size, :size])
            except np.linalg.LinAlgError:
                return LinAlgError(
                    f"linalg.cholesky: {at_fault(batch, place)}The factorization could not be completed "
                    f"because the input is not positive-definite (the leading minor of order {size} is not "
                    "positive-definite)."
                )
    return LinAlgError("linalg.cholesky: The factorization could not be completed.")


def eigh(A: Tensor, UPLO: str = "L") -> Any:  # noqa: N803 - PyTorch's names
    """The eigenvalues of a symmetric matrix, from the smallest to the largest, and a column for each.

    Args:
        A: (..., n, n).
        UPLO: "L" or "U", which of its triangles is looked at.

    Raises:
        RuntimeError: it is not square, or its elements are no real numbers.
    """
    a = check_square("linalg.eigh", A)
    values, vectors = np.linalg.eigh(a, "U" if UPLO.upper() == "U" else "L")

    def by_values(grad: Array) -> Array:
        return (vectors * grad[..., None, :]) @ transposed(vectors)

    def by_vectors(grad: Array) -> Array:
        inside = transposed(vectors) @ grad / _differences(values)
        result = vectors @ inside @ transposed(vectors)
        return (result + transposed(result)) / 2

    name = "LinalgEighBackward0"
    return return_types.linalg_eigh(
        tape(values, name, (A,), by_values, saved=(A,)),
        tape(vectors, name, (A,), by_vectors, saved=(A,)),
    )


def eigvalsh(A: Tensor, UPLO: str = "L") -> Tensor:  # noqa: N803 - PyTorch's names
    """The eigenvalues of a symmetric matrix alone, from the smallest to the largest.

    Raises:
        RuntimeError: it is not square, or its elements are no real numbers.
    """
    check_square("linalg.eigvalsh", A)
    values: Tensor = eigh(A, UPLO).eigenvalues
    return values
