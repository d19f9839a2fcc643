"""How large the elements are altogether."""

from __future__ import annotations

import math

import numpy as np

from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor
from .dimensions import Dim, axes, spread


def p_norm(input: Tensor, order: float, dim: Dim, keepdim: bool) -> Tensor:
    """The norm of an order, which may be 0, negative or infinite.

    The gradient at zero is taken as 0, as in PyTorch.
    """
    x = input.array
    reduced = axes(dim, x.ndim)
    size = np.abs(x)
    along = reduced if x.ndim else None
    if math.isinf(order):
        extreme = size.max if order > 0 else size.min
        result = extreme(axis=along, keepdims=keepdim)
    elif order == 0:
        result = (size != 0).sum(axis=along, keepdims=keepdim)
    elif order == 2:
        result = np.sqrt((x * x).sum(axis=along, keepdims=keepdim))
    else:
        with np.errstate(divide="ignore"):
            powers = size**order
            result = powers.sum(axis=along, keepdims=keepdim) ** x.dtype.type(1 / order)

    def rule(grad: Array) -> Gradients:
        if order == 0:
            return (None,)
        incoming, total = spread(grad, reduced, keepdim), spread(result, reduced, keepdim)
        with np.errstate(divide="ignore", invalid="ignore"):
            if math.isinf(order):
                winners = size == total
                slope = np.sign(x) * winners / winners.sum(axis=along, keepdims=True)
            else:
                steep = np.sign(x) * (size / total) ** (order - 1)
                slope = np.where((total == 0) | (size == 0), 0, steep)
        return (np.asarray(incoming * slope, dtype=x.dtype),)

    return tape(
        np.asarray(result, dtype=x.dtype),
        "LinalgVectorNormBackward0",
        (input,),
        rule,
        saved=(input,),
        saves_result=True,
    )
