"""Layer normalization as a layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import dtypes
from ..ops.creation import ones, zeros
from ..tensor import Tensor
from . import functional, init
from .module import Module
from .parameter import Parameter

__all__ = ["LayerNorm"]


class LayerNorm(Module):
    """Each example with mean 0 and deviation 1 over its last dimensions: see `functional.layer_norm`.

    >>> import backprop as torch
    >>> torch.nn.LayerNorm(2, elementwise_affine=False)(torch.tensor([[1.0, 3.0], [0.0, 20.0]]))
    tensor([[-1.0000,  1.0000],
            [-1.0000,  1.0000]])

    Args:
        normalized_shape: the last dimensions, over which mean and variance are taken.
        eps: keeps the root of the variance away from 0.
        elementwise_affine: whether a scale and a shift are learned for each place.
        bias: whether there is a shift.
        device: the CPU.
        dtype: of the parameters.

    Shapes: (..., *normalized_shape), unchanged.

    Source: Ba et al., Layer Normalization (2016).
    """

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float = 1e-05,
        elementwise_affine: bool = True,
        bias: bool = True,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__()
        whole = isinstance(normalized_shape, int)
        self.normalized_shape: tuple[int, ...] = (
            (normalized_shape,) if whole else tuple(normalized_shape)  # type: ignore[arg-type, assignment]
        )
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        shape = self.normalized_shape
        weight = Parameter(ones(shape, dtype=dtype, device=device)) if elementwise_affine else None
        self.register_parameter("weight", weight)
        shift = Parameter(zeros(shape, dtype=dtype)) if elementwise_affine and bias else None
        self.register_parameter("bias", shift)

    def reset_parameters(self) -> None:
        """Start scale and shift afresh."""
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """The options."""
        return (
            f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.elementwise_affine}, "
            f"bias={self.bias is not None}"
        )
