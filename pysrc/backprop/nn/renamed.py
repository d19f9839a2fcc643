"""Names without the underscore, which PyTorch had before a change in place was said by one."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ..warning import warn


def without_underscore(function: Callable[..., Any], place: str) -> Callable[..., Any]:
    """The function under its old name, with the warning that PyTorch gives for that.

    Args:
        function: the function by its name of today, such as `xavier_normal_`.
        place: where it is, in the words of the warning.
    """
    new = function.__name__
    old = new.removesuffix("_")

    @functools.wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        warn(f"`{place}.{old}` is now deprecated in favor of `{place}.{new}`.", FutureWarning)
        return function(*args, **options)

    call.__name__ = call.__qualname__ = old
    call.__doc__ = f"The old name of `{new}`."
    return call
