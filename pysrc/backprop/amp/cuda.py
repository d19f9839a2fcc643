"""The older names of mixed precision, as ``torch.cuda.amp`` has them."""

from __future__ import annotations

from typing import Any

from ..warning import warn
from . import autocast_mode, grad_scaler
from .autocast_mode import custom_bwd, custom_fwd

__all__ = ["GradScaler", "autocast", "custom_bwd", "custom_fwd"]


def _deprecated(name: str) -> None:
    warn(
        f"`torch.cuda.amp.{name}(args...)` is deprecated. "
        f"Please use `torch.amp.{name}('cuda', args...)` instead.",
        FutureWarning,
    )


class autocast(autocast_mode.autocast):  # noqa: N801 - PyTorch's name
    """`torch.amp.autocast` for ``"cuda"``."""

    def __init__(self, enabled: bool = True, dtype: Any = None, cache_enabled: bool = True) -> None:
        _deprecated("autocast")
        super().__init__("cuda", dtype, enabled, cache_enabled)


class GradScaler(grad_scaler.GradScaler):
    """`torch.amp.GradScaler` for ``"cuda"``."""

    def __init__(self, *args: Any, **options: Any) -> None:
        _deprecated("GradScaler")
        super().__init__("cuda", *args, **options)
