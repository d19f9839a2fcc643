"""The bilinear layer: every input of one kind meets every input of the other."""

from __future__ import annotations

from ...ops.einsum import einsum
from ...tensor import Tensor

__all__ = ["bilinear"]


def bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """``input1 . (weight input2) + bias`` for each output.

    Args:
        input1: (..., in1).
        input2: (..., in2), with the same first dimensions.
        weight: (out, in1, in2).
        bias: (out,) or None.

    Returns:
        (..., out).

    Raises:
        RuntimeError: the sizes don't fit.
    """
    first, second = input1.array.shape, input2.array.shape
    if len(first) != len(second):
        raise RuntimeError(
            f"bilinear(): input dimensions do not match: got {len(first)} and {len(second)}\n"
            "Both have the same first dimensions."
        )
    for axis, (a, b) in enumerate(zip(first[:-1], second[:-1], strict=True)):
        if a != b:
            raise RuntimeError(
                f"bilinear(): input batch dimensions do not match at dim {axis}: got {a} and {b}\n"
                "Both have the same first dimensions."
            )
    for number, shape in ((1, first), (2, second)):
        if shape[-1] != weight.array.shape[number]:
            raise RuntimeError(
                f"bilinear(): input{number} size does not match weight size: got {shape[-1]} but expected "
                f"{weight.array.shape[number]}\nThe weight has the shape (out, in1, in2)."
            )
    rows = input1.reshape(-1, first[-1]), input2.reshape(-1, second[-1])
    y = einsum("ni,oij,nj->no", rows[0], weight, rows[1])
    y = y.view(*first[:-1], weight.array.shape[0])
    return y if bias is None else y + bias
