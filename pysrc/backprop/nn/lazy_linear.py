"""The linear layer that finds out how many inputs it has."""

from __future__ import annotations

from typing import Any

from ..dtypes import dtype as dtype_type
from ..tensor import Tensor
from .lazy import LazyModuleMixin
from .linear import Linear
from .uninitialized import UninitializedParameter, is_lazy

__all__ = ["LazyLinear"]


class LazyLinear(LazyModuleMixin, Linear):
    """A `Linear` that takes `in_features` from its first input, and becomes a `Linear` then.

    >>> import backprop as torch
    >>> layer = torch.nn.LazyLinear(3)
    >>> layer
    LazyLinear(in_features=0, out_features=3, bias=True)
    >>> layer(torch.zeros(4, 2)).shape, layer
    (torch.Size([4, 3]), Linear(in_features=2, out_features=3, bias=True))

    Shapes: (..., in_features) to (..., out_features).
    """

    cls_to_become = Linear

    def __init__(
        self,
        out_features: int,
        bias: bool = True,
        device: Any = None,
        dtype: dtype_type | None = None,
    ) -> None:
        super().__init__(0, 0, False)
        self.weight = UninitializedParameter(device=device, dtype=dtype)
        self.out_features = out_features
        if bias:
            self.bias = UninitializedParameter(device=device, dtype=dtype)

    def reset_parameters(self) -> None:
        """Draw weight and bias afresh, once they have a shape."""
        if not self.has_uninitialized_params() and self.in_features != 0:
            super().reset_parameters()

    def initialize_parameters(self, input: Tensor) -> None:
        """Take the number of inputs from the last dimension of `input`."""
        self.in_features = input.array.shape[-1]
        if not self.has_uninitialized_params():
            return  # they have been loaded
        for parameter, shape in (
            (self.weight, (self.out_features, self.in_features)),
            (self.bias, (self.out_features,)),
        ):
            if is_lazy(parameter):
                parameter.materialize(shape)
        self.reset_parameters()
