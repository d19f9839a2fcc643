"""Layers, losses, and the modules that hold them.

Read in this order: `parameter`, `module`, `linear`, `activation`, `container`, `loss`, `functional`.
To add a layer, write a class with `forward` in the file of its kind and name it here.
"""

from typing import Any

from ..missing import missing_attribute
from . import functional, init
from .activation import ReLU, Sigmoid, Softmax, Tanh
from .container import Sequential
from .linear import Flatten, Identity, Linear
from .loss import MSELoss
from .module import Module
from .parameter import Parameter

__all__ = [
    "Flatten",
    "Identity",
    "Linear",
    "MSELoss",
    "Module",
    "Parameter",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Softmax",
    "Tanh",
    "functional",
    "init",
]


def __getattr__(name: str) -> Any:
    raise missing_attribute("nn", name)
