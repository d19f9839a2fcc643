"""What an operation was given besides tensors, such as the exponent of a power: its rule knows it."""

from __future__ import annotations

import re
from typing import Any

from ...autograd.node import Rule
from ...tensor import Tensor

#: What the names in a rule stand for; those of other operations are of no interest to a reader.
_MEANING = {
    "Pow": {"exponent": "exponent", "base": "base"},
    "Clamp": {"low": "least", "high": "most"},
    "ClampMin": {"low": "least"},
    "ClampMax": {"high": "most"},
    "Sum": {"reduced": "axes"},
    "Mean": {"reduced": "axes"},
    "Softmax": {"along": "axes"},
    "LogSoftmax": {"along": "axes"},
}

#: Numbers by what they mean: an `exponent` or a `base`, the `least` and the `most`, a tuple of `axes`.
Constants = dict[str, Any]


def constants_of(operation: str, rule: Rule | None) -> Constants:
    """The numbers that `rule`, the local gradient of `operation`, keeps besides its tensors.

    >>> import backprop as torch
    >>> power = torch.ones(2, requires_grad=True) ** 3
    >>> constants_of(power.grad_fn.name(), power.grad_fn.rule)
    {'exponent': 3.0}
    """
    meaning = _MEANING.get(re.sub(r"Backward\d*$", "", operation))
    code, cells = getattr(rule, "__code__", None), getattr(rule, "__closure__", None)
    if meaning is None or code is None or cells is None:
        return {}
    kept = {name: cell.cell_contents for name, cell in zip(code.co_freevars, cells, strict=True)}
    found: Constants = {}
    for name, means in meaning.items():
        value = kept.get(name)
        if means == "axes" and value is not None:
            axes = (value,) if isinstance(value, int) else tuple(value)
            if name == "along" or len(axes) < len(kept["shape"]):
                found[means] = axes
            continue
        value = value.array if isinstance(value, Tensor) else value
        if value is not None and getattr(value, "size", 1) == 1:
            found[means] = float(value)
    return found
