"""The order in which examples are taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import Any, Generic, TypeVar

from ...dtypes import float64
from ...ops.creation import as_tensor
from ...random import Generator, default_generator, multinomial, randint, randperm

T_co = TypeVar("T_co", covariant=True)


class Sampler(Generic[T_co]):
    """Numbers of examples, one after the other; write ``__iter__`` in a subclass."""

    def __init__(self, data_source: Any = None) -> None:
        """Nothing needs to be prepared."""

    def __iter__(self) -> Iterator[T_co]:
        raise NotImplementedError(
            "Subclasses of Sampler should implement __iter__.\n"
            "Write def __iter__(self): in your class, yielding numbers of examples."
        )


class SequentialSampler(Sampler[int]):
    """Every example once, in order."""

    def __init__(self, data_source: Sized) -> None:
        self.data_source = data_source

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.data_source)))

    def __len__(self) -> int:
        return len(self.data_source)


class RandomSampler(Sampler[int]):
    """Every example once, at random; or `num_samples` of them, with `replacement` or without.

    The order is PyTorch's: a generator of its own is started for each pass, from a number that the
    default one draws; unless `generator` is given, which then goes on from pass to pass.

    Raises:
        TypeError: `replacement` is no truth value.
        ValueError: there is nothing to draw.
    """

    def __init__(
        self,
        data_source: Sized,
        replacement: bool = False,
        num_samples: int | None = None,
        generator: Generator | None = None,
    ) -> None:
        self.data_source = data_source
        self.replacement = replacement
        self._num_samples = num_samples
        self.generator = generator
        if not isinstance(replacement, bool):
            raise TypeError(
                f"replacement should be a boolean value, but got replacement={replacement}\n"
                "It says whether an example can be drawn twice."
            )
        if not isinstance(self.num_samples, int) or self.num_samples <= 0:
            raise ValueError(
                "num_samples should be a positive integer value, but got "
                f"num_samples={self.num_samples}\nThere must be an example to draw."
            )

    @property
    def num_samples(self) -> int:
        """How many are drawn in one pass."""
        return len(self.data_source) if self._num_samples is None else self._num_samples

    def __iter__(self) -> Iterator[int]:
        count, wanted = len(self.data_source), self.num_samples
        source = self.generator
        if source is None:
            source = Generator().manual_seed(drawn_seed(None))
        if self.replacement:
            for _ in range(wanted // 32):
                yield from randint(count, (32,), generator=source).tolist()
            yield from randint(count, (wanted % 32,), generator=source).tolist()
            return
        for _ in range(wanted // count):
            yield from randperm(count, generator=source).tolist()
        # PyTorch draws this order too where nothing is left of it.
        yield from randperm(count, generator=source).tolist()[: wanted % count]

    def __len__(self) -> int:
        return self.num_samples


class SubsetRandomSampler(Sampler[int]):
    """The given numbers, each once, at random."""

    def __init__(self, indices: Sequence[int], generator: Generator | None = None) -> None:
        self.indices = indices
        self.generator = generator

    def __iter__(self) -> Iterator[int]:
        for place in randperm(len(self.indices), generator=self.generator).tolist():
            yield self.indices[place]

    def __len__(self) -> int:
        return len(self.indices)


class WeightedRandomSampler(Sampler[int]):
    """Numbers below ``len(weights)``, each drawn with a probability in proportion to its weight.

    Raises:
        ValueError: a number is not what it should be.
    """

    def __init__(
        self,
        weights: Sequence[float],
        num_samples: int,
        replacement: bool = True,
        generator: Generator | None = None,
    ) -> None:
        if not isinstance(num_samples, int) or isinstance(num_samples, bool) or num_samples <= 0:
            raise ValueError(
                f"num_samples should be a positive integer value, but got num_samples={num_samples}\n"
                "It is how many examples are drawn in one pass."
            )
        if not isinstance(replacement, bool):
            raise ValueError(
                f"replacement should be a boolean value, but got replacement={replacement}\n"
                "It says whether an example can be drawn twice."
            )
        self.weights = as_tensor(weights, dtype=float64)
        if self.weights.ndim != 1:
            raise ValueError(
                "weights should be a 1d sequence but given weights have shape "
                f"{tuple(self.weights.shape)}\nEach example has one weight."
            )
        self.num_samples = num_samples
        self.replacement = replacement
        self.generator = generator

    def __iter__(self) -> Iterator[int]:
        drawn = multinomial(
            self.weights, self.num_samples, self.replacement, generator=self.generator
        )
        yield from drawn.tolist()

    def __len__(self) -> int:
        return self.num_samples


class BatchSampler(Sampler[list[int]]):
    """Lists of `batch_size` numbers of another sampler; the last may be shorter, or is dropped.

    Raises:
        ValueError: the size is no positive whole number, or `drop_last` no truth value.
    """

    def __init__(self, sampler: Iterable[int], batch_size: int, drop_last: bool) -> None:
        if not isinstance(batch_size, int) or isinstance(batch_size, bool) or batch_size <= 0:
            raise ValueError(
                "batch_size should be a positive integer value, but got "
                f"batch_size={batch_size}\nIt is how many examples a batch has."
            )
        if not isinstance(drop_last, bool):
            raise ValueError(
                f"drop_last should be a boolean value, but got drop_last={drop_last}\n"
                "It says whether a last, shorter batch is left out."
            )
        self.sampler = sampler
        self.batch_size = batch_size
        self.drop_last = drop_last

    def __iter__(self) -> Iterator[list[int]]:
        batch = []
        for number in self.sampler:
            batch.append(number)
            if len(batch) == self.batch_size:
                yield batch
                batch = []
        if batch and not self.drop_last:
            yield batch

    def __len__(self) -> int:
        count = len(self.sampler)  # type: ignore[arg-type]
        return count // self.batch_size if self.drop_last else -(-count // self.batch_size)


def drawn_seed(generator: Generator | None) -> int:
    """A seed drawn as PyTorch draws one: the low 63 bits of 64."""
    return int((generator or default_generator).draw64(1)[0]) & ((1 << 63) - 1)
