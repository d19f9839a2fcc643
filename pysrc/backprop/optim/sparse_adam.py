"""Adam for gradients that are almost everywhere 0, which this library has not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..dtypes import Array
from ..tensor import Tensor
from .optimizer import Group, Optimizer, check_betas


class SparseAdam(Optimizer):
    """Adam for sparse gradients. All gradients here are dense, for which PyTorch refuses it as well.

    Raises:
        ValueError: a number is not above 0, a beta is not below 1, or there are no parameters.
    """

    def __init__(
        self,
        params: Iterable[Any],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        maximize: bool = False,
    ) -> None:
        if not lr > 0:
            raise ValueError(f"Invalid learning rate: {lr}\nIt must be above 0.")
        if not eps > 0:
            raise ValueError(f"Invalid epsilon value: {eps}\nIt must be above 0.")
        check_betas(betas)
        defaults = {"lr": lr, "betas": betas, "eps": eps, "maximize": maximize}
        super().__init__(params, defaults)

    def update(self, parameter: Tensor, value: Array, gradient: Array, group: Group) -> None:
        """Refuse the gradient, which is dense.

        Raises:
            RuntimeError: always.
        """
        raise RuntimeError(
            "SparseAdam does not support dense gradients, please consider Adam instead\n"
            "Sparse gradients are not part of backprop: Adam takes the same numbers."
        )
