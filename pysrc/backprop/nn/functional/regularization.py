"""What keeps a model from learning its examples by heart: dropout, of elements and of channels."""

from __future__ import annotations

import math

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...memory_order import in_memory_order
from ...random import default_generator
from ...tensor import Tensor
from ...warning import warn

__all__ = [
    "alpha_dropout",
    "dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "feature_alpha_dropout",
]

#: Where SELU levels off, with the sign turned (Klambauer et al., Self-Normalizing Neural Networks, 2017).
SELU_FLOOR = 1.7580993408473766


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
    _refuse_whole_numbers(input)
    return _scaled(input, input.array.shape, p, inplace)


def dropout1d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """`dropout` of whole channels of series: (N, C, L) or (C, L).

    Source: Tompson et al., Efficient Object Localization Using Convolutional Networks (2015).

    Raises:
        ValueError: `p` is no probability.
        RuntimeError: the input has other dimensions.
    """
    check_probability(p)
    if input.array.ndim not in (2, 3):
        raise RuntimeError(
            f"dropout1d: Expected 2D or 3D input, but received a {input.array.ndim}D input. Note that "
            "dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, a channel "
            "dimension, and an optional batch dimension (i.e. 2D or 3D inputs).\nUse dropout for others."
        )
    return _of_channels(input, p, training, inplace, alone=input.array.ndim == 2)


def dropout2d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """`dropout` of whole channels of images, (N, C, H, W); three dimensions are taken for (N, C, L).

    Raises:
        ValueError: `p` is no probability.
    """
    check_probability(p)
    ndim = input.array.ndim
    if ndim not in (3, 4):
        _warn_of_dimensions("dropout2d", 2, ndim)
    if ndim == 3:
        warn(
            "dropout2d: Received a 3D input to dropout2d and assuming that channel-wise 1D dropout behavior "
            "is desired - input is interpreted as shape (N, C, L), where C is the channel dim. This behavior "
            "will change in a future release to interpret the input as one without a batch dimension, i.e. "
            "shape (C, H, W). To maintain the 1D channel-wise dropout behavior, please switch to using "
            "dropout1d instead."
        )
    return _of_channels(input, p, training, inplace, alone=False)


def dropout3d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """`dropout` of whole channels of volumes: (N, C, D, H, W) or (C, D, H, W).

    Raises:
        ValueError: `p` is no probability.
    """
    check_probability(p)
    if input.array.ndim not in (4, 5):
        _warn_of_dimensions("dropout3d", 3, input.array.ndim)
    return _of_channels(input, p, training, inplace, alone=input.array.ndim == 4)


def alpha_dropout(
    input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False
) -> Tensor:
    """`dropout` for what comes out of `selu`: mean 0 and deviation 1 stay what they are.

    What is dropped becomes the lowest value of SELU instead of 0; then all is scaled and shifted.

    Source: Klambauer et al., Self-Normalizing Neural Networks (2017).

    Raises:
        ValueError: `p` is no probability.
    """
    check_probability(p)
    return _to_the_floor(input, p, training, inplace, input.array.shape)


def feature_alpha_dropout(
    input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False
) -> Tensor:
    """`alpha_dropout` of whole channels, (N, C, ...).

    Raises:
        ValueError: `p` is no probability.
        RuntimeError: the input has fewer than two dimensions.
    """
    check_probability(p)
    return _to_the_floor(input, p, training, inplace, None)


def _of_channels(input: Tensor, p: float, training: bool, inplace: bool, alone: bool) -> Tensor:
    """Drop channels: the second dimension, or the first one of an example alone."""
    if not training or p == 0:
        return input
    _refuse_whole_numbers(input)
    x = input.array
    if not alone:
        return _scaled(input, _one_a_channel(input), p, inplace)
    return _scaled(input, (x.shape[0], *[1] * (x.ndim - 1)), p, inplace, "SqueezeBackward1")


def _one_a_channel(input: Tensor) -> tuple[int, ...]:
    x = input.array
    if x.ndim < 2:
        raise RuntimeError(
            "Feature dropout requires at least 2 dimensions in the input\nThe second has the channels."
        )
    return (*x.shape[:2], *[1] * (x.ndim - 2))


def _scaled(
    input: Tensor, shape: tuple[int, ...], p: float, inplace: bool, name: str = "MulBackward0"
) -> Tensor:
    """The input times 0 or ``1 / (1 - p)``, drawn for each element of `shape`."""
    x, kind = input.array, input.array.dtype
    # Where nothing stays, PyTorch draws nothing.
    scale = (
        np.zeros((), kind) if p == 1 else np.multiply(kept(shape, p, x), 1 / (1 - p), dtype=kind)
    )

    def rule(grad: Array) -> Array:
        return grad * scale

    result = tape(x * scale, name, (input,), rule)
    return input.copy_(result) if inplace else result


def _to_the_floor(
    input: Tensor, p: float, training: bool, inplace: bool, shape: tuple[int, ...] | None
) -> Tensor:
    if not training or p == 0:
        return input
    _refuse_whole_numbers(input)
    shape = _one_a_channel(input) if shape is None else shape
    kind = input.array.dtype.type
    if p == 1:
        scale, shift = np.zeros((), kind), kind(0)
    else:
        stays = kept(shape, p, input.array)
        a = 1 / math.sqrt((SELU_FLOOR**2 * p + 1) * (1 - p))
        scale = stays * kind(a)
        shift = np.where(stays, 0, kind(-SELU_FLOOR * a)) + kind(SELU_FLOOR * a * p)

    def rule(grad: Array) -> Array:
        return grad * scale

    y = (input.array * scale + shift).astype(kind)
    name = "MulBackward0" if p == 1 else "AddBackward0"
    result = tape(y, name, (input,), rule)
    return input.copy_(result) if inplace else result


def kept(shape: tuple[int, ...], p: float, like: Array | None = None) -> Array:
    """Which elements stay: True with the probability ``1 - p``.

    They are drawn in the order in which the elements of `like` lie in memory, if it is of this shape.
    """
    drawn = default_generator.uniform64(math.prod(shape)) < 1 - p
    if like is None or like.shape != shape:
        return np.asarray(drawn.reshape(shape))
    return in_memory_order(drawn, like)


def _refuse_whole_numbers(input: Tensor) -> None:
    if input.array.dtype.kind != "f":
        raise RuntimeError(
            "result type Float can't be cast to the desired output type Long\n"
            "Convert the input first, with .float()."
        )


def _warn_of_dimensions(name: str, spatial: int, ndim: int) -> None:
    warn(
        f"{name}: Received a {ndim}-D input to {name}, which is deprecated and will result in an error in a "
        "future release. To retain the behavior and silence this warning, please use dropout instead. Note "
        f"that {name} exists to provide channel-wise dropout on inputs with {spatial} spatial dimensions, a "
        f"channel dimension, and an optional batch dimension (i.e. {spatial + 1}D or {spatial + 2}D inputs)."
    )


def check_probability(p: float) -> None:
    """Raise ValueError if `p` is no probability."""
    if not 0 <= p <= 1:
        raise ValueError(
            f"dropout probability has to be between 0 and 1, but got {p}\n"
            "It is the share of elements that become 0."
        )
