"""Numbers as a reader should see them."""

from __future__ import annotations

import math


def short(value: float) -> str:
    """A number in at most five characters, for inside a neuron.

    >>> short(0.7393), short(-1.0621), short(128.4), short(-12345.0), short(float("nan"))
    ('0.74', '−1.06', '128', '−1e4', 'NaN')
    """
    return _text(value, _digits(value))


def exact(value: float) -> str:
    """A number with four decimals, or in scientific form where these would hide it."""
    size = abs(value)
    plain = size == 0 or 1e-4 <= size < 1e5
    return _text(value, f"{size:.4f}" if plain else f"{size:.4e}")


def _digits(value: float) -> str:
    size = abs(value)
    if not math.isfinite(value):
        return ""
    if size >= 999.5:
        return f"{size:.0e}".replace("e+0", "e").replace("e+", "e")
    if 0 < size < 0.005:
        return f"{size:.0e}".replace("e-0", "e−") if size >= 1e-9 else "0.00"
    return f"{size:.2f}" if size < 9.995 else f"{size:.1f}" if size < 99.95 else f"{size:.0f}"


def _text(value: float, digits: str) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"−{digits}" if value < 0 else digits
