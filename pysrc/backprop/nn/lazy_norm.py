"""Batch and instance normalization that find out how many channels their input has."""

from __future__ import annotations

from typing import Any

from ..dtypes import dtype as dtype_type
from ..ops.creation import tensor
from ..tensor import Tensor
from .batchnorm import BatchNorm1d, BatchNorm2d, BatchNorm3d, NormalizationBase
from .instancenorm import InstanceNorm1d, InstanceNorm2d, InstanceNorm3d
from .lazy import LazyModuleMixin
from .uninitialized import UninitializedBuffer, UninitializedParameter, is_lazy

__all__ = [
    "LazyBatchNorm1d",
    "LazyBatchNorm2d",
    "LazyBatchNorm3d",
    "LazyInstanceNorm1d",
    "LazyInstanceNorm2d",
    "LazyInstanceNorm3d",
]


class _LazyFeatures(LazyModuleMixin, NormalizationBase):
    """What all share: parameters and running numbers get their shape from the first input."""

    def __init__(
        self,
        eps: float = 1e-05,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Any = None,
        dtype: dtype_type | None = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__(0, eps, momentum, False, False, device, dtype)
        self.affine = affine
        self.track_running_stats = track_running_stats
        if affine:
            self.weight = UninitializedParameter(device=device, dtype=dtype)
            if bias:
                self.bias = UninitializedParameter(device=device, dtype=dtype)
        if track_running_stats:
            self.running_mean = UninitializedBuffer(device=device, dtype=dtype)
            self.running_var = UninitializedBuffer(device=device, dtype=dtype)
            self.num_batches_tracked = tensor(0)

    def reset_parameters(self) -> None:
        """Start weight, bias and running numbers afresh, once they have a shape."""
        if not self.has_uninitialized_params() and self.num_features != 0:
            super().reset_parameters()

    def initialize_parameters(self, input: Tensor) -> None:
        """Take the number of features from the second dimension of `input`."""
        if not self.has_uninitialized_params():
            return
        self.num_features = input.array.shape[1]
        for each in (self.weight, self.bias, self.running_mean, self.running_var):
            if is_lazy(each):
                each.materialize((self.num_features,))
        self.reset_parameters()


class LazyBatchNorm1d(_LazyFeatures, BatchNorm1d):
    """A `BatchNorm1d` that takes `num_features` from its first input, and becomes one then."""

    cls_to_become = BatchNorm1d


class LazyBatchNorm2d(_LazyFeatures, BatchNorm2d):
    """A `BatchNorm2d` that takes `num_features` from its first input, and becomes one then.

    >>> import backprop as torch
    >>> layer = torch.nn.LazyBatchNorm2d()
    >>> layer(torch.zeros(2, 3, 4, 4)).shape, layer.num_features
    (torch.Size([2, 3, 4, 4]), 3)
    """

    cls_to_become = BatchNorm2d


class LazyBatchNorm3d(_LazyFeatures, BatchNorm3d):
    """A `BatchNorm3d` that takes `num_features` from its first input, and becomes one then."""

    cls_to_become = BatchNorm3d


class LazyInstanceNorm1d(_LazyFeatures, InstanceNorm1d):
    """An `InstanceNorm1d` that takes `num_features` from its first input, and becomes one then."""

    cls_to_become = InstanceNorm1d


class LazyInstanceNorm2d(_LazyFeatures, InstanceNorm2d):
    """An `InstanceNorm2d` that takes `num_features` from its first input, and becomes one then."""

    cls_to_become = InstanceNorm2d


class LazyInstanceNorm3d(_LazyFeatures, InstanceNorm3d):
    """An `InstanceNorm3d` that takes `num_features` from its first input, and becomes one then."""

    cls_to_become = InstanceNorm3d
