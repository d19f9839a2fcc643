"""The sizes of vectors and matrices."""

from __future__ import annotations

import math
from typing import Any

from .. import dtypes
from ..ops.dimensions import Dim, axis
from ..ops.norm import p_norm
from ..ops.operands import convert
from ..tensor import Tensor
from .decompositions import svdvals
from .matrices import check_floating, check_matrix

_BOTH = (-2, -1)


def vector_norm(
    x: Tensor,
    ord: float = 2,
    dim: Dim = None,
    keepdim: bool = False,
    *,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """``sum(|x|^ord)^(1 / ord)`` over all elements or along `dim`; the largest for infinity.

    0 counts the elements that are not 0, and minus infinity is the smallest.

    >>> import backprop as torch
    >>> torch.linalg.vector_norm(torch.tensor([3.0, 4.0]))
    tensor(5.)

    Raises:
        RuntimeError: its elements are no real numbers.
        TypeError: `ord` is no number.
    """
    if isinstance(ord, str):
        raise TypeError("linalg_vector_norm(): argument 'ord' (position 2) must be Number, not str")
    x = x if dtype is None else convert(x, dtype)
    _check_kind("linalg.vector_norm", x)
    return p_norm(x, float(ord), dim, keepdim)


def matrix_norm(
    A: Tensor,  # noqa: N803 - PyTorch's name
    ord: Any = "fro",
    dim: tuple[int, int] = _BOTH,
    keepdim: bool = False,
    *,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """The size of matrices, of the two dimensions `dim`.

    Args:
        A: (..., n, m).
        ord: "fro", the root of the sum of squares; "nuc", the sum of the singular values; 2 or -2, the
            largest or smallest of them; 1 or -1, the largest or smallest sum of a column's sizes; infinity or
            minus infinity, of a row's.
        dim: which dimensions are the rows and columns.
        keepdim: keep these with size 1.
        dtype: the type to compute in.

    Raises:
        RuntimeError: it is no matrix, or the order unknown.
    """
    check_matrix("linalg.matrix_norm", A)
    x = A if dtype is None else convert(A, dtype)
    if isinstance(ord, str) and ord not in ("fro", "nuc"):
        raise RuntimeError(f"linalg.matrix_norm: Order {ord} not supported.")
    if ord == "fro":
        return p_norm(x, 2.0, dim, keepdim)
    size = None if ord == "nuc" else abs(ord)
    if size not in (None, 1, 2, math.inf):
        raise RuntimeError(f"linalg.matrix_norm: Order {ord} not supported.")
    rows, columns = (axis(each, x.array.ndim) for each in dim)
    if size is None or size == 2:
        values = svdvals(x.movedim((rows, columns), _BOTH))
        if size is None:
            return _kept(values.sum(-1), rows, columns, keepdim)
        result = values.amax(-1) if ord > 0 else values.amin(-1)
        return _kept(result, rows, columns, keepdim)
    along, over = (rows, columns) if size == 1 else (columns, rows)
    sums = p_norm(x, 1.0, along, keepdim)
    if not keepdim and over > along:
        over -= 1
    return sums.amax(over, keepdim) if ord > 0 else sums.amin(over, keepdim)


def norm(
    A: Tensor,  # noqa: N803 - PyTorch's name
    ord: Any = None,
    dim: Dim = None,
    keepdim: bool = False,
    *,
    dtype: dtypes.dtype | None = None,
) -> Tensor:
    """`vector_norm` or `matrix_norm`, by how many dimensions there are.

    Without an order it is the root of the sum of all squares, whatever the shape.

    Raises:
        RuntimeError: an order was given, but no two dimensions; or as for the other two.
    """
    if ord is None:
        return vector_norm(A, 2, dim, keepdim, dtype=dtype)
    if dim is None and A.array.ndim > 2:
        raise RuntimeError(
            "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got "
            f"{A.array.ndim}D.\nGive dim, one for vectors or two for matrices."
        )
    several = A.array.ndim == 2 if dim is None else isinstance(dim, (tuple, list)) and len(dim) == 2
    if several or isinstance(ord, str):
        both = _BOTH if dim is None else dim
        return matrix_norm(A, ord, both, keepdim, dtype=dtype)  # type: ignore[arg-type]
    return vector_norm(A, ord, dim, keepdim, dtype=dtype)


def _kept(result: Tensor, rows: int, columns: int, keepdim: bool) -> Tensor:
    """The result with both dimensions again, of size 1, if they are to be kept."""
    for place in sorted((rows, columns)) if keepdim else ():
        result = result.unsqueeze(place)
    return result


def _check_kind(name: str, x: Tensor) -> None:
    if x.array.dtype.kind != "f":
        check_floating(name, x)
