"""Dropout as layers."""

from __future__ import annotations

from ..tensor import Tensor
from . import functional
from .functional.regularization import check_probability
from .module import Module

__all__ = [
    "AlphaDropout",
    "Dropout",
    "Dropout1d",
    "Dropout2d",
    "Dropout3d",
    "FeatureAlphaDropout",
]


class _Dropout(Module):
    """What all kinds share."""

    def __init__(self, p: float = 0.5, inplace: bool = False) -> None:
        super().__init__()
        check_probability(p)
        self.p = p
        self.inplace = inplace

    def extra_repr(self) -> str:
        """The probability, and whether it writes over its input."""
        return f"p={self.p}, inplace={self.inplace}"


class Dropout(_Dropout):
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

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.dropout(input, self.p, self.training, self.inplace)


class Dropout1d(_Dropout):
    """`Dropout` of whole channels of series: see `functional.dropout1d`.

    Shapes: (N, C, L) or (C, L), unchanged.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.dropout1d(input, self.p, self.training, self.inplace)


class Dropout2d(_Dropout):
    """`Dropout` of whole channels of images: see `functional.dropout2d`.

    Shapes: (N, C, H, W), unchanged.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.dropout2d(input, self.p, self.training, self.inplace)


class Dropout3d(_Dropout):
    """`Dropout` of whole channels of volumes: see `functional.dropout3d`.

    Shapes: (N, C, D, H, W) or (C, D, H, W), unchanged.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.dropout3d(input, self.p, self.training, self.inplace)


class AlphaDropout(_Dropout):
    """`Dropout` for what comes out of SELU: see `functional.alpha_dropout`.

    Shapes: any, unchanged.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.alpha_dropout(input, self.p, self.training)


class FeatureAlphaDropout(_Dropout):
    """`AlphaDropout` of whole channels: see `functional.feature_alpha_dropout`.

    Shapes: (N, C, ...), unchanged.
    """

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.feature_alpha_dropout(input, self.p, self.training)
