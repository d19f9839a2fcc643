"""Batch normalization as layers."""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..ops.creation import ones, tensor, zeros
from ..tensor import Tensor
from . import functional, init
from .module import Module
from .parameter import Parameter

__all__ = ["BatchNorm1d", "BatchNorm2d", "BatchNorm3d"]


class NormalizationBase(Module):
    """What batch and instance normalization share: parameters, running numbers, how they are shown."""

    #: How many dimensions the input may have, and that in words.
    dimensions: tuple[tuple[int, ...], str]

    running_mean: Tensor | None
    running_var: Tensor | None
    num_batches_tracked: Tensor | None

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-05,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        weight = Parameter(ones(num_features, dtype=dtype, device=device)) if affine else None
        self.register_parameter("weight", weight)
        shift = Parameter(zeros(num_features, dtype=dtype)) if affine and bias else None
        self.register_parameter("bias", shift)
        tracks = track_running_stats
        self.register_buffer("running_mean", zeros(num_features, dtype=dtype) if tracks else None)
        self.register_buffer("running_var", ones(num_features, dtype=dtype) if tracks else None)
        self.register_buffer("num_batches_tracked", tensor(0) if tracks else None)

    def reset_running_stats(self) -> None:
        """Forget the batches seen so far."""
        if self.running_mean is not None and self.running_var is not None:
            self.running_mean.zero_()
            self.running_var.fill_(1)
        if self.num_batches_tracked is not None:
            self.num_batches_tracked.zero_()

    def reset_parameters(self) -> None:
        """Start weight, bias and running numbers afresh."""
        self.reset_running_stats()
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def refuse_other_dimensions(self, input: Tensor) -> None:
        """Raise ValueError if the input has not as many dimensions as the layer takes."""
        allowed, words = self.dimensions
        if input.array.ndim not in allowed:
            raise ValueError(
                f"expected {words} input (got {input.array.ndim}D input)\n"
                "The first dimension is the batch, the second the features."
            )

    def extra_repr(self) -> str:
        """The options."""
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, affine={self.affine}, "
            f"bias={self.bias is not None}, track_running_stats={self.track_running_stats}"
        )


class _BatchNorm(NormalizationBase):
    """What the layers for series, images and volumes share."""

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        self.refuse_other_dimensions(input)
        momentum = 0.0 if self.momentum is None else self.momentum
        tracks = self.running_mean is not None
        if self.training and self.num_batches_tracked is not None:
            self.num_batches_tracked.add_(1)
            if self.momentum is None:  # the plain mean of all batches
                momentum = 1 / self.num_batches_tracked.item()
        return functional.batch_norm(
            input,
            self.running_mean,
            self.running_var,
            self.weight,
            self.bias,
            self.training or not tracks,
            momentum,
            self.eps,
        )


class BatchNorm1d(_BatchNorm):
    """Each feature with mean 0 and deviation 1 over the batch, scaled and shifted by what is learned.

    While training, mean and variance are those of the batch, and running ones move towards them by
    `momentum`; after `Module.eval` the running ones are used. See `functional.batch_norm`.

    >>> import backprop as torch
    >>> torch.nn.BatchNorm1d(1)(torch.tensor([[1.0], [3.0]]))
    tensor([[-1.0000],
            [ 1.0000]], grad_fn=<NativeBatchNormBackward0>)

    Args:
        num_features: C.
        eps: keeps the root of the variance away from 0.
        momentum: how far the running numbers move; None for the plain mean of all batches.
        affine: whether a scale and a shift are learned.
        track_running_stats: whether there are running numbers; without them the batch's are always used.
        device: the CPU.
        dtype: of the parameters.
        bias: whether there is a shift.

    Shapes: (N, C) or (N, C, L), unchanged.

    Source: Ioffe and Szegedy, Batch Normalization (2015).

    Raises:
        ValueError: the input has other dimensions, or while training one example only.
    """

    dimensions = ((2, 3), "2D or 3D")


class BatchNorm2d(_BatchNorm):
    """As `BatchNorm1d`, for images: each channel over the batch and all places.

    Shapes: (N, C, H, W), unchanged.
    """

    dimensions = ((4,), "4D")


class BatchNorm3d(_BatchNorm):
    """As `BatchNorm1d`, for volumes.

    Shapes: (N, C, D, H, W), unchanged.
    """

    dimensions = ((5,), "5D")
