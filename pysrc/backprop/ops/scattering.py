"""Writing to places that a tensor of indices names."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method
from .dimensions import axis
from .inplace import in_place
from .places import places_along

__all__ = ["index_add", "index_copy", "index_fill", "scatter", "scatter_add"]


def _check_index(index: Tensor, size: int, along: int) -> None:
    if index.array.dtype.kind not in "iu":
        raise RuntimeError("scatter(): Expected dtype int64 for index\nConvert it with .long().")
    if index.array.size and not (index.array.min() >= 0 and index.array.max() < size):
        wrong = index.array.max() if index.array.max() >= size else index.array.min()
        raise RuntimeError(
            f"index {int(wrong)} is out of bounds for dimension {along} with size {size}"
        )


@method()
def scatter(
    input: Tensor, dim: int, index: Tensor, src: Any = None, *, value: Any = None
) -> Tensor:
    """A copy in which the places that `index` names along `dim` hold elements of `src` (or one number).

    >>> import backprop as torch
    >>> torch.zeros(2, 3).scatter(1, torch.tensor([[2], [0]]), 1.0)
    tensor([[0., 0., 1.],
            [1., 0., 0.]])

    Raises:
        RuntimeError: an index is out of bounds.
    """
    source = value if src is None else src
    along = axis(dim, input.array.ndim)
    _check_index(index, input.array.shape[along], along)
    spots = places_along(index.array, along)
    result = input.array.copy()

    def without(grad: Array) -> Array:
        rest = grad.copy()
        rest[spots] = 0
        return rest

    if not isinstance(source, Tensor):
        result[spots] = source
        return tape(result, "ScatterBackward1", (input,), without)
    region = tuple(slice(size) for size in index.array.shape)
    result[spots] = source.array[region]

    def rule(grad: Array) -> Gradients:
        by_source = np.zeros(source.array.shape, grad.dtype)
        by_source[region] = grad[spots]
        return without(grad), by_source

    return tape(result, "ScatterBackward0", (input, source), rule)


@method()
def scatter_add(input: Tensor, dim: int, index: Tensor, src: Tensor) -> Tensor:
    """A copy in which elements of `src` are added at the places that `index` names along `dim`.

    Raises:
        RuntimeError: an index is out of bounds.
    """
    along = axis(dim, input.array.ndim)
    _check_index(index, input.array.shape[along], along)
    spots = places_along(index.array, along)
    region = tuple(slice(size) for size in index.array.shape)
    result = input.array.copy()
    np.add.at(result, spots, src.array[region])

    def rule(grad: Array) -> Gradients:
        by_source = np.zeros(src.array.shape, grad.dtype)
        by_source[region] = grad[spots]
        return grad, by_source

    return tape(result, "ScatterAddBackward0", (input, src), rule)


def _slices(input: Tensor, dim: int, index: Tensor) -> tuple[Any, ...]:
    """Where in the array the slices at the places `index` along `dim` are."""
    along = axis(dim, input.array.ndim)
    _check_index(index, input.array.shape[along], along)
    return (*(slice(None),) * along, index.array)


def _emptied(grad: Array, spots: tuple[Any, ...]) -> Array:
    """The gradient by what was there before: none where something else stands now."""
    rest = grad.copy()
    rest[spots] = 0
    return rest


@method()
def index_add(
    input: Tensor, dim: int, index: Tensor, source: Tensor, *, alpha: float = 1
) -> Tensor:
    """A copy in which the slices of `source` are added at the places `index` along `dim`."""
    spots = _slices(input, dim, index)
    result = input.array.copy()
    np.add.at(result, spots, source.array * input.array.dtype.type(alpha))

    def rule(grad: Array) -> Gradients:
        return grad, grad[spots] * grad.dtype.type(alpha)

    return tape(result, "IndexAddBackward0", (input, source), rule)


@method()
def index_copy(input: Tensor, dim: int, index: Tensor, source: Tensor) -> Tensor:
    """A copy in which the slices of `source` stand at the places `index` along `dim`."""
    spots = _slices(input, dim, index)
    result = input.array.copy()
    result[spots] = source.array

    def rule(grad: Array) -> Gradients:
        return _emptied(grad, spots), grad[spots]

    return tape(result, "IndexCopyBackward0", (input, source), rule)


@method()
def index_fill(input: Tensor, dim: int, index: Tensor, value: Any) -> Tensor:
    """A copy that holds one number at the places `index` along `dim`."""
    spots = _slices(input, dim, index)
    result = input.array.copy()
    result[spots] = value.item() if isinstance(value, Tensor) else value

    def rule(grad: Array) -> Array:
        return _emptied(grad, spots)

    return tape(result, "IndexFillBackward0", (input,), rule)


for _name in ("scatter", "scatter_add", "index_add", "index_copy", "index_fill"):
    in_place(_name)
