"""Layers, losses, and the modules that hold them.

Read in this order: `parameter`, `module`, `linear`, `activation`, `container`, `loss`, `functional`.
To add a layer, write a class with `forward` in the file of its kind and name it here.
"""

from typing import TYPE_CHECKING

from ..lazy import lazily
from . import functional, init
from .activation import (
    ELU,
    GELU,
    LeakyReLU,
    LogSoftmax,
    ReLU,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
)
from .container import ModuleDict, ModuleList, ParameterList, Sequential
from .flatten import Flatten, Unflatten
from .linear import Identity, Linear
from .loss import (
    BCELoss,
    BCEWithLogitsLoss,
    CrossEntropyLoss,
    HuberLoss,
    KLDivLoss,
    L1Loss,
    MSELoss,
    NLLLoss,
    SmoothL1Loss,
)
from .module import Module
from .parameter import Parameter

if TYPE_CHECKING:
    from . import parallel, utils
    from .batchnorm import BatchNorm1d, BatchNorm2d
    from .conv import Conv2d
    from .dropout import Dropout
    from .embedding import Embedding
    from .normalization import LayerNorm
    from .parallel import DataParallel
    from .pooling import AvgPool2d, MaxPool2d

__all__ = [
    "ELU",
    "GELU",
    "AvgPool2d",
    "BCELoss",
    "BCEWithLogitsLoss",
    "BatchNorm1d",
    "BatchNorm2d",
    "Conv2d",
    "CrossEntropyLoss",
    "DataParallel",
    "Dropout",
    "Embedding",
    "Flatten",
    "HuberLoss",
    "Identity",
    "KLDivLoss",
    "L1Loss",
    "LayerNorm",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "MSELoss",
    "MaxPool2d",
    "Module",
    "ModuleDict",
    "ModuleList",
    "NLLLoss",
    "Parameter",
    "ParameterList",
    "ReLU",
    "Sequential",
    "SiLU",
    "Sigmoid",
    "SmoothL1Loss",
    "Softmax",
    "Softplus",
    "Tanh",
    "Unflatten",
    "functional",
    "init",
    "parallel",
    "utils",
]

__getattr__ = lazily(
    __name__,
    "nn",
    {
        "BatchNorm1d": "batchnorm",
        "BatchNorm2d": "batchnorm",
        "Conv2d": "conv",
        "DataParallel": "parallel",
        "Dropout": "dropout",
        "Embedding": "embedding",
        "LayerNorm": "normalization",
        "AvgPool2d": "pooling",
        "MaxPool2d": "pooling",
        "parallel": None,
        "utils": None,
    },
)
