"""Dropout as a layer."""

from __future__ import annotations

from ..tensor import Tensor
from . import functional
from .functional.regularization import check_probability
from .module import Module


class Dropout(Module):
    """While training, each element is 0 with probability `p`; the rest is divided by ``1 - p``.

    After `Module.eval` it hands its input on as it is. See `functional.dropout`.

    >>> import backprop as torch
    >>> _ = torch.manual_seed(0)
    >>> torch.nn.Dropout()(torch.ones(4))
    tensor([0., 0., 2., 0.])

    Shapes: any, unchanged.

    Raises:
        ValueError: `p` is no probability.
    """

    def __init__(self, p: float = 0.5, inplace: bool = False) -> None:
        super().__init__()
        check_probability(p)
        self.p = p
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.dropout(input, self.p, self.training, self.inplace)

    def extra_repr(self) -> str:
        """The probability, and whether it writes over its input."""
        return f"p={self.p}, inplace={self.inplace}"
