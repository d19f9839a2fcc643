"""Optimizers: how gradients become changes.

Read in this order: `sgd`, `rmsprop`, `adam`, `adagrad`, `lr_scheduler`. To add an optimizer, write a
class with `update` in a file of its own.
"""

from typing import TYPE_CHECKING

from ..lazy import lazily
from .optimizer import Optimizer
from .sgd import SGD

if TYPE_CHECKING:
    from . import lr_scheduler
    from .adagrad import Adagrad
    from .adam import Adam, AdamW
    from .rmsprop import RMSprop

__all__ = ["SGD", "Adagrad", "Adam", "AdamW", "Optimizer", "RMSprop", "lr_scheduler"]

__getattr__ = lazily(
    __name__,
    "optim",
    {
        "Adagrad": "adagrad",
        "Adam": "adam",
        "AdamW": "adam",
        "RMSprop": "rmsprop",
        "lr_scheduler": None,
    },
)
