"""The logarithm, sine and cosine with which PyTorch draws normal numbers: to the bit, on any processor.

They are the float32 functions of the Cephes library (Moshier, 1984 to 1992; `logf.c` and `sinf.c`) in the
form for vector instructions that Pommier published (`sse_mathfun`, 2007). NumPy's own differ from them in
the last bit, and from processor to processor.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .dtypes import Array
from .fused import fused_multiply_add

_FLOAT32 = np.dtype(np.float32)

_LOG = (
    7.0376836292e-2,
    -1.1514610310e-1,
    1.1676998740e-1,
    -1.2420140846e-1,
    1.4249322787e-1,
    -1.6668057665e-1,
    2.0000714765e-1,
    -2.4999993993e-1,
    3.3333331174e-1,
)
_SINE = (-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1)
_COSINE = (2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2)
#: ln 2 and pi/4 in parts, of which the first have so few bits that their products are exact.
_LN_2 = (0.693359375, -2.12194440e-4)
_EIGHTH_OF_A_TURN = (0.78515625, 2.4187564849853515625e-4, 3.77489497744594108e-8)


def log(x: Array) -> Array:
    """The natural logarithm of float32 numbers above 0."""
    mantissa, exponent = np.frexp(x)
    small = mantissa < np.float32(0.707106781186547524)
    e = (exponent - small).astype(np.float32)
    # In [sqrt(1/2), sqrt(2)), less 1.
    m = np.where(small, mantissa + mantissa, mantissa) - np.float32(1)
    square = m * m
    y = _polynomial(m, _LOG) * m
    y = _fused(y, square, e * np.float32(_LN_2[1]))
    y -= square * np.float32(0.5)
    return _fused(e, _LN_2[0], m + y)


def sine_and_cosine(x: Array) -> tuple[Array, Array]:
    """Both of float32 angles of 0 or more, in radians."""
    # Which eighth of a turn, made even: what is left of the angle is at most pi/4, on either side.
    eighth = (x * np.float32(1.27323954473516)).astype(np.int32)
    eighth = (eighth + 1) & ~1
    count = eighth.astype(np.float32)
    for part in _EIGHTH_OF_A_TURN:
        x = _fused(count, -np.float32(part), x)
    square = x * x
    cosine = _polynomial(square, _COSINE) * square
    cosine = _fused(cosine, square, square * np.float32(-0.5)) + np.float32(1)
    sine = _fused(_polynomial(square, _SINE) * square, x, x)
    swapped = (eighth & 2) != 0
    first, second = np.where(swapped, cosine, sine), np.where(swapped, sine, cosine)
    return np.where(eighth & 4, -first, first), np.where((eighth - 2) & 4, second, -second)


def _polynomial(x: Array, coefficients: tuple[float, ...]) -> Array:
    """By Horner's rule, the highest power first."""
    y: Any = np.float32(coefficients[0])
    for coefficient in coefficients[1:]:
        y = _fused(y, x, coefficient)
    return y


def _fused(x: Any, factor: Any, addend: Any) -> Array:
    return fused_multiply_add(x, factor, addend, _FLOAT32)
