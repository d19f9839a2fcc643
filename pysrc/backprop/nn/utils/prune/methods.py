"""The ways to choose what is pruned: at random or the smallest, by elements or by slices."""

from __future__ import annotations

from typing import Any

import numpy as np

from ....random import rand, rand_like
from ....tensor import Tensor, wrap
from .method import BasePruningMethod


class Identity(BasePruningMethod):
    """Prunes nothing: a mask of ones."""

    PRUNING_TYPE = "unstructured"

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """See `BasePruningMethod`."""
        return default_mask


class _Elements(BasePruningMethod):
    """A number, or a share, of elements."""

    PRUNING_TYPE = "unstructured"

    def __init__(self, amount: float) -> None:
        check_amount(amount)
        self.amount = amount

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """See `BasePruningMethod`."""
        count = how_many(self.amount, t.numel())
        mask = default_mask.clone()
        if count:
            mask.view(-1)[self._chosen(t, count)] = 0
        return mask

    def _chosen(self, t: Tensor, count: int) -> Tensor:
        """The places of what is pruned, in the flattened tensor."""
        raise NotImplementedError


class RandomUnstructured(_Elements):
    """Prunes elements at random."""

    def _chosen(self, t: Tensor, count: int) -> Tensor:
        return rand_like(t).view(-1).topk(count).indices


class L1Unstructured(_Elements):
    """Prunes the elements that are nearest to 0."""

    def _chosen(self, t: Tensor, count: int) -> Tensor:
        return t.abs().view(-1).topk(count, largest=False).indices


class _Slices(BasePruningMethod):
    """A number, or a share, of the slices along a dimension."""

    PRUNING_TYPE = "structured"

    def __init__(self, amount: float, dim: int = -1) -> None:
        check_amount(amount)
        self.amount = amount
        self.dim = dim

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """See `BasePruningMethod`."""
        if t.ndim <= 1:
            raise ValueError(
                "Structured pruning can only be applied to multidimensional tensors. Found tensor of shape "
                f"{t.shape} with {t.ndim} dims\nUse an unstructured way for a vector, such as a bias."
            )
        if not -t.ndim <= self.dim < t.ndim:
            raise IndexError(
                f"Invalid index {self.dim} for tensor of size {t.shape}\n"
                f"There are {t.ndim} dimensions, counted from 0."
            )
        size = t.shape[self.dim]
        count = how_many(self.amount, size)
        if not count:
            return default_mask
        kept = np.zeros(size, t.array.dtype)
        kept[self._kept(t, count)] = 1
        shape = [1] * t.ndim
        shape[self.dim] = size
        return default_mask * wrap(kept.reshape(shape)).to(dtype=default_mask.dtype)

    def _kept(self, t: Tensor, count: int) -> Any:
        """The numbers of the slices that stay."""
        raise NotImplementedError


class RandomStructured(_Slices):
    """Prunes slices at random."""

    def _kept(self, t: Tensor, count: int) -> Any:
        drawn = rand(t.shape[self.dim]).array
        return drawn > np.sort(drawn)[count - 1]


class LnStructured(_Slices):
    """Prunes the slices with the smallest n-norms."""

    def __init__(self, amount: float, n: Any, dim: int = -1) -> None:
        super().__init__(amount, dim)
        self.n = n

    def _kept(self, t: Tensor, count: int) -> Any:
        others = [axis for axis in range(t.ndim) if axis != self.dim % t.ndim]
        norms = t.norm(p=self.n, dim=others)
        return norms.topk(t.shape[self.dim] - count).indices.array


class CustomFromMask(BasePruningMethod):
    """Prunes where a given mask is 0."""

    PRUNING_TYPE = "global"

    def __init__(self, mask: Tensor) -> None:
        self.mask = mask

    def compute_mask(self, t: Tensor, default_mask: Tensor) -> Tensor:
        """See `BasePruningMethod`."""
        if default_mask.shape != self.mask.shape:
            raise AssertionError(
                f"The mask has the shape {tuple(self.mask.shape)}, the parameter "
                f"{tuple(default_mask.shape)}: give one number for each element."
            )
        return default_mask * self.mask.to(dtype=default_mask.dtype)


def check_amount(amount: Any) -> None:
    """Raise TypeError or ValueError if `amount` is neither a count nor a share."""
    if not isinstance(amount, (int, float)):
        raise TypeError(
            f"Invalid type for amount: {amount}. Must be int or float.\n"
            "An int is a number of elements, a float the share of them."
        )
    if (isinstance(amount, int) and amount < 0) or (
        not isinstance(amount, int) and not 0 <= amount <= 1
    ):
        raise ValueError(
            f"amount={amount} should either be a float in the range [0, 1] or a non-negative integer\n"
            "An int is a number of elements, a float the share of them."
        )


def how_many(amount: float, size: int) -> int:
    """How many of `size` elements, or slices, `amount` means.

    Raises:
        ValueError: more than there are.
    """
    if isinstance(amount, int):
        if amount > size:
            raise ValueError(
                f"amount={amount} should be smaller than the number of parameters to prune={size}\n"
                "A float between 0 and 1 is the share of them."
            )
        return amount
    return round(amount * size)
