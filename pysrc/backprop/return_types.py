"""Named results, as `torch.return_types` has them: tuples that print their fields' names."""

from __future__ import annotations

from collections import namedtuple
from typing import Any, NamedTuple


class ValuesIndices(NamedTuple):
    """What is chosen along a dimension, and where it stands: what every kind below has."""

    values: Any
    indices: Any


def _shown(result: Any) -> str:
    fields = ",\n".join(f"{name}={getattr(result, name)!r}" for name in result._fields)
    return f"torch.return_types.{type(result).__name__}(\n{fields})"


def _named(name: str, base: Any = ValuesIndices) -> Any:
    """A kind of result that prints its own name."""
    return type(name, (base,), {"__slots__": (), "__repr__": _shown, "__module__": __name__})


aminmax = _named("aminmax", namedtuple("aminmax", ["min", "max"]))
cummax = _named("cummax")
cummin = _named("cummin")
kthvalue = _named("kthvalue")
linalg_eigh = _named("linalg_eigh", namedtuple("linalg_eigh", ["eigenvalues", "eigenvectors"]))
linalg_lstsq = _named(
    "linalg_lstsq",
    namedtuple("linalg_lstsq", ["solution", "residuals", "rank", "singular_values"]),
)
linalg_qr = _named("linalg_qr", namedtuple("linalg_qr", ["Q", "R"]))
linalg_slogdet = _named("linalg_slogdet", namedtuple("linalg_slogdet", ["sign", "logabsdet"]))
linalg_svd = _named("linalg_svd", namedtuple("linalg_svd", ["U", "S", "Vh"]))
max = _named("max")
median = _named("median")
min = _named("min")
mode = _named("mode")
nanmedian = _named("nanmedian")
qr = _named("qr", namedtuple("qr", ["Q", "R"]))
slogdet = _named("slogdet", namedtuple("slogdet", ["sign", "logabsdet"]))
sort = _named("sort")
svd = _named("svd", namedtuple("svd", ["U", "S", "V"]))
topk = _named("topk")
