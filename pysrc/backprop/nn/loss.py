"""Losses: one number that says how wrong the answers are."""

from __future__ import annotations

from ..tensor import Tensor
from . import functional
from .module import Module


class MSELoss(Module):
    """The mean of the squared differences, ``mean((input - target)^2)``.

    >>> import backprop as torch
    >>> torch.nn.MSELoss()(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]))
    tensor(2.)

    Args:
        reduction: "mean", "sum", or "none" for one loss an element.

    Shapes: any two that can be broadcast; a scalar unless `reduction` is "none".
    """

    def __init__(self, reduction: str = "mean") -> None:
        super().__init__()
        self.reduction = reduction

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """See the class."""
        return functional.mse_loss(input, target, self.reduction)
