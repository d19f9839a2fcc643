"""Optimizers: how gradients become changes.

Read in this order: `sgd`, `rmsprop`, `adam`, `adagrad`, `lr_scheduler`. To add an optimizer, write a
class with `update` in a file of its own.
"""

from typing import Any

from ..missing import missing_attribute
from . import lr_scheduler
from .adagrad import Adagrad
from .adam import Adam, AdamW
from .optimizer import Optimizer
from .rmsprop import RMSprop
from .sgd import SGD

__all__ = ["SGD", "Adagrad", "Adam", "AdamW", "Optimizer", "RMSprop", "lr_scheduler"]


def __getattr__(name: str) -> Any:
    raise missing_attribute("optim", name)
