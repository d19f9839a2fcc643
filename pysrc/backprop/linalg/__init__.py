"""Linear algebra: matrices taken apart, inverted, and measured.

Read in this order: `products`, `solving`, `decompositions`, `norms`, `determinants`.
"""

from typing import Any

from ..lazy import listing
from ..missing import missing_attribute
from ..ops.linear_algebra import matmul
from .decompositions import cholesky, eigh, eigvalsh, qr, svd, svdvals
from .determinants import cond, det, matrix_rank, slogdet
from .matrices import LinAlgError
from .norms import matrix_norm, norm, vector_norm
from .products import cross, diagonal, matrix_exp, matrix_power, multi_dot, vander, vecdot
from .solving import inv, lstsq, pinv, solve, solve_triangular

__all__ = [
    "LinAlgError",
    "cholesky",
    "cond",
    "cross",
    "det",
    "diagonal",
    "eigh",
    "eigvalsh",
    "inv",
    "lstsq",
    "matmul",
    "matrix_exp",
    "matrix_norm",
    "matrix_power",
    "matrix_rank",
    "multi_dot",
    "norm",
    "pinv",
    "qr",
    "slogdet",
    "solve",
    "solve_triangular",
    "svd",
    "svdvals",
    "vander",
    "vecdot",
    "vector_norm",
]


def __getattr__(name: str) -> Any:
    raise missing_attribute("linalg", name)


__dir__ = listing(__name__, __all__)
