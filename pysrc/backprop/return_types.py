"""Named results, as `torch.return_types` has them: tuples that print their fields' names."""

from __future__ import annotations

from operator import itemgetter
from typing import Any


class Named(tuple[Any, ...]):
    """A tuple whose fields have names; `collections.namedtuple` would compile code for every kind."""

    __slots__ = ()
    _fields: tuple[str, ...] = ()

    def __new__(cls, *values: Any) -> Named:
        """The fields, in order."""
        return super().__new__(cls, values)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(self)

    def __repr__(self) -> str:
        fields = ",\n".join(
            f"{name}={value!r}" for name, value in zip(self._fields, self, strict=True)
        )
        return f"torch.return_types.{type(self).__name__}(\n{fields})"


def _named(name: str, *fields: str) -> Any:
    """A kind of result with its own fields; most have what was chosen, and where it stands."""
    fields = fields or ("values", "indices")
    parts = {field: property(itemgetter(place)) for place, field in enumerate(fields)}
    return type(
        name, (Named,), {"__slots__": (), "__module__": __name__, "_fields": fields, **parts}
    )


aminmax = _named("aminmax", "min", "max")
cummax = _named("cummax")
cummin = _named("cummin")
histogram = _named("histogram", "hist", "bin_edges")
kthvalue = _named("kthvalue")
linalg_eigh = _named("linalg_eigh", "eigenvalues", "eigenvectors")
linalg_lstsq = _named("linalg_lstsq", "solution", "residuals", "rank", "singular_values")
linalg_qr = _named("linalg_qr", "Q", "R")
linalg_slogdet = _named("linalg_slogdet", "sign", "logabsdet")
linalg_svd = _named("linalg_svd", "U", "S", "Vh")
max = _named("max")
median = _named("median")
min = _named("min")
mode = _named("mode")
nanmedian = _named("nanmedian")
qr = _named("qr", "Q", "R")
slogdet = _named("slogdet", "sign", "logabsdet")
sort = _named("sort")
svd = _named("svd", "U", "S", "V")
topk = _named("topk")
