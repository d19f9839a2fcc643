"""Operations that a first program does not need: their file is read when one of them is first asked for.

A file's functions are named here as its ``__all__`` has them, its methods as it attaches them to tensors.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from ..tensor import Tensor

__all__: list[str] = []

#: What stands in `torch` and on tensors alike, by file.
_BOTH = {
    "arranging": "diagflat dsplit hsplit kron rot90 vsplit",
    "batches": "addbmm addmv addr baddbmm ger vdot",
    "compound": "addcdiv addcmul lerp",
    "counting": "histc histogram",
    "cumulative": "cumprod cumsum diff",
    "diagonal": "diag diagonal trace tril triu",
    "error_function": "erf erfc erfinv lgamma logit",
    "hyperbolic": """
        acosh arccosh arcsinh arctanh asinh atanh deg2rad hypot rad2deg sinc
    """,
    "length": "dist renorm",
    "matrices": """
        cholesky cholesky_inverse cholesky_solve cross det inverse logdet matrix_exp matrix_power norm
        pinverse qr slogdet svd
    """,
    "ordering": "argsort bincount median sort topk unique",
    "pairs": """
        copysign float_power fmax fmin gcd heaviside lcm ldexp logaddexp logaddexp2 xlogy
    """,
    "ranking": "aminmax kthvalue mode msort nanquantile quantile",
    "running": "cummax cummin logcumsumexp",
    "scattering": "index_add index_copy index_fill scatter scatter_add",
    "searching": "bucketize",
    "spread_of_data": "corrcoef cov",
    "without_nan": "nanmean nanmedian nansum",
}
_IN_TORCH = {
    "arranging": "atleast_3d block_diag cartesian_prod combinations",
    "batches": "tensordot",
    "diagonal": "tril_indices triu_indices",
    "einsum": "einsum",
    "matrices": "chain_matmul",
    "memory": "as_strided",
    "searching": "searchsorted",
    "spread_of_data": "cdist std_mean var_mean",
}
_ON_TENSORS = {
    "compound": "addcdiv_ addcmul_",
    "alike": "new_empty new_full new_ones new_tensor new_zeros",
    "inplace_shape": "squeeze_ swapaxes_ swapdims_ t_ transpose_ unsqueeze_",
    "memory": """
        as_strided is_set_to resize_ resize_as_ set_ storage storage_offset untyped_storage
    """,
    "scattering": "index_add_ index_copy_ index_fill_ scatter_ scatter_add_",
}


def _by_name(*tables: dict[str, str]) -> dict[str, str]:
    return {
        name: file for table in tables for file, names in table.items() for name in names.split()
    }


#: The file of each such function, and of each such method.
FUNCTIONS = _by_name(_BOTH, _IN_TORCH)
METHODS = _by_name(_BOTH, _ON_TENSORS)


class Deferred:
    """Stands on `Tensor` in a method's place until the method is first asked for."""

    __slots__ = ("attach", "name")

    def __init__(self, name: str, attach: Callable[[], object]) -> None:
        self.name = name
        self.attach = attach

    def __get__(self, instance: Tensor | None, owner: type[Tensor]) -> Any:
        self.attach()  # which puts the method itself here
        return getattr(owner if instance is None else instance, self.name)


def defer(name: str, attach: Callable[[], object]) -> None:
    """Let `attach`, which makes the method `name` of tensors, wait until it is asked for."""
    setattr(Tensor, name, Deferred(name, attach))


def _reading(file: str) -> Callable[[], object]:
    return lambda: importlib.import_module(f".{file}", __package__)


for _name, _file in METHODS.items():
    defer(_name, _reading(_file))
defer("type", _reading(".tensortype"))
