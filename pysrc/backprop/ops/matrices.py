"""The functions of `linalg` by the names that they had before, as functions and as methods.

`linalg` is read when one of them is first called.
"""

from __future__ import annotations

from typing import Any

from .. import dtypes, return_types
from ..tensor import Tensor, method
from ..warning import warn
from .dimensions import Dim
from .norm import p_norm
from .operands import convert, type_name

__all__ = [
    "chain_matmul",
    "cholesky",
    "cholesky_inverse",
    "cholesky_solve",
    "cross",
    "det",
    "inverse",
    "logdet",
    "matrix_exp",
    "matrix_power",
    "norm",
    "pinverse",
    "qr",
    "slogdet",
    "svd",
]


@method()
def det(input: Tensor) -> Tensor:
    """The determinant of a square matrix: see `linalg.det`."""
    from .. import linalg

    return linalg.det(input)


@method()
def slogdet(input: Tensor) -> Any:
    """The sign of the determinant and the logarithm of its size: see `linalg.slogdet`."""
    from .. import linalg

    return return_types.slogdet(*linalg.slogdet(input))


@method()
def logdet(input: Tensor) -> Tensor:
    """The logarithm of the determinant; NaN where that is negative."""
    from .. import linalg
    from .picking import where

    sign, logarithm = linalg.slogdet(input)
    return where(sign == -1, float("nan"), logarithm)


@method()
def inverse(input: Tensor) -> Tensor:
    """The inverse of a square matrix: see `linalg.inv`."""
    from .. import linalg

    return linalg.inv(input)


@method()
def pinverse(input: Tensor, rcond: float = 1e-15) -> Tensor:
    """The pseudoinverse of a matrix: see `linalg.pinv`."""
    from .. import linalg

    return linalg.pinv(input, rtol=rcond)


@method()
def svd(input: Tensor, some: bool = True, compute_uv: bool = True) -> Any:
    """The singular values, as ``input = U diag(S) V^T``: see `linalg.svd`, which gives V's transpose.

    Args:
        input: (..., n, m).
        some: whether U and V are as narrow as S is long.
        compute_uv: whether U and V are computed; they are zeros otherwise.
    """
    from .. import linalg
    from .creation import zeros

    if compute_uv:
        u, s, vh = linalg.svd(input, full_matrices=not some)
        return return_types.svd(u, s, vh.mT)
    n, m = input.array.shape[-2:]
    batch = input.array.shape[:-2]
    u, v = (zeros((*batch, size, size), dtype=input.dtype) for size in (n, m))
    return return_types.svd(u, linalg.svdvals(input), v)


@method()
def qr(input: Tensor, some: bool = True) -> Any:
    """``input = Q R``, with orthonormal columns in Q and an upper triangle R: see `linalg.qr`."""
    from .. import linalg

    warn(
        "torch.qr is deprecated in favor of torch.linalg.qr and will be removed in a future PyTorch "
        "release.\nThe boolean parameter 'some' has been replaced with a string parameter 'mode'.\n"
        "Q, R = torch.qr(A, some)\nshould be replaced with\n"
        "Q, R = torch.linalg.qr(A, 'reduced' if some else 'complete')"
    )
    return return_types.qr(*linalg.qr(input, "reduced" if some else "complete"))


@method()
def cholesky(input: Tensor, upper: bool = False) -> Tensor:
    """The triangle L of ``input = L L^T``, or its transpose: see `linalg.cholesky`."""
    from .. import linalg

    warn(
        "torch.cholesky is deprecated in favor of torch.linalg.cholesky and will be removed in a future "
        "PyTorch release.\nL = torch.cholesky(A)\nshould be replaced with\nL = torch.linalg.cholesky(A)\n"
        "and\nU = torch.cholesky(A, upper=True)\nshould be replaced with\n"
        "U = torch.linalg.cholesky(A).mH\n"
        "This transform will produce equivalent results for all valid (symmetric positive definite) inputs."
    )
    return linalg.cholesky(input, upper=upper)


@method()
def cholesky_solve(input: Tensor, L: Tensor, upper: bool = False) -> Tensor:  # noqa: N803 - PyTorch's name
    """The X of ``A X = input``, where L is the Cholesky triangle of A."""
    from .. import linalg

    lower = L.mT if upper else L
    half = linalg.solve_triangular(lower, input, upper=False)
    return linalg.solve_triangular(lower.mT, half, upper=True)


@method()
def cholesky_inverse(L: Tensor, upper: bool = False) -> Tensor:  # noqa: N803 - PyTorch's name
    """The inverse of A, where L is its Cholesky triangle."""
    from .creation import eye

    return cholesky_solve(eye(L.array.shape[-1], dtype=L.dtype), L, upper)


@method()
def matrix_power(input: Tensor, n: int) -> Tensor:
    """A square matrix times itself, n times: see `linalg.matrix_power`."""
    from .. import linalg

    return linalg.matrix_power(input, n)


@method()
def norm(
    input: Tensor,
    p: Any = "fro",
    dim: Dim = None,
    keepdim: bool = False,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """The p-norm ``sum(|x|^p)^(1/p)``; ``p=inf`` is the largest absolute value.

    Args:
        input: of any shape.
        p: a number; "fro", which is 2; or "nuc", the sum of a matrix's singular values.
        dim: the dimensions to go over; all of them if left out.
        keepdim: keep these with size 1.
        dtype: the type to compute in.

    Raises:
        RuntimeError: its elements are no real numbers.
    """
    x = input if dtype is None else convert(input, dtype)
    if p == "nuc":
        from ..linalg import matrix_norm

        both: Any = (-2, -1) if dim is None else dim
        return matrix_norm(x, "nuc", both, keepdim)
    if x.array.dtype.kind != "f":
        raise RuntimeError(
            "linalg.vector_norm: Expected a floating point or complex tensor as input. Got "
            f"{type_name(x.dtype)}\nConvert it first, with .float()."
        )
    return p_norm(x, 2.0 if p is None or p == "fro" else float(p), dim, keepdim)


@method()
def matrix_exp(input: Tensor) -> Tensor:
    """The exponential series of a square matrix: see `linalg.matrix_exp`."""
    from .. import linalg

    return linalg.matrix_exp(input)


def chain_matmul(*matrices: Tensor) -> Tensor:
    """The product of several matrices, in the order that costs least: see `linalg.multi_dot`."""
    from .. import linalg

    warn(
        "torch.chain_matmul is deprecated and will be removed in a future PyTorch release. Use "
        "torch.linalg.multi_dot instead, which accepts a list of two or more tensors rather than multiple "
        "parameters."
    )
    return linalg.multi_dot(matrices) if len(matrices) > 1 else matrices[0]


@method()
def cross(input: Tensor, other: Tensor, dim: int | None = None) -> Tensor:
    """The vector product along `dim`, or along the first dimension of size 3: see `linalg.cross`.

    Raises:
        RuntimeError: the shapes don't fit, or no dimension has size 3.
    """
    from .. import linalg

    if dim is None:
        warn(
            "Using torch.cross without specifying the dim arg is deprecated.\n"
            "Please either pass the dim explicitly or simply use torch.linalg.cross.\n"
            "The default value of dim will change to agree with that of linalg.cross in a future release."
        )
        sizes = input.array.shape
        if 3 not in sizes:
            raise RuntimeError("no dimension of size 3 in input")
        dim = sizes.index(3)
    return linalg.cross(input, other, dim=dim)
