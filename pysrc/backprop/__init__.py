"""PyTorch's core on NumPy: tensors, reverse-mode automatic differentiation, layers and optimizers.

The names, the argument order, the defaults, the printed forms and the numbers are PyTorch's. To read
the code, begin with `tensor.py` and go on as the package's README says.

>>> import backprop as torch
>>> x = torch.tensor([1.0, 2.0], requires_grad=True)
>>> (x ** 2).sum().backward()
>>> x.grad
tensor([2., 4.])
"""

import importlib
import math
import warnings
from typing import Any

from . import autograd, backends, cuda, dtypes, nn, optim
from .alias import alias_as_torch
from .autograd import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    no_grad,
    set_grad_enabled,
)
from .device import device
from .dtypes import (
    dtype,
    finfo,
    float16,
    float32,
    float64,
    get_default_dtype,
    half,
    iinfo,
    int8,
    int16,
    int32,
    int64,
    promote_types,
    set_default_dtype,
    uint8,
)
from .missing import missing_attribute
from .nn.check import check
from .nn.parameter import Parameter
from .ops import *
from .printing import set_printoptions
from .random import *
from .size import Size
from .teaching import TeachingWarning
from .tensor import Tensor
from .version import __version__

accelerator, mps, xpu = backends.accelerator, backends.mps, backends.xpu
e, inf, nan, pi = math.e, math.inf, math.nan, math.pi
newaxis = None

float = dtypes.float32
double = dtypes.float64
long = dtypes.int64
int = dtypes.int32
short = dtypes.int16
bool = dtypes.bool_

# A diverging model's infinities are values, as in PyTorch; NumPy would warn of each, from our modules.
warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"backprop\.")

# What many programs don't need is loaded when it is first asked for.
_LAZY = ("serialization", "utils", "viz")
_FROM_SERIALIZATION = ("load", "save")


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return importlib.import_module(f"{__name__}.{name}")
    if name in _FROM_SERIALIZATION:
        return getattr(importlib.import_module(f"{__name__}.serialization"), name)
    raise missing_attribute("torch", name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_LAZY, *_FROM_SERIALIZATION])
