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
max = _named("max")
median = _named("median")
min = _named("min")
mode = _named("mode")
nanmedian = _named("nanmedian")
sort = _named("sort")
topk = _named("topk")
