"""Reverse-mode automatic differentiation: the tape, and the walk back along it.

Read in this order: `node` (what is remembered of each operation), `engine` (how blame travels back),
`broadcasting` (the one rule for shapes), `grad_mode` (when nothing is remembered), `gradcheck`
(how one knows that a gradient is right).
"""

from typing import TYPE_CHECKING

from ..lazy import lazily, listing
from .engine import backward, grad
from .function import Function
from .grad_mode import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    no_grad,
    set_grad_enabled,
)
from .variable import Variable

if TYPE_CHECKING:
    from .anomaly import detect_anomaly, set_detect_anomaly
    from .gradcheck import GradcheckError, gradcheck

__all__ = [
    "Function",
    "GradcheckError",
    "Variable",
    "backward",
    "detect_anomaly",
    "enable_grad",
    "grad",
    "gradcheck",
    "inference_mode",
    "is_grad_enabled",
    "no_grad",
    "set_detect_anomaly",
    "set_grad_enabled",
]

__getattr__ = lazily(
    __name__,
    "autograd",
    {
        "GradcheckError": "gradcheck",
        "detect_anomaly": "anomaly",
        "gradcheck": "gradcheck",
        "set_detect_anomaly": "anomaly",
    },
)
__dir__ = listing(__name__, __all__)
