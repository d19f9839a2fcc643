"""Multiply and add with one rounding: the FMA instruction of processors, which NumPy has no name for.

PyTorch's compiled loops use it wherever a product is added to something. A result that is rounded twice
instead differs in its last bit about every fourth time.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .dtypes import Array

#: Splits a float64 into two halves of 26 bits, whose products are exact.
_SPLITTER = 2.0**27 + 1


def fused_multiply_add(x: Any, factor: Any, addend: Any, kind: np.dtype[Any]) -> Array:
    """``x * factor + addend``, broadcast, rounded once to `kind` if that is float32 or float64.

    Numbers that are no arrays are rounded to `kind` before, as PyTorch does it.
    """
    x, factor, addend = (np.asarray(each, kind) for each in (x, factor, addend))
    if kind == np.float32:
        # The product of two numbers of 24 bits is exact in float64.
        product = np.multiply(x, factor, dtype=np.float64)
        return (product + addend).astype(np.float32)
    if kind == np.float64:
        return _fused64(x, factor, addend)
    return x * factor + addend


def _fused64(x: Array, factor: Array, addend: Array) -> Array:
    """Product and sum of float64 with their rounding errors, which are added last (Dekker, 1971)."""
    product = x * factor
    x_high, x_low = _halves(x)
    factor_high, factor_low = _halves(factor)
    lost = x_high * factor_high - product
    lost += x_high * factor_low
    lost += x_low * factor_high
    lost += x_low * factor_low
    total = product + addend
    part = total - product
    return total + (lost + ((product - (total - part)) + (addend - part)))


def _halves(x: Array) -> tuple[Array, Array]:
    scaled = x * _SPLITTER
    high = scaled - (scaled - x)
    return high, x - high
