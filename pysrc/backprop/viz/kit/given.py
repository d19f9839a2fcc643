"""Numbers as a learner has them at hand: tensors, arrays of NumPy, and lists."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...dtypes import Array
from ...tensor import Tensor


def numbers_of(value: Any, what: str) -> Array:
    """The numbers in `value`, in double precision.

    Args:
        value: a tensor, also one that needs gradients; an array; a number; or lists of them, nested evenly.
        what: what they are, for the message of an error.

    Raises:
        TypeError: they are no real numbers.
        ValueError: the lists in a list are not equally long.
    """
    if isinstance(value, list | tuple):
        value = [each.array if isinstance(each, Tensor) else each for each in value]
    try:
        array = np.asarray(value.array if isinstance(value, Tensor) else value)
    except ValueError as error:
        raise ValueError(
            f"{what} is a list of lists that are not equally long\nEach has to have as many numbers."
        ) from error
    if array.size == 0:
        array = array.astype(np.float64)
    if array.dtype.kind not in "biuf":
        kind = "complex numbers" if array.dtype.kind == "c" else type(value).__name__
        raise TypeError(
            f"{what} must be real numbers, not {kind}\nPass a tensor, a NumPy array, or a list of numbers."
        )
    return array.astype(np.float64)
