"""PyTorch's old order of arguments: a number before the tensor that it multiplies, ``x.add_(0.1, y)``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from ..calling import as_called
from ..tensor import Tensor
from ..warning import warn
from . import arithmetic, compound, linear_algebra

__all__ = ["add", "addcdiv", "addcmul", "addmm", "sub"]

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


def _both(name: str, function: Function, tensors: int, *numbers: str) -> Function:
    """The function, and in its tensors' methods of the same name, with and without an underscore."""
    accepting = _accepting(name, function, tensors, numbers)
    setattr(Tensor, name, as_called(accepting, method=True))
    in_place = getattr(Tensor, f"{name}_")
    setattr(Tensor, f"{name}_", _accepting(f"{name}_", in_place, tensors, numbers))
    return accepting


add = _both("add", arithmetic.add, 2, "alpha")
sub = _both("sub", arithmetic.sub, 2, "alpha")
addcdiv = _both("addcdiv", compound.addcdiv, 3, "value")
addcmul = _both("addcmul", compound.addcmul, 3, "value")
addmm = _both("addmm", linear_algebra.addmm, 3, "beta", "alpha")
