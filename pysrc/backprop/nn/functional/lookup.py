"""Looking up rows: from whole numbers, such as words, to vectors."""

from __future__ import annotations

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor, wrap
from ..scalar_types import scalar_type

__all__ = ["embedding", "one_hot"]


def embedding(
    input: Tensor,
    weight: Tensor,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Tensor:
    """The rows of `weight` at the places `input`: ``one_hot(input) @ weight``, without the zeros.

    A row that was looked up several times takes the blame of all; that of `padding_idx` takes none.

    Args:
        input: whole numbers of any shape (...).
        weight: (num_embeddings, embedding_dim).
        padding_idx: a row that is not learned.
        max_norm: longer rows are first shortened to this norm, in place.
        norm_type: the p of that norm.
        scale_grad_by_freq: whether the blame of a row is divided by how often it was looked up.
        sparse: not available here.

    Returns:
        (..., embedding_dim).

    Raises:
        IndexError: a number is no row of `weight`.
        RuntimeError: the numbers are no whole numbers.
        NotImplementedError: `sparse` is true.
    """
    rows, places = weight.array, input.array
    if sparse:
        raise NotImplementedError(
            "sparse gradients are not part of backprop.\nLeave out sparse=True: the gradient is the same."
        )
    if places.dtype not in (np.int64, np.int32):
        raise RuntimeError(
            "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, "
            f"Int; but got torch.{scalar_type(input.dtype)}Tensor instead (while checking arguments for "
            "embedding)\nConvert the numbers with .long()."
        )
    if places.size and (places.min() < 0 or places.max() >= len(rows)):
        raise IndexError(
            f"index out of range in self\nThere are {len(rows)} rows, numbered from 0; the numbers given go "
            f"from {places.min()} to {places.max()}."
        )
    if max_norm is not None:
        shorten(rows, np.unique(places), max_norm, norm_type)
        weight.version_counter[0] += 1
    ignored = None if padding_idx is None else padding_idx % len(rows)

    def rule(grad: Array) -> Array:
        full = np.zeros_like(rows)
        np.add.at(full, places, grad)
        if scale_grad_by_freq:
            often = np.bincount(places.reshape(-1), minlength=len(rows))
            full /= np.maximum(often, 1)[:, None].astype(rows.dtype)
        if ignored is not None:
            full[ignored] = 0
        return full

    return tape(rows[places], "EmbeddingBackward0", (weight,), rule)


def shorten(rows: Array, used: Array, max_norm: float, norm_type: float) -> None:
    """Shorten, in place, those of the rows at `used` whose p-norm is above `max_norm`."""
    norms = np.linalg.norm(rows[used], ord=norm_type, axis=1, keepdims=True)
    rows[used] *= np.where(norms > max_norm, max_norm / (norms + 1e-7), 1).astype(rows.dtype)


def one_hot(tensor: Tensor, num_classes: int = -1) -> Tensor:
    """A 1 at the place that each number names, and 0 elsewhere: (...) to (..., num_classes).

    >>> import backprop as torch
    >>> torch.nn.functional.one_hot(torch.tensor([2, 0]))
    tensor([[0, 0, 1],
            [1, 0, 0]])

    Raises:
        RuntimeError: the numbers are not int64, negative, or not below `num_classes`.
    """
    places = tensor.array
    if places.dtype != np.int64:
        raise RuntimeError(
            "one_hot is only applicable to index tensor of type LongTensor.\n"
            "Convert the numbers with .long()."
        )
    if places.size == 0 and num_classes <= 0:
        raise RuntimeError(
            "Can not infer total number of classes from empty tensor.\nGive num_classes."
        )
    if places.size and places.min() < 0:
        raise RuntimeError("Class values must be non-negative.\nNumber the classes from 0.")
    count = int(places.max()) + 1 if num_classes == -1 else num_classes
    if places.size and places.max() >= count:
        raise RuntimeError(
            "Class values must be smaller than num_classes.\n"
            f"There is a class {places.max()}, and num_classes is {count}; the first class is 0."
        )
    return wrap((places[..., None] == np.arange(count)).astype(np.int64))
