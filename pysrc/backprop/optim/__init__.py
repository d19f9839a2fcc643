"""Optimizers: how gradients become changes.

Read in this order: `sgd`, `rmsprop`, `adam`, `adagrad`, `lr_scheduler`; the others are of their kind, except
`lbfgs`. To add an optimizer, write a class with `update` in a file of its own.
"""

from typing import TYPE_CHECKING

from ..lazy import lazily, listing
from .optimizer import Optimizer
from .sgd import SGD

if TYPE_CHECKING:
    from . import lr_scheduler
    from .adadelta import Adadelta
    from .adafactor import Adafactor
    from .adagrad import Adagrad
    from .adam import Adam, AdamW
    from .adamax import Adamax
    from .asgd import ASGD
    from .lbfgs import LBFGS
    from .muon import Muon
    from .nadam import NAdam
    from .radam import RAdam
    from .rmsprop import RMSprop
    from .rprop import Rprop
    from .sparse_adam import SparseAdam

__all__ = [
    "ASGD",
    "LBFGS",
    "SGD",
    "Adadelta",
    "Adafactor",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Muon",
    "NAdam",
    "Optimizer",
    "RAdam",
    "RMSprop",
    "Rprop",
    "SparseAdam",
    "lr_scheduler",
]

__getattr__ = lazily(
    __name__,
    "optim",
    {
        "ASGD": "asgd",
        "Adadelta": "adadelta",
        "Adafactor": "adafactor",
        "Adagrad": "adagrad",
        "Adam": "adam",
        "AdamW": "adam",
        "Adamax": "adamax",
        "LBFGS": "lbfgs",
        "Muon": "muon",
        "NAdam": "nadam",
        "RAdam": "radam",
        "RMSprop": "rmsprop",
        "Rprop": "rprop",
        "SparseAdam": "sparse_adam",
        "lr_scheduler": None,
    },
)
__dir__ = listing(__name__, __all__)
