"""A margin around a tensor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor, wrap

__all__ = ["pad"]

#: PyTorch's words for how a margin is filled, and NumPy's.
MODES: dict[str, Any] = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def pad(
    input: Tensor, pad: Sequence[int], mode: str = "constant", value: float | None = None
) -> Tensor:
    """Add margins: the first two numbers of `pad` before and after the last dimension, and so on.

    Negative numbers cut off instead of adding. What is cut off takes no blame.

    >>> import backprop as torch
    >>> torch.nn.functional.pad(torch.tensor([[1, 2]]), (1, 2))
    tensor([[0, 1, 2, 0, 0]])

    Args:
        input: of any shape.
        pad: pairs of margins, from the last dimension on.
        mode: "constant", or "reflect", "replicate" or "circular", which repeat elements.
        value: what a constant margin is filled with; 0 if left out.

    Raises:
        RuntimeError: there is an odd number of margins, or more than dimensions.
        NotImplementedError: the mode is unknown.
    """
    ndim = input.array.ndim
    if len(pad) % 2 or len(pad) > 2 * ndim:
        raise RuntimeError(
            "Padding length must be divisible by 2 and at most twice the number of dimensions of the "
            f"input, but got {len(pad)} numbers for {ndim} dimensions\n"
            "Each dimension, from the last one on, takes two: before and after."
        )
    margins = [(pad[2 * place], pad[2 * place + 1]) for place in range(len(pad) // 2)]
    margins = [(0, 0)] * (ndim - len(margins)) + margins[::-1]
    if mode == "constant":
        return _constant(input, margins, 0 if value is None else value)
    if mode not in MODES:
        raise NotImplementedError(
            f"Unrecognised padding mode {mode}\nIt is 'constant', {', '.join(map(repr, MODES))}."
        )
    for axis, margin in enumerate(margins):
        if margin != (0, 0):
            # Every other mode repeats elements: which, is found by padding their places.
            places = np.pad(np.arange(input.array.shape[axis]), margin, MODES[mode])
            input = input.index_select(axis, wrap(places))
    return input


def _constant(input: Tensor, margins: list[tuple[int, int]], value: float) -> Tensor:
    x = input.array
    shape = [size + before + after for size, (before, after) in zip(x.shape, margins, strict=True)]
    if min(shape, default=0) < 0:
        raise RuntimeError(
            f"The input size {list(x.shape)}, plus negative padding {margins}, resulted in a negative "
            "output size\nNo more can be cut off than there is."
        )
    kept, inside = [], []
    for size, (before, after) in zip(x.shape, margins, strict=True):
        kept.append(slice(max(-before, 0), size - max(-after, 0)))
        inside.append(slice(max(before, 0), size + before + min(after, 0)))
    source, target = tuple(kept), tuple(inside)
    padded = np.full(shape, value, x.dtype)
    padded[target] = x[source]

    def rule(grad: Array) -> Array:
        full = np.zeros(x.shape, grad.dtype)
        full[source] = grad[target]
        return full

    return tape(padded, "ConstantPadNdBackward0", (input,), rule)
