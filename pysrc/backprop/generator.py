"""The generator of PyTorch's random numbers.

PyTorch's CPU generator is the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), which NumPy
has too. What makes the numbers equal is how the 32-bit draws are turned into each distribution, in
which order; that is written down here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import numpy as np

from . import cephes
from .device import device as device_type
from .dtypes import Array
from .fused import fused_multiply_add
from .tensor import Tensor, wrap

#: What PyTorch's generator starts from where nobody has set a seed.
DEFAULT_SEED = 67280421310721


class Generator:
    """A stream of random numbers of its own.

    >>> import backprop as torch
    >>> torch.rand(2, generator=torch.Generator().manual_seed(0))
    tensor([0.4963, 0.7682])
    """

    def __init__(self, device: Any = "cpu") -> None:
        self.device = device_type(device)
        if self.device.type != "cpu":
            kind = self.device.type.upper()
            raise RuntimeError(
                f"Cannot get {kind} generator without ATen_{self.device.type} library.\n"
                "Leave the device out: random numbers are drawn on the CPU."
            )
        self.manual_seed(DEFAULT_SEED)

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream afresh from `seed`; return the generator."""
        self._seed = int(seed)
        self._second_normal: float | None = None
        self.__dict__.pop("_twister", None)
        return self

    @cached_property
    def _twister(self) -> np.random.RandomState:
        # Made when the first number is drawn: `numpy.random` takes a while to import.
        return np.random.RandomState(self._seed & 0xFFFFFFFF)

    def initial_seed(self) -> int:
        """The seed that the stream was started from."""
        return self._seed

    def seed(self) -> int:
        """Start the stream from a seed that the system draws; return it."""
        drawn = int.from_bytes(np.random.default_rng().bytes(8), "big")
        self.manual_seed(drawn)
        return drawn

    def get_state(self) -> Tensor:
        """Where the stream is, for `set_state`."""
        _, words, position, *_ = self._twister.get_state(legacy=True)
        second = np.float64(math.nan if self._second_normal is None else self._second_normal)
        seed = np.uint64(self._seed & 0xFFFFFFFFFFFFFFFF)
        rest = np.array([np.uint64(position), second.view(np.uint64), seed])
        return wrap(np.concatenate([np.asarray(words, np.uint64), rest]).view(np.uint8))

    def set_state(self, new_state: Tensor) -> None:
        """Go on from where the stream was when `get_state` was called."""
        numbers = new_state.array.view(np.uint64)
        position, second, seed = numbers[-3:]
        self._seed = int(seed)
        words = numbers[:-3].astype(np.uint32)
        self._twister.set_state(("MT19937", words, int(position), 0, 0.0))
        normal = float(second.view(np.float64))
        self._second_normal = None if math.isnan(normal) else normal

    @contextmanager
    def set_aside(self) -> Iterator[None]:
        """Whatever is drawn inside, the stream goes on afterwards from where it is now.

        Inside, it begins afresh: unlike `get_state` and `set_state` this copies nothing.
        """
        kept = dict(self.__dict__)
        self.manual_seed(self._seed)
        try:
            yield
        finally:
            self.__dict__.clear()
            self.__dict__.update(kept)

    def draw32(self, count: int) -> Array:
        """The next `count` 32-bit numbers."""
        return self._twister.randint(0, 1 << 32, size=count, dtype=np.uint32)

    def draw64(self, count: int) -> Array:
        """The next `count` 64-bit numbers, each of two 32-bit ones, the high one first."""
        pairs = self.draw32(2 * count).astype(np.uint64)
        return (pairs[0::2] << np.uint64(32)) | pairs[1::2]

    def uniform32(self, count: int) -> Array:
        """float32 in [0, 1): the low 24 bits of a draw."""
        return (self.draw32(count) & np.uint32(0xFFFFFF)).astype(np.float32) * np.float32(2.0**-24)

    def uniform64(self, count: int) -> Array:
        """float64 in [0, 1): the low 53 bits of a 64-bit draw."""
        return (self.draw64(count) & np.uint64((1 << 53) - 1)).astype(np.float64) * 2.0**-53

    def exponential64(self, count: int, rate: float = 1.0) -> Array:
        """float64, distributed as the waiting times between events, `rate` of them in a unit of time."""
        return -1 / rate * np.log1p(-self.uniform64(count))

    def normal(
        self,
        count: int,
        kind: np.dtype[Any],
        mean: float = 0.0,
        std: float = 1.0,
        *,
        contiguous: bool = True,
    ) -> Array:
        """Normal numbers, by Box and Muller (1958).

        Fewer than 16, and those of a tensor that is not `contiguous`, are drawn in another way than blocks of
        16 are.
        """
        if count < 16 or not contiguous:
            normal = np.array([self._next_normal() for _ in range(count)])
            return fused_multiply_add(normal, std, mean, normal.dtype).astype(kind)
        uniform = self.uniform32 if kind == np.float32 else self.uniform64
        values = uniform(count)
        whole = count - count % 16
        blocks = values[:whole].reshape(-1, 16)
        values[:whole] = _box_muller(blocks, mean, std).reshape(-1)
        if whole != count:
            values[-16:] = _box_muller(uniform(16).reshape(1, 16), mean, std).reshape(-1)
        return values

    def _next_normal(self) -> float:
        if self._second_normal is not None:
            value, self._second_normal = self._second_normal, None
            return value
        first, second = (float(each) for each in self.uniform64(2))
        radius, angle = math.sqrt(-2 * math.log1p(-second)), 2 * math.pi * first
        self._second_normal = radius * math.sin(angle)
        return radius * math.cos(angle)

    def whole(self, low: int, high: int, count: int, *, wide: bool | None = None) -> Array:
        """int64 in [low, high), of draws of 64 bits (`wide`; None: if the range is large) or of 32."""
        span = high - low
        wide = span >= 1 << 28 if wide is None else wide
        draws = self.draw64(count) if wide else self.draw32(count)
        return (draws.astype(np.uint64) % np.uint64(span)).astype(np.int64) + low

    def permutation(self, n: int) -> Array:
        """The numbers 0 to n - 1 in a random order, by Fisher and Yates."""
        order = np.arange(n)
        draws = self.draw32(max(n - 1, 0)).astype(np.int64)
        for place in range(n - 1):
            other = place + int(draws[place]) % (n - place)
            order[place], order[other] = order[other], order[place]
        return order


