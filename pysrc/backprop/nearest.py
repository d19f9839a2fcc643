"""Curves rounded to the nearest number of their type: what PyTorch's are, nearly always.

NumPy's own in float32 are rounded otherwise once in two to ten times, and by other kernels on other
processors and in WebAssembly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .dtypes import Array

#: Up to so many numbers, float64 adds no more than a hundredth to a step of training. Of more, what is
#: computed in every step, activations and losses, stays float32.
FEW = 128


def nearest(function: Callable[..., Any], *inputs: Array) -> Array:
    """`function` of arrays of one type, element by element; of float32 through float64."""
    if inputs[0].dtype != np.float32:
        return function(*inputs)
    return function(*[each.astype(np.float64) for each in inputs]).astype(np.float32)


def nearest_of_few(function: Callable[..., Any], x: Array) -> Array:
    """`nearest` of few numbers; of more than that the function as NumPy has it."""
    return function(x.astype(np.float64)).astype(np.float32) if few(x) else function(x)


def few(x: Array) -> bool:
    """Whether these are float32 numbers, and few of them."""
    return x.size <= FEW and x.dtype == np.float32
