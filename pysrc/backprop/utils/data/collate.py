"""From a list of examples to one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ... import dtypes
from ...ops.creation import as_tensor, tensor
from ...ops.joining import stack
from ...tensor import Tensor


def default_collate(batch: Sequence[Any]) -> Any:
    """Put examples together: tensors and numbers are stacked, what holds them keeps its form.

    >>> import backprop as torch
    >>> default_collate([(torch.tensor([1.0]), 0), (torch.tensor([2.0]), 1)])
    [tensor([[1.],
            [2.]]), tensor([0, 1])]

    Raises:
        RuntimeError: the examples are not all alike.
        TypeError: there is something else in them.
    """
    first = batch[0]
    if isinstance(first, Tensor):
        return stack(batch)
    if isinstance(first, np.ndarray):
        return stack([as_tensor(_numeric(each)) for each in batch])
    if isinstance(first, np.generic):
        return as_tensor(_numeric(np.array(batch)))
    if isinstance(first, float):
        return tensor(batch, dtype=dtypes.float64)
    if isinstance(first, int):
        return tensor(batch)
    if isinstance(first, (str, bytes)):
        return batch
    if isinstance(first, Mapping):
        return type(first)({key: default_collate([each[key] for each in batch]) for key in first})  # type: ignore[call-arg]
    if isinstance(first, Sequence):
        if any(len(each) != len(first) for each in batch):
            raise RuntimeError(
                "each element in list of batch should be of equal size\n"
                "Give DataLoader a collate_fn that says how examples of different sizes are joined."
            )
        parts = [default_collate(each) for each in zip(*batch, strict=True)]
        return type(first)(*parts) if hasattr(first, "_fields") else parts
    raise _unknown(type(first))


def _numeric(array: dtypes.Array) -> dtypes.Array:
    if array.dtype.kind not in "biuf":
        raise _unknown(array.dtype)
    return array


def _unknown(kind: Any) -> TypeError:
    return TypeError(
        "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found "
        f"{kind}\nConvert what __getitem__ returns, or give DataLoader a collate_fn."
    )
