"""A subject's cases, by their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Case = Callable[[Any], dict[str, Any]]


class Cases(dict[str, Case]):
    """The cases of one subject, in the order in which they were written."""

    def __call__(self, function: Case) -> Case:
        """Add a function under its own name: a decorator."""
        self[function.__name__] = function
        return function
