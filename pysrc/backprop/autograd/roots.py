"""Where a backward starts: the results, each with a gradient of its own, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor
from .watching import of_starts


def as_sequence(tensors: Tensor | Sequence[Tensor]) -> Sequence[Tensor]:
    """Several tensors, where one may be given for a list of one."""
    return tensors if isinstance(tensors, (list, tuple)) else (tensors,)


def roots_of(
    outputs: Sequence[Tensor],
    gradients: Tensor | Sequence[Tensor | None] | None,
    create_graph: bool,
) -> list[tuple[Tensor, Array]]:
    """Pair each output with the gradient to start from, 1 for a scalar.

    Raises:
        RuntimeError: nothing requires a gradient; a non-scalar without a gradient, or with one of another
            shape.
        NotImplementedError: `create_graph` is true.
    """
    if create_graph:
        raise NotImplementedError(
            "create_graph=True (the gradient of a gradient) is not part of backprop's NumPy "
            "implementation.\nUse a finite difference of the first gradient instead."
        )
    given = (
        [None] * len(outputs)
        if gradients is None
        else list(gradients)
        if isinstance(gradients, (list, tuple))
        else [gradients]
    )
    roots = []
    for output, gradient in zip(outputs, given, strict=True):
        if output.node is None and not output.requires_grad:
            raise RuntimeError(
                "element 0 of tensors does not require grad and does not have a grad_fn\n"
                "Nothing that went into it has requires_grad=True, or it was computed inside no_grad() "
                "or after detach()."
            )
        if gradient is None:
            if output.array.size != 1:
                raise RuntimeError(
                    "grad can be implicitly created only for scalar outputs\n"
                    f"This tensor has shape {tuple(output.array.shape)}. Reduce it to one number first, "
                    "such as with .mean() or .sum(), or pass the gradient as backward(gradient)."
                )
            for watcher in of_starts:
                watcher.started(output)
            roots.append((output, np.ones(output.array.shape, output.array.dtype)))
        else:
            if gradient.array.shape != output.array.shape:
                raise RuntimeError(
                    f"Mismatch in shape: grad_output[0] has a shape of {gradient.shape} and output[0] "
                    f"has a shape of {output.shape}.\nThe gradient needs the shape of the output."
                )
            roots.append((output, gradient.array))
    return roots
