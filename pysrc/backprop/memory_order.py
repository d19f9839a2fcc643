"""The order in which the elements of an array lie in memory: PyTorch draws random numbers in it."""

from __future__ import annotations

import numpy as np

from .dtypes import Array


def in_memory_order(drawn: Array, like: Array) -> Array:
    """Numbers, (n,), in the shape of `like`: the first where its first element in memory is, and so on.

    >>> import numpy as np
    >>> in_memory_order(np.arange(6), np.zeros((3, 2)).T)
    array([[0, 2, 4],
           [1, 3, 5]])
    """
    if like.flags.c_contiguous:
        return drawn.reshape(like.shape)
    axes = sorted(range(like.ndim), key=lambda axis: -like.strides[axis])
    return drawn.reshape([like.shape[axis] for axis in axes]).transpose(np.argsort(axes))
