"""Activations: the bends between linear layers, without which many layers would be one.

What each computes, and its slope, is in `functional/activation.py` and `ops/exponential.py`.
"""

from __future__ import annotations

from ..ops import exponential
from ..tensor import Tensor
from . import functional
from .module import Module


def _in_place(inplace: bool) -> str:
    """What is printed of a layer that may write over its input."""
    return "inplace=True" if inplace else ""


class ReLU(Module):
    """``max(x, 0)``.

    Shapes: any, unchanged.
    """

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return input.relu_() if self.inplace else exponential.relu(input)

    def extra_repr(self) -> str:
        """Whether it writes over its input."""
        return _in_place(self.inplace)


class LeakyReLU(Module):
    """x where it is positive, ``negative_slope * x`` elsewhere: see `functional.leaky_relu`.

    Shapes: any, unchanged.
    """

    def __init__(self, negative_slope: float = 0.01, inplace: bool = False) -> None:
        super().__init__()
        self.negative_slope = negative_slope
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.leaky_relu(input, self.negative_slope, self.inplace)

    def extra_repr(self) -> str:
        """The slope."""
        return f"negative_slope={self.negative_slope}" + (", inplace=True" if self.inplace else "")


class ELU(Module):
    """x where it is positive, ``alpha * (exp(x) - 1)`` elsewhere: see `functional.elu`.

    Shapes: any, unchanged.
    """

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.elu(input, self.alpha, self.inplace)

    def extra_repr(self) -> str:
        """Where it levels off, with the sign turned."""
        return f"alpha={self.alpha}" + (", inplace=True" if self.inplace else "")


class GELU(Module):
    """``x * P(x)``, with the probability P that a normal number is below x: see `functional.gelu`.

    Shapes: any, unchanged.
    """

    def __init__(self, approximate: str = "none") -> None:
        super().__init__()
        self.approximate = approximate

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.gelu(input, self.approximate)

    def extra_repr(self) -> str:
        """The approximation."""
        return f"approximate={self.approximate!r}"


class SiLU(Module):
    """``x * sigmoid(x)``: see `functional.silu`.

    Shapes: any, unchanged.
    """

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.silu(input, self.inplace)

    def extra_repr(self) -> str:
        """Whether it writes over its input."""
        return _in_place(self.inplace)


class Sigmoid(Module):
    """``1 / (1 + exp(-x))``, between 0 and 1.

    Shapes: any, unchanged.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return exponential.sigmoid(input)


class Tanh(Module):
    """The hyperbolic tangent, between -1 and 1.

    Shapes: any, unchanged.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return exponential.tanh(input)


class Softplus(Module):
    """``log(1 + exp(beta * x)) / beta``, a smooth ReLU: see `functional.softplus`.

    Shapes: any, unchanged.
    """

    def __init__(self, beta: float = 1.0, threshold: float = 20.0) -> None:
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.softplus(input, self.beta, self.threshold)

    def extra_repr(self) -> str:
        """The options."""
        return f"beta={self.beta}, threshold={self.threshold}"


class Softmax(Module):
    """Positive numbers that add up to 1 along `dim`.

    Shapes: any, unchanged.
    """

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.softmax(input, self.dim)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"


class LogSoftmax(Module):
    """The logarithm of `Softmax`, without its rounding errors: what `NLLLoss` takes.

    Shapes: any, unchanged.
    """

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.log_softmax(input, self.dim)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"
