"""Mixed precision: on the CPU, float32 is what computes fastest here, and nothing is mixed.

`autocast` says which of PyTorch's conversions are left out; `grad_scaler` keeps small gradients of half
precision from becoming zero. `cuda` has the older names of both, as ``torch.cuda.amp``.
"""

from .autocast_mode import autocast, custom_bwd, custom_fwd, is_autocast_available
from .grad_scaler import GradScaler

__all__ = ["GradScaler", "autocast", "custom_bwd", "custom_fwd", "is_autocast_available"]
