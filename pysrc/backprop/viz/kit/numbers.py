"""Numbers as a reader should see them."""

from __future__ import annotations

import math

import numpy as np

from ...dtypes import Array


def short(value: float) -> str:
    """A number in at most five characters, for inside a neuron.

    >>> short(0.7393), short(-1.0621), short(128.4), short(-12345.0), short(float("nan"))
    ('0.74', '−1.06', '128', '−1e4', 'NaN')
    """
    digits = _digits(value)
    return digits if digits == "0.00" else _text(value, digits)


def plain(value: float) -> str:
    """A number with four significant digits, for sentences.

    >>> plain(0.42), plain(-5.09199), plain(2e-05)
    ('0.42', '−5.092', '2e−5')
    """
    return _text(value, _exponent(f"{abs(value):.4g}"))


def exact(value: float) -> str:
    """A number with four decimals, or in scientific form where these would hide it."""
    size = abs(value)
    plain = size == 0 or 1e-4 <= size < 1e5
    return _text(value, f"{size:.4f}" if plain else f"{size:.4e}")


def summary(array: Array) -> str:
    """An array in at most 15 characters: a number, two of them, or from where to where they reach.

    >>> import numpy as np
    >>> summary(np.array(2.5)), summary(np.array([1.0, -2.0])), summary(np.arange(6.0))
    ('2.50', '[1.00, −2.00]', '0.00 … 5.00')
    """
    if array.size == 0:
        return "empty"
    if array.size == 1:
        return short(float(array.item()))
    if not np.isfinite(array).all():
        return "NaN among them" if np.isnan(array).any() else "∞ among them"
    if array.size == 2:
        return f"[{', '.join(short(float(each)) for each in array.ravel())}]"
    least, most = float(array.min()), float(array.max())
    return f"all {short(least)}" if least == most else f"{short(least)} … {short(most)}"


def listing(array: Array) -> str:
    """An array in one line, with four decimals: all of it, or its first eight numbers and a count."""
    if array.size == 1:
        return exact(float(array.item()))
    shown = ", ".join(exact(float(each)) for each in array.ravel()[:8])
    rest = array.size - 8
    return f"[{shown}, and {rest:,} more]" if rest > 0 else f"[{shown}]"


def shape_text(shape: tuple[int, ...]) -> str:
    """A shape as one says it; a single number has none.

    >>> shape_text((4, 3)), shape_text((5,)), shape_text(())
    ('4 × 3', '5', '')
    """
    return " × ".join(f"{size:,}" for size in shape)


def _digits(value: float) -> str:
    size = abs(value)
    if not math.isfinite(value):
        return ""
    if size >= 999.5:
        return _exponent(f"{size:.0e}")
    if 0 < size < 0.005:
        return _exponent(f"{size:.0e}") if size >= 1e-9 else "0.00"
    return f"{size:.2f}" if size < 9.995 else f"{size:.1f}" if size < 99.95 else f"{size:.0f}"


def _exponent(digits: str) -> str:
    """Without a plus and without leading zeros, as in 2e−5."""
    return digits.replace("e+", "e").replace("e-", "e−").replace("e0", "e").replace("e−0", "e−")


def _text(value: float, digits: str) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"−{digits}" if value < 0 else digits
