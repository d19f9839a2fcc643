"""PyTorch's settings of how it computes: kept, and without effect on what NumPy does."""

from __future__ import annotations

import os

from .warning import warn

__all__ = [
    "are_deterministic_algorithms_enabled",
    "get_deterministic_debug_mode",
    "get_float32_matmul_precision",
    "get_num_interop_threads",
    "get_num_threads",
    "is_deterministic_algorithms_warn_only_enabled",
    "set_deterministic_debug_mode",
    "set_float32_matmul_precision",
    "set_flush_denormal",
    "set_num_interop_threads",
    "set_num_threads",
    "use_deterministic_algorithms",
]


class _Settings:
    threads: int = os.cpu_count() or 1
    interop_threads: int = os.cpu_count() or 1
    deterministic: bool = False
    warn_only: bool = False
    precision: str = "highest"


_settings = _Settings()
_MODES = ("default", "warn", "error")


def _positive(name: str, value: int) -> int:
    if not isinstance(value, int):
        raise RuntimeError(f"{name} expects an int, but got {type(value).__name__}")
    if value < 1:
        raise RuntimeError(f"{name} expects a positive integer")
    return value


def get_num_threads() -> int:
    """On how many threads one operation may run."""
    return _settings.threads


def set_num_threads(num: int) -> None:
    """Keep a number of threads; NumPy chooses its own, which an environment variable sets before its import.

    Raises:
        RuntimeError: it is no whole number, or not positive.
    """
    _settings.threads = _positive("set_num_threads", num)


def get_num_interop_threads() -> int:
    """On how many threads several operations may run."""
    return _settings.interop_threads


def set_num_interop_threads(num: int) -> None:
    """Keep a number of threads; operations run one after the other.

    Raises:
        RuntimeError: it is no whole number, or not positive.
    """
    _settings.interop_threads = _positive("set_num_interop_threads", num)


def use_deterministic_algorithms(mode: bool, *, warn_only: bool = False) -> None:
    """Ask for results that are equal from run to run: all of them are, whatever is asked for."""
    _settings.deterministic, _settings.warn_only = mode, warn_only


def are_deterministic_algorithms_enabled() -> bool:
    """What `use_deterministic_algorithms` was told."""
    return _settings.deterministic


def is_deterministic_algorithms_warn_only_enabled() -> bool:
    """What `use_deterministic_algorithms` was told of warnings."""
    return _settings.warn_only


def get_deterministic_debug_mode() -> int:
    """0, 1 or 2: no question of equal results, warnings, or errors."""
    return 0 if not _settings.deterministic else 1 if _settings.warn_only else 2


def set_deterministic_debug_mode(debug_mode: int | str) -> None:
    """As `use_deterministic_algorithms`: "default", "warn", "error", or their numbers.

    Raises:
        RuntimeError: it is none of them.
        TypeError: it is neither a string nor a number.
    """
    if not isinstance(debug_mode, (int, str)):
        raise TypeError(f"debug_mode must be str or int, but got {type(debug_mode)}")
    if isinstance(debug_mode, str):
        if debug_mode not in _MODES:
            raise RuntimeError(
                "invalid value of debug_mode, expected one of `default`, `warn`, `error`, but got "
                f"{debug_mode}"
            )
        debug_mode = _MODES.index(debug_mode)
    if debug_mode not in (0, 1, 2):
        raise RuntimeError(
            f"invalid value of debug_mode, expected 0, 1, or 2, but got {debug_mode}"
        )
    use_deterministic_algorithms(debug_mode > 0, warn_only=debug_mode == 1)


def get_float32_matmul_precision() -> str:
    """What `set_float32_matmul_precision` was told."""
    return _settings.precision


def set_float32_matmul_precision(precision: str) -> None:
    """Keep "highest", "high" or "medium"; matrix products have the full precision of float32 anyway."""
    if precision in ("highest", "high", "medium"):
        _settings.precision = precision
        return
    warn(
        f"{precision} is not one of 'highest', 'high', or 'medium'; the current"
        "setFloat32MatmulPrecision call has no effect."
    )


def set_flush_denormal(mode: bool) -> bool:
    """False: NumPy leaves it to the processor whether the smallest numbers become zero."""
    return False
