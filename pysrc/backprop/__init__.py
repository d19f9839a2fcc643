"""PyTorch's core on NumPy: tensors, reverse-mode automatic differentiation, layers and optimizers.

The names, the argument order, the defaults, the printed forms and the numbers are PyTorch's. To read
the code, begin with `tensor.py` and go on as the package's README says.

>>> import backprop as torch
>>> x = torch.tensor([1.0, 2.0], requires_grad=True)
>>> (x ** 2).sum().backward()
>>> x.grad
tensor([2., 4.])
"""

import math
import warnings
from types import ModuleType

from . import autograd, dtypes, nn, optim
from .alias import alias_as_torch
from .autograd import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    no_grad,
    set_grad_enabled,
)
from .device import device, get_default_device, set_default_device
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
from .layout import layout, strided
from .lazy import lazily, listing
from .nn.parameter import Parameter
from .ops import *
from .ops.deferred import FUNCTIONS
from .ops.out import offered
from .printing import set_printoptions
from .random import *
from .size import Size
from .teaching import TeachingWarning
from .tensor import Tensor
from .torch_version import TorchVersion
from .version import __version__ as _number

e, inf, nan, pi = math.e, math.inf, math.nan, math.pi
newaxis = None

__version__ = TorchVersion(_number)

float = dtypes.float32
double = dtypes.float64
long = dtypes.int64
int = dtypes.int32
short = dtypes.int16
bool = dtypes.bool_

# Whoever calls an operation by its name here may also use NumPy's words, and `out=`.
globals().update({_name: offered(_value) for _name, _value in globals().items()})

# A diverging model's infinities are values, as in PyTorch; NumPy would warn of each, from our modules.
warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"backprop\.")

# What many programs don't need is loaded when it is first asked for.
_LAZY = {
    **dict.fromkeys(("accelerator", "backends", "cpu", "cuda", "mps", "xpu")),
    **{name: f"ops.{file}" for name, file in FUNCTIONS.items()},
    "GradScaler": "amp",
    "amp": None,
    "autocast": "amp",
    "check": "nn.check",
    "compile": "compilation",
    "distributed": None,
    "func": None,
    "functional": None,
    "is_autocast_enabled": "amp.autocast_mode",
    "jit": None,
    "distributions": None,
    "linalg": None,
    "load": "serialization",
    "save": "serialization",
    "serialization": None,
    "utils": None,
    "viz": None,
}
# Functions of layers that stand in `torch` too.
_OF_LAYERS = """
    adaptive_avg_pool1d avg_pool1d bilinear celu channel_shuffle
    conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d
    cosine_similarity group_norm hardshrink layer_norm max_pool1d max_pool2d max_pool3d
    native_channel_shuffle pairwise_distance pdist pixel_shuffle pixel_unshuffle prelu
    rms_norm rrelu selu threshold
"""
_OLD_TYPES = """
    BoolTensor ByteTensor CharTensor DoubleTensor FloatTensor HalfTensor IntTensor LongTensor ShortTensor
    set_default_tensor_type typename
"""
_SETTINGS = """
    are_deterministic_algorithms_enabled get_deterministic_debug_mode get_float32_matmul_precision
    get_num_interop_threads get_num_threads is_deterministic_algorithms_warn_only_enabled
    set_deterministic_debug_mode set_float32_matmul_precision set_flush_denormal set_num_interop_threads
    set_num_threads use_deterministic_algorithms
"""
_LAZY |= dict.fromkeys(_OF_LAYERS.split(), "nn.functional")
_LAZY |= dict.fromkeys(_OLD_TYPES.split(), "tensortype")
_LAZY |= dict.fromkeys(_SETTINGS.split(), "settings")
__getattr__ = lazily(__name__, "torch", _LAZY, offered)

# `from torch import *` gives no modules, as in PyTorch, but also what is not loaded yet.
__all__ = sorted(
    {name for name, value in globals().items() if not isinstance(value, ModuleType)}.union(
        name for name, file in _LAZY.items() if file is not None
    ).difference(("FUNCTIONS", "ModuleType", "lazily", "listing", "offered"))
)
__all__ = [name for name in __all__ if not name.startswith("_")]
_MODULES = ("autograd", "nn", "optim", "random", "return_types", "torch_version", "version")
__dir__ = listing(__name__, [*__all__, *_MODULES, *_LAZY])
