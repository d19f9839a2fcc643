"""Activations that bend smoothly: see `functional/smooth.py`. Shapes are unchanged, but for `GLU`."""

from __future__ import annotations

from ..ops.reduction import softmax
from ..tensor import Tensor
from . import functional
from .module import Module

__all__ = [
    "CELU",
    "GLU",
    "SELU",
    "LogSigmoid",
    "Mish",
    "Softmax2d",
    "Softmin",
    "Softsign",
    "Tanhshrink",
]


class CELU(Module):
    """x where it is positive, ``alpha * (exp(x / alpha) - 1)`` elsewhere: see `functional.celu`."""

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.celu(input, self.alpha, self.inplace)

    def extra_repr(self) -> str:
        """Where it levels off, with the sign turned."""
        return f"alpha={self.alpha}" + (", inplace=True" if self.inplace else "")


class SELU(Module):
    """An ELU that hands mean 0 and deviation 1 on: see `functional.selu`."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.selu(input, self.inplace)

    def extra_repr(self) -> str:
        """Whether it writes over its input."""
        return "inplace=True" if self.inplace else ""


class Mish(Module):
    """``x * tanh(log(1 + exp(x)))``: see `functional.mish`."""

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.mish(input, self.inplace)

    def extra_repr(self) -> str:
        """Whether it writes over its input."""
        return "inplace=True" if self.inplace else ""


class Softsign(Module):
    """``x / (1 + |x|)``."""

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.softsign(input)


class Tanhshrink(Module):
    """``x - tanh(x)``."""

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.tanhshrink(input)


class LogSigmoid(Module):
    """The logarithm of the sigmoid, without its rounding errors."""

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.logsigmoid(input)


class GLU(Module):
    """One half of the input, gated by the other: see `functional.glu`.

    Shapes: (..., N, ...) to (..., N / 2, ...), along `dim`.
    """

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.glu(input, self.dim)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"


class Softmin(Module):
    """Positive numbers that add up to 1 along `dim`, the largest for the smallest."""

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.softmin(input, self.dim)

    def extra_repr(self) -> str:
        """The dimension."""
        return f"dim={self.dim}"


class Softmax2d(Module):
    """A softmax over the channels, at each place of an image.

    Shapes: (N, C, H, W) or (C, H, W), unchanged.

    Raises:
        ValueError: the input has other dimensions.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        if input.array.ndim not in (3, 4):
            raise ValueError(
                f"Softmax2d: expected input to be 3D or 4D, got {input.array.ndim}D instead\n"
                "Images have the shape (batch, channels, height, width)."
            )
        return softmax(input, -3)
