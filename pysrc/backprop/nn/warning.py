"""Warnings that name the line of the program which they are about, not one of ours."""

from __future__ import annotations

import sys
import warnings
from types import FrameType


def warn(message: str) -> None:
    """Warn of the line outside of this package that led here."""
    frame: FrameType | None = sys._getframe()
    level = 1
    while frame is not None and frame.f_globals.get("__name__", "").startswith("backprop."):
        frame = frame.f_back
        level += 1
    warnings.warn(message, stacklevel=level)
