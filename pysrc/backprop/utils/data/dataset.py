"""Examples by their numbers."""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from ...random import Generator, default_generator, randperm
from ...tensor import Tensor
from ...warning import warn

T_co = TypeVar("T_co", covariant=True)


class Dataset(Generic[T_co]):
    """Examples that are asked for by number; write ``__getitem__`` and ``__len__`` in a subclass."""

    def __getitem__(self, index: Any) -> T_co:
        raise NotImplementedError(
            "Subclasses of Dataset should implement __getitem__.\n"
            "Write def __getitem__(self, index): in your class, returning one example."
        )

    def __add__(self, other: Dataset[Any]) -> ConcatDataset:
        return ConcatDataset([self, other])


class IterableDataset(Dataset[T_co]):
    """Examples that come one after the other; write ``__iter__`` in a subclass."""

    def __iter__(self) -> Iterator[T_co]:
        raise NotImplementedError(
            "Subclasses of IterableDataset should implement __iter__.\n"
            "Write def __iter__(self): in your class, yielding examples."
        )


class TensorDataset(Dataset[tuple[Tensor, ...]]):
    """Tensors of the same first size: example i is the i-th row of each.

    >>> import backprop as torch
    >>> dataset = TensorDataset(torch.tensor([[1.0], [2.0]]), torch.tensor([0, 1]))
    >>> dataset[1]
    (tensor([2.]), tensor(1))

    Raises:
        AssertionError: the first sizes differ.
    """

    def __init__(self, *tensors: Tensor) -> None:
        if any(len(each) != len(tensors[0]) for each in tensors):
            raise AssertionError(
                "Size mismatch between tensors\nThey have "
                f"{', '.join(str(len(each)) for each in tensors)} rows; an example takes one of each."
            )
        self.tensors = tensors

    def __getitem__(self, index: Any) -> tuple[Tensor, ...]:
        return tuple(each[index] for each in self.tensors)

    def __len__(self) -> int:
        return len(self.tensors[0])


class Subset(Dataset[T_co]):
    """Those examples of a dataset whose numbers are in `indices`."""

    def __init__(self, dataset: Any, indices: Sequence[int]) -> None:
        self.dataset = dataset
        self.indices = indices

    def __getitem__(self, index: Any) -> T_co:
        chosen = [self.indices[each] for each in index] if isinstance(index, list) else None
        found: T_co = self.dataset[self.indices[index] if chosen is None else chosen]
        return found

    def __len__(self) -> int:
        return len(self.indices)


class ConcatDataset(Dataset[Any]):
    """Several datasets one after the other; ``first + second`` makes one.

    Raises:
        AssertionError: there are none.
    """

    def __init__(self, datasets: Iterable[Any]) -> None:
        self.datasets = list(datasets)
        if not self.datasets:
            raise AssertionError("datasets should not be an empty iterable\nGive it at least one.")
        self.cumulative_sizes = list(itertools.accumulate(len(each) for each in self.datasets))

    def __getitem__(self, index: int) -> Any:
        if index < 0:
            if -index > len(self):
                raise ValueError(
                    "absolute value of index should not exceed dataset length\n"
                    f"There are {len(self)} examples."
                )
            index += len(self)
        place = bisect.bisect_right(self.cumulative_sizes, index)
        before = self.cumulative_sizes[place - 1] if place else 0
        return self.datasets[place][index - before]

    def __len__(self) -> int:
        return self.cumulative_sizes[-1]


def random_split(
    dataset: Any, lengths: Sequence[float], generator: Generator | None = default_generator
) -> list[Subset[Any]]:
    """Split a dataset at random into parts of given sizes, or of given shares that add up to 1.

    >>> import backprop as torch
    >>> generator = torch.Generator().manual_seed(0)
    >>> [list(part) for part in random_split(range(5), [3, 2], generator)]
    [[4, 0, 1], [3, 2]]

    What shares leave over is given to the parts in turn, one example each.

    Raises:
        ValueError: the sizes don't add up to the size of the dataset, or a share is not from 0 to 1.
    """
    if math.isclose(sum(lengths), 1) and sum(lengths) <= 1:
        lengths = _from_shares(len(dataset), lengths)
    if sum(lengths) != len(dataset):
        raise ValueError(
            "Sum of input lengths does not equal the length of the input dataset!\n"
            f"They add up to {sum(lengths)}, and there are {len(dataset)} examples. Shares, such as "
            "[0.8, 0.2], fit always."
        )
    order = randperm(len(dataset), generator=generator).tolist()
    ends = itertools.accumulate(int(each) for each in lengths)
    return [
        Subset(dataset, order[end - int(length) : end])
        for end, length in zip(ends, lengths, strict=True)
    ]


def _from_shares(count: int, shares: Sequence[float]) -> list[int]:
    for place, share in enumerate(shares):
        if not 0 <= share <= 1:
            raise ValueError(
                f"Fraction at index {place} is not between 0 and 1\nA share of all examples is."
            )
    sizes = [math.floor(count * share) for share in shares]
    for place in range(count - sum(sizes)):
        sizes[place % len(sizes)] += 1
    for place, size in enumerate(sizes):
        if size == 0:
            warn(
                f"Length of split at index {place} is 0. This might result in an empty dataset.",
            )
    return sizes
