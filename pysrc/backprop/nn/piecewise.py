"""Activations made of straight pieces: see `functional/piecewise.py`. Shapes are unchanged in all."""

from __future__ import annotations

from typing import Any

from ..dtypes import dtype as dtype_type
from ..ops.creation import full
from ..tensor import Tensor
from ..warning import warn
from . import functional, init
from .module import Module
from .parameter import Parameter

__all__ = [
    "Hardshrink",
    "Hardsigmoid",
    "Hardswish",
    "Hardtanh",
    "PReLU",
    "RReLU",
    "ReLU6",
    "Softshrink",
    "Threshold",
]


class Hardtanh(Module):
    """x between `min_val` and `max_val`, and these beyond: see `functional.hardtanh`.

    Raises:
        AssertionError: the upper bound is not above the lower one.
    """

    def __init__(
        self,
        min_val: float = -1.0,
        max_val: float = 1.0,
        inplace: bool = False,
        min_value: float | None = None,
        max_value: float | None = None,
    ) -> None:
        super().__init__()
        for name, old in (("min", min_value), ("max", max_value)):
            if old is not None:
                warn(
                    f"keyword argument `{name}_value` is deprecated and rename to `{name}_val`",
                    FutureWarning,
                )
        self.min_val = min_val if min_value is None else min_value
        self.max_val = max_val if max_value is None else max_value
        self.inplace = inplace
        if self.max_val <= self.min_val:
            raise AssertionError(
                f"max_val ({self.max_val}) must be greater than min_val ({self.min_val})\n"
                "The lower bound comes first, then the upper one."
            )

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.hardtanh(input, self.min_val, self.max_val, self.inplace)

    def extra_repr(self) -> str:
        """The bounds, and whether it writes over its input."""
        text = f"min_val={self.min_val}, max_val={self.max_val}"
        return text + (", inplace=True" if self.inplace else "")


class ReLU6(Hardtanh):
    """``min(max(x, 0), 6)``: a ReLU that levels off."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(0.0, 6.0, inplace)

    def extra_repr(self) -> str:
        """Whether it writes over its input."""
        return "inplace=True" if self.inplace else ""


class Hardsigmoid(Module):
    """``min(max(x + 3, 0), 6) / 6``: a sigmoid of three straight pieces."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.hardsigmoid(input, self.inplace)


class Hardswish(Module):
    """``x * hardsigmoid(x)``: see `functional.hardswish`."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.hardswish(input, self.inplace)


class _Shrink(Module):
    """What both share: how far from 0 something is left."""

    def __init__(self, lambd: float = 0.5) -> None:
        super().__init__()
        self.lambd = lambd

    def extra_repr(self) -> str:
        """How far from 0."""
        return str(self.lambd)


class Hardshrink(_Shrink):
    """0 from ``-lambd`` to `lambd`, and x beyond."""

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.hardshrink(input, self.lambd)


class Softshrink(_Shrink):
    """0 from ``-lambd`` to `lambd`, and x nearer to 0 by `lambd` beyond."""

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.softshrink(input, self.lambd)


class Threshold(Module):
    """x above the `threshold`, and `value` at it and below."""

    def __init__(self, threshold: float, value: float, inplace: bool = False) -> None:
        super().__init__()
        self.threshold = threshold
        self.value = value
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.threshold(input, self.threshold, self.value, self.inplace)

    def extra_repr(self) -> str:
        """The two numbers, and whether it writes over its input."""
        text = f"threshold={self.threshold}, value={self.value}"
        return text + (", inplace=True" if self.inplace else "")


class PReLU(Module):
    """A leaky ReLU whose slope is learned: see `functional.prelu`.

    Args:
        num_parameters: 1, or the number of channels for one slope each.
        init: what the slopes start from.
        device: the CPU.
        dtype: of the slopes.
    """

    def __init__(
        self,
        num_parameters: int = 1,
        init: float = 0.25,
        device: Any = None,
        dtype: dtype_type | None = None,
    ) -> None:
        super().__init__()
        self.num_parameters = num_parameters
        self.init = init
        slopes = full((num_parameters,), float(init), dtype=dtype, device=device)
        self.weight = Parameter(slopes)

    def reset_parameters(self) -> None:
        """Start the slopes afresh."""
        init.constant_(self.weight, self.init)

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.prelu(input, self.weight)

    def extra_repr(self) -> str:
        """How many slopes there are."""
        return f"num_parameters={self.num_parameters}"


class RReLU(Module):
    """A leaky ReLU whose slope is drawn while training: see `functional.rrelu`."""

    def __init__(
        self, lower: float = 1.0 / 8, upper: float = 1.0 / 3, inplace: bool = False
    ) -> None:
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def extra_repr(self) -> str:
        """The bounds, and whether it writes over its input."""
        text = f"lower={self.lower}, upper={self.upper}"
        return text + (", inplace=True" if self.inplace else "")
