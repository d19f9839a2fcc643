"""The end of the way back: a gradient is shown to its hooks and added to ``.grad``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .watching import of_accumulations, of_additions

if TYPE_CHECKING:
    from collections.abc import Callable

    Hook = Callable[[Tensor], Tensor | None]


def accumulate(tensor: Tensor, gradient: Array) -> None:
    """Add `gradient` to ``tensor.grad``, as PyTorch does until somebody clears it.

    An in-place update through a leaf's ``.grad`` must not reach a view of it, or another leaf's
    gradient, so it is copied, unless nobody else holds it. Copying always would be simpler; it costs as
    much as a third of a large layer's step.
    """
    if tensor.node is None:
        if tensor.hooks:
            gradient = apply_hooks(tensor.hooks, gradient)
        for watcher in of_accumulations:
            watcher.accumulating(tensor, gradient)
    held = tensor.gradient
    if held is None:
        kind = tensor.array.dtype
        if not (
            sys.getrefcount(gradient) == _ONE_OWNER
            and type(gradient) is np.ndarray
            and gradient.base is None
            and gradient.dtype == kind
        ):
            gradient = np.array(gradient, dtype=kind)
        tensor.gradient = made = wrap(gradient)
        made.made_at = tensor.version_counter[0]
    else:
        if tensor.node is None:
            for watcher in of_additions:
                watcher.adding(tensor, held)
        held.array += gradient
        held.version_counter[0] += 1


def apply_hooks(hooks: dict[int, Hook], gradient: Array) -> Array:
    """Call each hook; what one returns, if anything, takes the gradient's place."""
    for hook in tuple(hooks.values()):
        replacement = hook(wrap(np.asarray(gradient)))
        if isinstance(replacement, Tensor):
            gradient = replacement.array
    return gradient


def _references(only: Any) -> int:
    return sys.getrefcount(only)


#: What `sys.getrefcount` says within a function of an array that it was given and nobody else holds.
_ONE_OWNER = _references(np.empty(0))
