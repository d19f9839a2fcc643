"""The same numbers in another arrangement: a gradient goes back the same way, in reverse."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ..autograd.tape import tape_view
from ..dtypes import Array
from ..tensor import Tensor, method
from ..warning import warn
from .dimensions import axis

__all__ = [
    "flatten",
    "moveaxis",
    "movedim",
    "permute",
    "ravel",
    "reshape",
    "squeeze",
    "swapaxes",
    "swapdims",
    "t",
    "transpose",
    "unflatten",
    "unsqueeze",
]


def sizes_of(shape: tuple[Any, ...]) -> tuple[int, ...]:
    if len(shape) == 1 and isinstance(shape[0], (tuple, list)):
        shape = tuple(shape[0])
    return tuple(int(each) for each in shape)


def _fill_in(shape: tuple[int, ...], count: int) -> tuple[int, ...]:
    """Replace the one -1 by what is left over.

    Raises:
        RuntimeError: the sizes don't multiply to the number of elements.
    """
    known = math.prod(each for each in shape if each != -1)
    if shape.count(-1) > 1:
        raise RuntimeError("only one dimension can be inferred")
    complete = shape
    if -1 in shape and known and count % known == 0:
        complete = tuple(count // known if each == -1 else each for each in shape)
    if -1 in complete or math.prod(complete) != count:
        raise RuntimeError(
            f"shape '{list(shape)}' is invalid for input of size {count}\n"
            f"The sizes must multiply to {count}; one of them may be -1, which stands for what is left."
        )
    return complete


@method()
def reshape(input: Tensor, *shape: Any) -> Tensor:
    """The same numbers, row by row, in another shape; one size may be -1, "whatever is left".

    >>> import backprop as torch
    >>> torch.arange(6).reshape(2, -1)
    tensor([[0, 1, 2],
            [3, 4, 5]])

    Raises:
        RuntimeError: the sizes don't multiply to the number of elements.
    """
    return _reshape(input, sizes_of(shape), "ViewBackward0")


def _reshape(input: Tensor, shape: tuple[int, ...], name: str) -> Tensor:
    before, after = input.array.shape, _fill_in(shape, input.array.size)

    def look(array: Array) -> Array:
        return array.reshape(after)

    def rule(grad: Array) -> Array:
        return grad.reshape(before)

    return tape_view(input, look, name, rule)


@method()
def view(input: Tensor, *size: Any) -> Tensor:
    """As `reshape`, but never a copy.

    Raises:
        RuntimeError: it cannot be had without a copy, or the sizes don't fit.
    """
    from .. import dtypes

    if len(size) == 1 and isinstance(size[0], dtypes.dtype):
        raise RuntimeError(
            "view(dtype) is not part of backprop.\nUse .to(dtype) to convert numbers."
        )
    sizes = _fill_in(sizes_of(size), input.array.size)
    result = _reshape(input, sizes, "ViewBackward0")
    if input.array.size and not np.may_share_memory(result.array, input.array):
        raise RuntimeError(
            "view size is not compatible with input tensor's size and stride (at least one dimension "
            "spans across two contiguous subspaces). Use .reshape(...) instead."
        )
    return result


@method()
def view_as(input: Tensor, other: Tensor) -> Tensor:
    """`view` in the shape of `other`."""
    return view(input, *other.array.shape)


@method()
def reshape_as(input: Tensor, other: Tensor) -> Tensor:
    """`reshape` to the shape of `other`."""
    return reshape(input, *other.array.shape)


@method()
def flatten(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> Tensor:
    """Join the dimensions from `start_dim` to `end_dim` into one."""
    shape = input.array.shape
    if not shape:
        return reshape(input, 1)
    first, last = axis(start_dim, len(shape)), axis(end_dim, len(shape))
    if first > last:
        raise RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim")
    if first == last:
        return input
    return reshape(input, *shape[:first], math.prod(shape[first : last + 1]), *shape[last + 1 :])


@method()
def ravel(input: Tensor) -> Tensor:
    """All numbers in one dimension."""
    return reshape(input, -1)


@method()
def unflatten(input: Tensor, dim: int, sizes: Any) -> Tensor:
    """Take one dimension apart into several; one of the sizes may be -1.

    Raises:
        RuntimeError: the sizes don't multiply to that of the dimension.
    """
    shape, along = input.array.shape, axis(dim, input.array.ndim)
    inner = _fill_in(sizes_of((sizes,)), shape[along])
    return reshape(input, *shape[:along], *inner, *shape[along + 1 :])


@method()
def squeeze(input: Tensor, dim: int | tuple[int, ...] | None = None) -> Tensor:
    """Drop the dimensions of size 1, or those of `dim` that have size 1."""
    shape = input.array.shape
    if dim is None:
        kept = tuple(size for size in shape if size != 1)
        return _reshape(input, kept, "SqueezeBackward0")
    chosen = {axis(each, len(shape)) for each in ((dim,) if isinstance(dim, int) else dim)}
    kept = tuple(size for place, size in enumerate(shape) if place not in chosen or size != 1)
    return _reshape(input, kept, "SqueezeBackward1")


@method()
def unsqueeze(input: Tensor, dim: int) -> Tensor:
    """Insert a dimension of size 1 at `dim`."""
    shape = input.array.shape
    place = axis(dim, len(shape) + 1)
    return _reshape(input, (*shape[:place], 1, *shape[place:]), "UnsqueezeBackward0")


@method("transpose", "swapaxes", "swapdims")
def transpose(input: Tensor, dim0: int, dim1: int) -> Tensor:
    """Swap two dimensions."""
    first, second = axis(dim0, input.array.ndim), axis(dim1, input.array.ndim)

    def swap(array: Array) -> Array:
        return array.swapaxes(first, second) if array.ndim else array.view()

    return tape_view(input, swap, "TransposeBackward0", swap)


@method()
def t(input: Tensor) -> Tensor:
    """Swap rows and columns of a matrix.

    Raises:
        RuntimeError: it has more than two dimensions.
    """
    if input.array.ndim > 2:
        raise RuntimeError(
            f"t() expects a tensor with <= 2 dimensions, but self is {input.array.ndim}D\n"
            "Use .transpose(i, j) or .mT."
        )
    return tape_view(input, np.transpose, "TBackward0", np.transpose)


@method()
def permute(input: Tensor, *dims: Any) -> Tensor:
    """Put the dimensions into another order.

    Raises:
        RuntimeError: not every dimension is named exactly once.
    """
    ndim = input.array.ndim
    order = [axis(each, ndim) for each in sizes_of(dims)]
    if sorted(order) != list(range(ndim)):
        raise RuntimeError(
            f"permute(dims): the dims {list(sizes_of(dims))} don't name each of the {ndim} dimensions once"
        )
    back = np.argsort(order)

    def look(array: Array) -> Array:
        return array.transpose(order)

    def rule(grad: Array) -> Array:
        return grad.transpose(back)

    return tape_view(input, look, "PermuteBackward0", rule)


@method("movedim", "moveaxis")
def movedim(input: Tensor, source: Any, destination: Any) -> Tensor:
    """Move dimensions to other places; the rest keep their order."""
    ndim = input.array.ndim
    taken = [axis(each, ndim) for each in ([source] if isinstance(source, int) else source)]
    places = [
        axis(each, ndim)
        for each in ([destination] if isinstance(destination, int) else destination)
    ]
    order = [each for each in range(ndim) if each not in taken]
    for place, each in sorted(zip(places, taken, strict=True)):
        order.insert(place, each)
    return permute(input, *order)


def _reversed(input: Tensor) -> Tensor:
    if input.array.ndim == 0:
        warn("Tensor.T is deprecated on 0-D tensors. This function is the identity in these cases.")
    return tape_view(input, np.transpose, "PermuteBackward0", np.transpose)


def _matrix_transpose(input: Tensor) -> Tensor:
    if input.array.ndim == 0:
        warn(
            "Tensor.mT is deprecated on 0-D tensors. This function is the identity in these cases."
        )
        return input
    if input.array.ndim < 2:
        raise RuntimeError(
            "tensor.mT is only supported on matrices or batches of matrices. Got "
            f"{input.array.ndim}-D tensor.\nUse .unsqueeze(0) or .unsqueeze(1) to make a matrix of it."
        )
    return transpose(input, -2, -1)


Tensor.T = property(_reversed, doc="The tensor with its dimensions in reverse order.")  # type: ignore[attr-defined]
Tensor.mT = property(_matrix_transpose, doc="The last two dimensions swapped.")  # type: ignore[attr-defined]

moveaxis, swapaxes, swapdims = movedim, transpose, transpose
