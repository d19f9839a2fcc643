"""Normalization within an example, as layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .. import dtypes
from ..ops.creation import ones, zeros
from ..tensor import Tensor
from . import functional, init
from .module import Module
from .parameter import Parameter

__all__ = ["GroupNorm", "LayerNorm", "LocalResponseNorm", "RMSNorm"]


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
        self.normalized_shape = _shape(normalized_shape)
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


class RMSNorm(Module):
    """Each example divided by its root mean square: see `functional.rms_norm`.

    >>> import backprop as torch
    >>> torch.nn.RMSNorm(2, elementwise_affine=False)(torch.tensor([[1.0, 7.0]]))
    tensor([[0.2000, 1.4000]])

    Args:
        normalized_shape: the last dimensions, over which the mean is taken.
        eps: keeps the root away from 0; the smallest difference from 1 of the type, if left out.
        elementwise_affine: whether a scale is learned for each place.
        device: the CPU.
        dtype: of the parameters.

    Shapes: (..., *normalized_shape), unchanged.

    Source: Zhang and Sennrich, Root Mean Square Layer Normalization (2019).
    """

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float | None = None,
        elementwise_affine: bool = True,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__()
        self.normalized_shape = _shape(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        scale = ones(self.normalized_shape, dtype=dtype, device=device)
        self.register_parameter("weight", Parameter(scale) if elementwise_affine else None)

    def reset_parameters(self) -> None:
        """Start the scale afresh."""
        if self.weight is not None:
            init.ones_(self.weight)

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.rms_norm(input, self.normalized_shape, self.weight, self.eps)

    def extra_repr(self) -> str:
        """The options."""
        return (
            f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.elementwise_affine}"
        )


class GroupNorm(Module):
    """Each group of channels with mean 0 and deviation 1: see `functional.group_norm`.

    Args:
        num_groups: how many groups there are; they divide the channels.
        num_channels: C.
        eps: keeps the root of the variance away from 0.
        affine: whether a scale and a shift are learned for each channel.
        device: the CPU.
        dtype: of the parameters.
        bias: whether there is a shift.

    Shapes: (N, C, ...), unchanged.

    Source: Wu and He, Group Normalization (2018).

    Raises:
        ValueError: the groups don't divide the channels.
    """

    def __init__(
        self,
        num_groups: int,
        num_channels: int,
        eps: float = 1e-05,
        affine: bool = True,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__()
        if num_channels % num_groups:
            raise ValueError(
                f"num_channels ({num_channels}) must be divisible by num_groups ({num_groups})\n"
                "Groups are of equal size."
            )
        self.num_groups = num_groups
        self.num_channels = num_channels
        self.eps = eps
        self.affine = affine
        scale = ones(num_channels, dtype=dtype, device=device)
        self.register_parameter("weight", Parameter(scale) if affine else None)
        shift = zeros(num_channels, dtype=dtype)
        self.register_parameter("bias", Parameter(shift) if affine and bias else None)

    def reset_parameters(self) -> None:
        """Start scale and shift afresh."""
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """The options."""
        return (
            f"{self.num_groups}, {self.num_channels}, eps={self.eps}, affine={self.affine}, "
            f"bias={self.bias is not None}"
        )


class LocalResponseNorm(Module):
    """Each number divided by what its neighbouring channels are: see `functional.local_response_norm`.

    Shapes: (N, C, ...), unchanged.
    """

    def __init__(self, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> None:
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.local_response_norm(input, self.size, self.alpha, self.beta, self.k)

    def extra_repr(self) -> str:
        """The options."""
        return f"{self.size}, alpha={self.alpha}, beta={self.beta}, k={self.k}"


def _shape(normalized_shape: int | Sequence[int]) -> tuple[int, ...]:
    """One dimension given as its size alone, or several."""
    return (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
