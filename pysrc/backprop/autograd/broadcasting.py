"""The one rule for shapes that every elementwise operation shares."""

from __future__ import annotations

import numpy as np

from ..dtypes import Array


def unbroadcast(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Sum `gradient` over the axes along which an operand of `shape` was repeated.

    Broadcasting uses one number in several places; its blame is the sum over all of them.

    >>> import numpy as np
    >>> unbroadcast(np.ones((4, 3)), (3,))
    array([4., 4., 4.])
    >>> unbroadcast(np.ones((4, 3)), (4, 1)).shape
    (4, 1)
    """
    if gradient.shape == shape:
        return gradient
    added = gradient.ndim - len(shape)
    if added:
        gradient = np.add.reduce(gradient, axis=tuple(range(added)))
    stretched = tuple(
        axis for axis, size in enumerate(shape) if size == 1 and gradient.shape[axis] != 1
    )
    if stretched:
        gradient = np.add.reduce(gradient, axis=stretched, keepdims=True)
    return gradient
