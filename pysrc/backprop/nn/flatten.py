"""Dimensions joined and split."""

from __future__ import annotations

from collections.abc import Sequence

from ..ops.reduction import axis
from ..tensor import Tensor
from .module import Module


class Flatten(Module):
    """Joins the dimensions from `start_dim` to `end_dim` into one; the first, the batch, stays.

    Shapes: (N, d1, d2, ...) to (N, d1 * d2 * ...).
    """

    def __init__(self, start_dim: int = 1, end_dim: int = -1) -> None:
        super().__init__()
        self.start_dim = start_dim
        self.end_dim = end_dim

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return input.flatten(self.start_dim, self.end_dim)

    def extra_repr(self) -> str:
        """The dimensions."""
        return f"start_dim={self.start_dim}, end_dim={self.end_dim}"


class Unflatten(Module):
    """Splits the dimension `dim` into several.

    Shapes: (N, d1 * d2) to (N, d1, d2), for ``Unflatten(1, (d1, d2))``.
    """

    def __init__(self, dim: int, unflattened_size: Sequence[int]) -> None:
        super().__init__()
        self.dim = dim
        self.unflattened_size = tuple(unflattened_size)

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        shape = input.array.shape
        place = axis(self.dim, len(shape))
        return input.reshape(*shape[:place], *self.unflattened_size, *shape[place + 1 :])

    def extra_repr(self) -> str:
        """The dimension, and what becomes of it."""
        return f"dim={self.dim}, unflattened_size={self.unflattened_size}"
