"""``torch.functional``: what PyTorch has written in Python, under its other name."""

from __future__ import annotations

import importlib
from typing import Any

from .lazy import listing
from .missing import missing_attribute

_NAMES = """
    atleast_1d atleast_2d atleast_3d block_diag broadcast_tensors cartesian_prod cdist chain_matmul einsum
    meshgrid norm split tensordot unique
"""
__all__ = _NAMES.split()
__dir__ = listing(__name__, __all__)


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(importlib.import_module(__package__ or ""), name)
    raise missing_attribute("torch.functional", name)
