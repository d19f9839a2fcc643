"""PyTorch's old order of arguments: a number before the tensor that it multiplies, ``x.add_(0.1, y)``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ..calling import as_called
from ..tensor import Tensor
from ..warning import warn
from . import arithmetic, linear_algebra
from .inplace import in_place

__all__ = ["add", "addmm", "sub"]

Function = Callable[..., Tensor]


def _accepting(name: str, function: Function, tensors: int, numbers: tuple[str, ...]) -> Function:
    """`function`, also called with its numbers before the last tensors; then it warns as PyTorch does.

    Args:
        name: what it is called in the warning.
        function: what takes so many tensors, and the numbers by their names.
        tensors: how many tensors it takes.
        numbers: the numbers' names, in the old order.
    """

    @functools.wraps(function)
    def call(*args: Any, **options: Any) -> Tensor:
        if len(args) > tensors and isinstance(args[-1], Tensor):
            given = [each for each in args if not isinstance(each, Tensor)]
            args = tuple(each for each in args if isinstance(each, Tensor))
            if len(args) == tensors and len(given) <= len(numbers):
                by_name = dict(zip(numbers, given, strict=False))
                warn(
                    f"This overload of {name} is deprecated:\nGive {' and '.join(by_name)} by name, after "
                    "the tensors."
                )
                options |= by_name
        return function(*args, **options)

    return call


def both_orders(name: str, function: Function, tensors: int, *numbers: str) -> Function:
    """`function` in both orders, and so the tensors' methods of its name, with and without underscore."""
    accepting = _accepting(name, function, tensors, numbers)
    setattr(Tensor, name, as_called(accepting, method=True))
    in_place(name)
    changing = getattr(Tensor, f"{name}_")
    setattr(Tensor, f"{name}_", _accepting(f"{name}_", changing, tensors, numbers))
    return accepting


add = both_orders("add", arithmetic.add, 2, "alpha")
sub = both_orders("sub", arithmetic.sub, 2, "alpha")
addmm = both_orders("addmm", linear_algebra.addmm, 3, "beta", "alpha")
