"""A margin around a tensor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor

__all__ = ["pad"]

#: PyTorch's words for how a margin is filled; NumPy's; and the first word of the operation's name.
MODES: dict[str, tuple[Any, str]] = {
    "reflect": ("reflect", "ReflectionPad"),
    "replicate": ("edge", "ReplicationPad"),
    "circular": ("wrap", "CopySlices"),
}


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
        RuntimeError: there is an odd number of margins, or more than dimensions; or there is not enough
            to be repeated.
        NotImplementedError: the mode is unknown, or is not for so many dimensions.
    """
    ndim = input.array.ndim
    if len(pad) % 2:
        raise RuntimeError(
            "Padding length must be divisible by 2\n"
            "Each dimension, from the last one on, takes two: before and after."
        )
    if len(pad) > 2 * ndim:
        raise RuntimeError(
            "Padding length should be less than or equal to two times the input dimension but got padding "
            f"length {len(pad)} and input of dimension {ndim}\n"
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
    if value:
        raise RuntimeError(
            f'Padding mode "{mode}" doesn\'t take in value argument\nIt repeats elements; leave it out.'
        )
    return _repeated(input, margins, mode, len(pad) // 2)


def _repeated(input: Tensor, margins: list[tuple[int, int]], mode: str, dimensions: int) -> Tensor:
    """The input with margins of its own elements: which, is found by padding their places."""
    x = input.array
    if not 1 <= dimensions <= 3 or x.ndim not in (dimensions + 1, dimensions + 2):
        raise NotImplementedError(
            f"Padding size {2 * dimensions} is not supported for {x.ndim}D input tensor.\n"
            "Supported combinations for non-constant padding:\n"
            "  - 2D or 3D input: padding size = 2 (pads last dimension)\n"
            "  - 3D or 4D input: padding size = 4 (pads last 2 dimensions)\n"
            "  - 4D or 5D input: padding size = 6 (pads last 3 dimensions)"
        )
    y, chosen = x, []
    for axis, (before, after) in enumerate(margins):
        if (before, after) == (0, 0):
            continue
        size = x.shape[axis]
        _refuse_wide(x, axis, before, after, mode)
        # What a negative margin cuts off is no part of what is repeated.
        places = np.arange(size)
        if mode == "circular":
            places = places[max(-before, 0) : size - max(-after, 0)]
        places = np.pad(places, (max(before, 0), max(after, 0)), MODES[mode][0])
        if mode != "circular":
            places = places[max(-before, 0) : len(places) - max(-after, 0)]
        chosen.append((axis, places))
        y = np.take(y, places, axis)

    def rule(grad: Array) -> Array:
        for axis, places in chosen:
            shape = (*grad.shape[:axis], x.shape[axis], *grad.shape[axis + 1 :])
            full = np.zeros(shape, grad.dtype)
            np.add.at(np.moveaxis(full, axis, 0), places, np.moveaxis(grad, axis, 0))
            grad = full
        return grad

    name = MODES[mode][1]
    return tape(y, name if mode == "circular" else f"{name}{dimensions}DBackward0", (input,), rule)


def _refuse_wide(x: Array, axis: int, before: int, after: int, mode: str) -> None:
    if mode == "reflect" and max(before, after) >= x.shape[axis]:
        raise RuntimeError(
            "Argument #4: Padding size should be less than the corresponding input dimension, but got: "
            f"padding ({before}, {after}) at dimension {axis} of input {list(x.shape)}\n"
            "A mirror shows no more than there is; the outermost element is not repeated."
        )
    if mode == "circular" and max(before, after) > x.shape[axis]:
        raise RuntimeError(
            "Padding value causes wrapping around more than once.\nUse a smaller margin."
        )


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
