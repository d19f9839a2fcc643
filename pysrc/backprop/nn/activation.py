"""Activations: the bends between linear layers, without which many layers would be one."""

from __future__ import annotations

from ..ops import exponential, reduction
from ..tensor import Tensor
from .module import Module


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
        return "inplace=True" if self.inplace else ""


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


class Softmax(Module):
    """Positive numbers that add up to 1 along `dim`.

    Shapes: any, unchanged.
    """

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return reduction.softmax(input, self.dim)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"
