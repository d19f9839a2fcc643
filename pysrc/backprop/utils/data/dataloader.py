"""Batches of a dataset, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from ...ops.creation import as_tensor, tensor
from ...random import Generator
from ...warning import warn
from .collate import default_collate
from .dataset import IterableDataset, TensorDataset
from .sampler import BatchSampler, RandomSampler, SequentialSampler, drawn_seed


class DataLoader:
    """Goes through a dataset in batches; each ``for`` over it is one epoch.

    >>> import backprop as torch
    >>> from backprop.utils.data import DataLoader, TensorDataset
    >>> loader = DataLoader(TensorDataset(torch.arange(5)), batch_size=2)
    >>> for (batch,) in loader:
    ...     print(batch)
    tensor([0, 1])
    tensor([2, 3])
    tensor([4])

    Args:
        dataset: what has ``__getitem__`` and ``__len__``, or ``__iter__`` if it is an `IterableDataset`.
        batch_size: how many examples a batch has; None for examples one by one, as they are.
        shuffle: whether each epoch has an order of its own: PyTorch's, for the same seed.
        sampler: the numbers of the examples, in order.
        batch_sampler: lists of numbers, one for each batch.
        num_workers: batches are made in this process, whatever the number: they are the same.
        collate_fn: from a list of examples to a batch; see `default_collate`.
        pin_memory: no effect without a GPU.
        drop_last: whether a last, shorter batch is left out.
        timeout: of workers, as are the next two.
        worker_init_fn: see `num_workers`.
        multiprocessing_context: see `num_workers`.
        generator: draws the order; the default one draws a seed for it if this is left out.
        prefetch_factor: of workers, as is the next.
        persistent_workers: see `num_workers`.
        pin_memory_device: see `pin_memory`.
        in_order: batches always come in order here.

    Raises:
        ValueError: options exclude each other, or a number is out of range.

    As in PyTorch, `pin_memory` without an accelerator is a warning when a pass begins.
    """

    def __init__(
        self,
        dataset: Any,
        batch_size: int | None = 1,
        shuffle: bool | None = None,
        sampler: Iterable[Any] | None = None,
        batch_sampler: Iterable[list[Any]] | None = None,
        num_workers: int = 0,
        collate_fn: Callable[[list[Any]], Any] | None = None,
        pin_memory: bool = False,
        drop_last: bool = False,
        timeout: float = 0,
        worker_init_fn: Callable[[int], None] | None = None,
        multiprocessing_context: Any = None,
        generator: Generator | None = None,
        *,
        prefetch_factor: int | None = None,
        persistent_workers: bool = False,
        pin_memory_device: str = "",
        in_order: bool = True,
    ) -> None:
        self._check_workers(num_workers, timeout, prefetch_factor, persistent_workers)
        if multiprocessing_context is not None and num_workers == 0:
            raise ValueError(
                "multiprocessing_context can only be used with multi-process loading (num_workers > 0), "
                f"but got num_workers={num_workers}\nLeave it out."
            )
        self.dataset = dataset
        self.num_workers = num_workers
        self.prefetch_factor = 2 if num_workers > 0 and prefetch_factor is None else prefetch_factor
        self.pin_memory = pin_memory
        self.pin_memory_device = pin_memory_device
        self.timeout = timeout
        self.worker_init_fn = worker_init_fn
        self.multiprocessing_context = multiprocessing_context
        self.persistent_workers = persistent_workers
        self.in_order = in_order
        self.generator = generator
        self._iterable = isinstance(dataset, IterableDataset)
        self._refuse_contradictions(batch_size, shuffle, sampler, batch_sampler, drop_last)
        if sampler is None and not self._iterable:
            shuffled = RandomSampler(dataset, generator=generator) if shuffle else None
            sampler = shuffled or SequentialSampler(dataset)
        if batch_sampler is not None:
            batch_size, drop_last = None, False
        elif batch_size is not None and sampler is not None:
            batch_sampler = BatchSampler(sampler, batch_size, drop_last)
        self.batch_size = batch_size
        self.drop_last = drop_last
        self.sampler = sampler
        self.batch_sampler = batch_sampler
        if collate_fn is None:
            joins = batch_sampler is not None or (self._iterable and batch_size is not None)
            collate_fn = default_collate if joins else converted
        self.collate_fn = collate_fn

    @staticmethod
    def _check_workers(workers: int, timeout: float, prefetch: int | None, stay: bool) -> None:
        if workers < 0:
            raise ValueError(
                "num_workers option should be non-negative; use num_workers=0 to disable "
                "multiprocessing.\nHere every number means that."
            )
        if timeout < 0:
            raise ValueError("timeout option should be non-negative\nIt is a number of seconds.")
        if workers == 0 and prefetch is not None:
            raise ValueError(
                "prefetch_factor option could only be specified in multiprocessing.let num_workers > 0 to "
                "enable multiprocessing, otherwise set prefetch_factor to None.\nLeave it out."
            )
        if prefetch is not None and prefetch < 0:
            raise ValueError("prefetch_factor option should be non-negative\nLeave it out.")
        if stay and workers == 0:
            raise ValueError("persistent_workers option needs num_workers > 0\nLeave it out.")

    def _refuse_contradictions(
        self, batch_size: Any, shuffle: Any, sampler: Any, batch_sampler: Any, drop_last: bool
    ) -> None:
        if self._iterable:
            for name, given in {
                "shuffle": shuffle if shuffle else None,
                "sampler": sampler,
                "batch_sampler": batch_sampler,
            }.items():
                if given is not None:
                    raise ValueError(
                        f"DataLoader with IterableDataset: expected unspecified {name} option, but got "
                        f"{name}={given}\nIt gives its examples in an order of its own."
                    )
        if sampler is not None and shuffle:
            raise ValueError(
                "sampler option is mutually exclusive with shuffle\nBoth would decide the order."
            )
        if batch_sampler is not None and (batch_size != 1 or shuffle or sampler or drop_last):
            raise ValueError(
                "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and "
                "drop_last\nIt decides all of that."
            )
        if batch_sampler is None and batch_size is None and drop_last:
            raise ValueError(
                "batch_size=None option disables auto-batching and is mutually exclusive with drop_last\n"
                "There are no batches of which one could be dropped."
            )
        if batch_size is not None:
            BatchSampler((), batch_size, drop_last)  # checks the size

    def __iter__(self) -> Iterator[Any]:
        if self.pin_memory:
            warn(
                "'pin_memory' argument is set as true but no accelerator is found, then device pinned "
                "memory won't be used."
            )
        # PyTorch draws the workers' seed as soon as a pass begins, also where there are none.
        drawn_seed(self.generator)
        return _SingleProcessDataLoaderIter(self, self._batches())

    def _batches(self) -> Iterator[Any]:
        if self._iterable:
            yield from self._of_a_stream()
        elif self.batch_sampler is None:
            for number in self.sampler or ():
                yield self.collate_fn(self.dataset[number])
        elif type(self.dataset) is TensorDataset and self.collate_fn is default_collate:
            # What picking rows one by one and stacking them comes to, in one step.
            for numbers in self.batch_sampler:
                places = tensor(numbers)
                yield [each[places] for each in self.dataset.tensors]
        else:
            for numbers in self.batch_sampler:
                yield self.collate_fn([self.dataset[number] for number in numbers])

    def _of_a_stream(self) -> Iterator[Any]:
        if self.batch_size is None:
            yield from map(self.collate_fn, self.dataset)
            return
        for examples in BatchSampler(self.dataset, self.batch_size, self.drop_last):
            yield self.collate_fn(examples)

    def __len__(self) -> int:
        if self._iterable:
            size = self.batch_size or 1
            count = len(self.dataset)
            return count // size if self.drop_last else -(-count // size)
        batches: Any = self.sampler if self.batch_sampler is None else self.batch_sampler
        return len(batches)


class _SingleProcessDataLoaderIter:
    """One pass through a loader, under the name by which PyTorch prints it.

    Args:
        loader: what is gone through.
        batches: its batches.
    """

    def __init__(self, loader: DataLoader, batches: Iterator[Any]) -> None:
        self._loader = loader
        self._batches = batches

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return next(self._batches)

    def __len__(self) -> int:
        return len(self._loader)

    def __getattr__(self, name: str) -> Any:
        remedy = "\nPython 3 writes next(iterator)." if name == "next" else ""
        raise AttributeError(
            f"'{type(self).__name__}' object has no attribute '{name}'{remedy}", name=name
        )


def get_worker_info() -> Any:
    """None: batches are made in the program's own process, whatever the number of workers."""
    return None


def converted(example: Any) -> Any:
    """An example as it is, with its arrays as tensors: what is done where nothing is joined."""
    if isinstance(example, np.ndarray):
        return as_tensor(example)
    if isinstance(example, dict):
        return {key: converted(value) for key, value in example.items()}
    if isinstance(example, (list, tuple)) and not hasattr(example, "_fields"):
        return [converted(value) for value in example]
    return example
