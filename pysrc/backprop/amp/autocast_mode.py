"""The context in which PyTorch computes some operations in half precision."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from ..device import device as device_kind
from ..dtypes import dtype as dtype_type
from ..dtypes import float16
from ..warning import warn

F = TypeVar("F", bound=Callable[..., Any])


class autocast:  # noqa: N801 - PyTorch's name
    """Half precision for what bears it, in a block or in a function: switched off here, with a warning.

    For ``"cuda"`` that is what PyTorch does without a graphics card. On the CPU PyTorch would compute
    matrix products and layers in bfloat16, three digits; here they stay float32.

    Args:
        device_type: "cpu", "cuda" or another kind of device.
        dtype: the type to compute in.
        enabled: whether it is wanted at all.
        cache_enabled: no effect.
    """

    def __init__(
        self,
        device_type: str,
        dtype: dtype_type | None = None,
        enabled: bool = True,
        cache_enabled: bool | None = None,
    ) -> None:
        if not isinstance(device_type, str):
            raise ValueError(
                f"Expected `device_type` of type `str`, got: `{type(device_type)}`\n"
                "Write device.type in place of the device."
            )
        device_kind(device_type)
        self.device = device_type
        self.fast_dtype = dtype
        if enabled and device_type == "cpu":
            self._warn_of_the_cpu(dtype)
        elif enabled and device_type == "cuda":
            warn("CUDA is not available or torch_xla is imported. Disabling autocast.")
        self._enabled = False

    @staticmethod
    def _warn_of_the_cpu(kind: dtype_type | None) -> None:
        if kind is None or kind is float16 or kind.name == "bfloat16":
            text = (
                f"autocast on the CPU computes in {kind.name if kind else 'bfloat16'} in PyTorch. Here "
                "everything stays in float32, so that digits and types differ."
            )
        else:
            text = (
                "In CPU autocast, but the target dtype is not supported. Disabling autocast.\n"
                "CPU Autocast only supports dtypes of torch.bfloat16, torch.float16 currently."
            )
        warn(text)

    def __enter__(self) -> autocast:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def __call__(self, function: F) -> F:
        """The function itself: a decorator."""
        return function


def is_autocast_available(device_type: str) -> bool:
    """Always False: see `autocast`."""
    return False


def is_autocast_enabled(device_type: str | None = None) -> bool:
    """Always False: see `autocast`."""
    return False


def custom_fwd(
    fwd: Callable[..., Any] | None = None,
    *,
    device_type: str = "cuda",
    cast_inputs: dtype_type | None = None,
) -> Any:
    """The forward of a `Function` as it is; with options only, a decorator that gives that."""
    return functools.partial(custom_fwd, device_type=device_type) if fwd is None else fwd


def custom_bwd(bwd: Callable[..., Any] | None = None, *, device_type: str = "cuda") -> Any:
    """The backward of a `Function` as it is; with options only, a decorator that gives that."""
    return functools.partial(custom_bwd, device_type=device_type) if bwd is None else bwd