def _box_muller(blocks: Array, mean: float, std: float) -> Array:
    """Normal from uniform numbers, (n, 16): element j of each block goes with element j + 8."""
    kind = blocks.dtype.type
    rest, angle = kind(1) - blocks[:, :8], kind(2 * math.pi) * blocks[:, 8:]
    if kind is np.float32:
        logarithm, (sine, cosine) = cephes.log(rest), cephes.sine_and_cosine(angle)
    else:
        logarithm, sine, cosine = np.log(rest), np.sin(angle), np.cos(angle)
    radius = np.sqrt(kind(-2) * logarithm)
    normal = np.concatenate([radius * cosine, radius * sine], axis=1)
    return fused_multiply_add(normal, std, mean, blocks.dtype)


default_generator = Generator()


def manual_seed(seed: int) -> Generator:
    """Start the random numbers from `seed`: the same program then prints the same numbers.

    >>> import backprop as torch
    >>> _ = torch.manual_seed(0)
    >>> torch.rand(2)
    tensor([0.4963, 0.7682])
    """
    return default_generator.manual_seed(seed)


def initial_seed() -> int:
    """The seed that the random numbers were started from."""
    return default_generator.initial_seed()


def seed() -> int:
    """Start the random numbers from a seed that the system draws; return it."""
    return default_generator.seed()


def get_rng_state() -> Tensor:
    """Where the random numbers are, for `set_rng_state`."""
    return default_generator.get_state()


def set_rng_state(new_state: Tensor) -> None:
    """Go on from where the random numbers were when `get_rng_state` was called."""
    default_generator.set_state(new_state)
