"""What keeps a model from learning its examples by heart: dropout."""

from __future__ import annotations

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...random import default_generator
from ...tensor import Tensor

__all__ = ["dropout"]


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """While training, each element is 0 with probability `p`; the rest is divided by ``1 - p``.

    So its mean stays what it is, and no unit can rely on another one. What was dropped takes no blame.
    PyTorch draws the same elements on processors that are not Intel's; there it uses another generator.

    Source: Srivastava et al., Dropout (2014).

    Raises:
        ValueError: `p` is no probability.
    """
    check_probability(p)
    if not training or p == 0:
        return input
    if input.array.dtype.kind != "f":
        raise RuntimeError(
            "result type Float can't be cast to the desired output type Long\n"
            "Convert the input first, with .float()."
        )
    kept = default_generator.uniform64(input.array.size).reshape(input.array.shape) < 1 - p
    scale = np.multiply(kept, 0 if p == 1 else 1 / (1 - p), dtype=input.array.dtype)

    def rule(grad: Array) -> Array:
        return grad * scale

    result = tape(input.array * scale, "MulBackward0", (input,), rule)
    return input.copy_(result) if inplace else result


def check_probability(p: float) -> None:
    """Raise ValueError if `p` is no probability."""
    if not 0 <= p <= 1:
        raise ValueError(
            f"dropout probability has to be between 0 and 1, but got {p}\n"
            "It is the share of elements that become 0."
        )
