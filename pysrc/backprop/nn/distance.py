"""Lengths and angles as layers."""

from __future__ import annotations

from ..tensor import Tensor
from . import functional
from .module import Module

__all__ = ["CosineSimilarity", "PairwiseDistance"]


class CosineSimilarity(Module):
    """The cosine of the angle between two vectors: see `functional.cosine_similarity`.

    Shapes: two that can be broadcast, to the same without the dimension `dim`.
    """

    def __init__(self, dim: int = 1, eps: float = 1e-8) -> None:
        super().__init__()
        self.dim = dim
        self.eps = eps

    def forward(self, x1: Tensor, x2: Tensor) -> Tensor:
        """See the class."""
        return functional.cosine_similarity(x1, x2, self.dim, self.eps)


class PairwiseDistance(Module):
    """The p-distance of two vectors: see `functional.pairwise_distance`.

    Shapes: (N, D) or (D,) twice, to (N,) or (); with a last dimension of 1, if `keepdim`.
    """

    def __init__(self, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False) -> None:
        super().__init__()
        self.norm = p
        self.eps = eps
        self.keepdim = keepdim

    def forward(self, x1: Tensor, x2: Tensor) -> Tensor:
        """See the class."""
        return functional.pairwise_distance(x1, x2, self.norm, self.eps, self.keepdim)
