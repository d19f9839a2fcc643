"""Optimizers: how gradients become changes.

Read `sgd` first. To add an optimizer, write a class with `update` in a file of its own.
"""

from typing import Any

from ..missing import missing_attribute
from .optimizer import Optimizer
from .sgd import SGD

__all__ = ["SGD", "Optimizer"]


def __getattr__(name: str) -> Any:
    raise missing_attribute("optim", name)
