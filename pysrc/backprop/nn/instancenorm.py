"""Instance normalization as layers."""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..tensor import Tensor
from ..warning import warn
from . import functional
from .batchnorm import NormalizationBase

__all__ = ["InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d"]


class _InstanceNorm(NormalizationBase):
    """What the layers for series, images and volumes share."""

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-05,
        momentum: float | None = 0.1,
        affine: bool = False,
        track_running_stats: bool = False,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__(
            num_features, eps, momentum, affine, track_running_stats, device, dtype, bias=bias
        )

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        self.refuse_other_dimensions(input)
        alone = input.array.ndim == self.dimensions[0][0]
        axis = 0 if alone else 1
        features = input.array.shape[axis]
        if features != self.num_features:
            if self.affine:
                raise ValueError(
                    f"expected input's size at dim={axis} to match num_features ({self.num_features}), but "
                    f"got: {features}.\nThere is one scale and one shift for each of them."
                )
            warn(
                f"input's size at dim={axis} does not match num_features. You can silence this warning by "
                "not passing in num_features, which is not used because affine=False"
            )
        y = functional.instance_norm(
            input.unsqueeze(0) if alone else input,
            self.running_mean,
            self.running_var,
            self.weight,
            self.bias,
            self.training or not self.track_running_stats,
            0.0 if self.momentum is None else self.momentum,
            self.eps,
        )
        return y.squeeze(0) if alone else y


class InstanceNorm1d(_InstanceNorm):
    """As `InstanceNorm2d`, for series.

    Shapes: (N, C, L) or (C, L), unchanged.
    """

    dimensions = ((2, 3), "2D or 3D")


class InstanceNorm2d(_InstanceNorm):
    """Each channel of each image with mean 0 and deviation 1: see `functional.instance_norm`.

    >>> import backprop as torch
    >>> torch.nn.InstanceNorm2d(1)(torch.tensor([[[[0.0, 2.0]]], [[[5.0, 25.0]]]]))
    tensor([[[[-1.0000,  1.0000]]],
    <BLANKLINE>
    <BLANKLINE>
            [[[-1.0000,  1.0000]]]])

    Args:
        num_features: C.
        eps: keeps the root of the variance away from 0.
        momentum: how far the running numbers move.
        affine: whether a scale and a shift are learned.
        track_running_stats: whether there are running numbers, which are used after `Module.eval`.
        device: the CPU.
        dtype: of the parameters.
        bias: whether there is a shift.

    Shapes: (N, C, H, W) or (C, H, W), unchanged.

    Source: Ulyanov et al., Instance Normalization (2016).

    Raises:
        ValueError: the input has other dimensions, or other channels than are learned for.
    """

    dimensions = ((3, 4), "3D or 4D")


class InstanceNorm3d(_InstanceNorm):
    """As `InstanceNorm2d`, for volumes.

    Shapes: (N, C, D, H, W) or (C, D, H, W), unchanged.
    """

    dimensions = ((4, 5), "4D or 5D")
