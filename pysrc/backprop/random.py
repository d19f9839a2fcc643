"""PyTorch's own random numbers.

PyTorch's CPU generator is the Mersenne Twister MT19937 (Matsumoto and Nishimura, 1998), which NumPy
has too. What makes the numbers equal is how the 32-bit draws are turned into each distribution, in
which order; that is written down here, and compared with recorded numbers of PyTorch in the tests.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from . import dtypes
from .dtypes import Array
from .ops.creation import finish, shape_of
from .tensor import Tensor, method, wrap

__all__ = [
    "Generator",
    "bernoulli",
    "initial_seed",
    "manual_seed",
    "normal",
    "rand",
    "rand_like",
    "randint",
    "randn",
    "randn_like",
    "randperm",
    "seed",
]

#: What PyTorch's generator starts from where nobody has set a seed.
DEFAULT_SEED = 67280421310721


class Generator:
    """A stream of random numbers of its own.

    >>> import backprop as torch
    >>> torch.rand(2, generator=torch.Generator().manual_seed(0))
    tensor([0.4963, 0.7682])
    """

    def __init__(self, device: Any = "cpu") -> None:
        self.manual_seed(DEFAULT_SEED)

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream afresh from `seed`; return the generator."""
        self._seed = int(seed)
        self._twister = np.random.RandomState(self._seed & 0xFFFFFFFF)
        self._second_normal: float | None = None
        return self

    def initial_seed(self) -> int:
        """The seed that the stream was started from."""
        return self._seed

    def seed(self) -> int:
        """Start the stream from a seed that the system draws; return it."""
        drawn = int.from_bytes(np.random.default_rng().bytes(8), "big")
        self.manual_seed(drawn)
        return drawn

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

    def normal(self, count: int, kind: np.dtype[Any]) -> Array:
        """Normal numbers of mean 0 and deviation 1, by Box and Muller (1958)."""
        if count < 16:
            return np.array([self._next_normal() for _ in range(count)]).astype(kind)
        uniform = self.uniform32 if kind == np.float32 else self.uniform64
        values = uniform(count)
        whole = count - count % 16
        blocks = values[:whole].reshape(-1, 16)
        values[:whole] = _box_muller(blocks).reshape(-1)
        if whole != count:
            values[-16:] = _box_muller(uniform(16).reshape(1, 16)).reshape(-1)
        return values

    def _next_normal(self) -> float:
        if self._second_normal is not None:
            value, self._second_normal = self._second_normal, None
            return value
        first, second = (float(each) for each in self.uniform64(2))
        radius, angle = math.sqrt(-2 * math.log1p(-second)), 2 * math.pi * first
        self._second_normal = radius * math.sin(angle)
        return radius * math.cos(angle)

    def whole(self, low: int, high: int, count: int) -> Array:
        """int64 in [low, high)."""
        span = high - low
        draws = self.draw64(count) if span >= 1 << 32 else self.draw32(count)
        return (draws.astype(np.uint64) % np.uint64(span)).astype(np.int64) + low

    def permutation(self, n: int) -> Array:
        """The numbers 0 to n - 1 in a random order, by Fisher and Yates."""
        order = np.arange(n)
        draws = self.draw32(max(n - 1, 0)).astype(np.int64)
        for place in range(n - 1):
            other = place + int(draws[place]) % (n - place)
            order[place], order[other] = order[other], order[place]
        return order


def _box_muller(blocks: Array) -> Array:
    """Normal from uniform numbers, (n, 16): element j of each block goes with element j + 8."""
    kind = blocks.dtype.type
    radius = np.sqrt(kind(-2) * np.log(kind(1) - blocks[:, :8]))
    angle = kind(2 * math.pi) * blocks[:, 8:]
    return np.concatenate([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


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


def _floating_kind(dtype: dtypes.dtype | None, name: str) -> dtypes.dtype:
    kind = dtype or dtypes.get_default_dtype()
    if not kind.is_floating_point:
        raise NotImplementedError(
            f"\"{name}\" not implemented for '{kind.name.capitalize()}'\n"
            "Use randint for whole numbers."
        )
    return kind


def uniform_array(
    shape: tuple[int, ...], kind: dtypes.dtype, generator: Generator | None = None
) -> Array:
    """Uniform numbers in [0, 1) of a shape and a floating-point type."""
    source = generator or default_generator
    count = math.prod(shape)
    drawn = source.uniform64(count) if kind is dtypes.float64 else source.uniform32(count)
    return drawn.astype(kind.numpy).reshape(shape)


def normal_array(
    shape: tuple[int, ...], kind: dtypes.dtype, generator: Generator | None = None
) -> Array:
    """Normal numbers of mean 0 and deviation 1 of a shape and a floating-point type."""
    source = generator or default_generator
    return source.normal(math.prod(shape), kind.numpy).astype(kind.numpy).reshape(shape)


def rand(
    *size: Any,
    generator: Generator | None = None,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """Uniform random numbers in [0, 1)."""
    kind = _floating_kind(dtype, "check_uniform_bounds")
    return finish(uniform_array(shape_of(size), kind, generator), requires_grad, device)


def randn(
    *size: Any,
    generator: Generator | None = None,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """Normal random numbers of mean 0 and standard deviation 1."""
    kind = _floating_kind(dtype, "normal_kernel_cpu")
    return finish(normal_array(shape_of(size), kind, generator), requires_grad, device)


def rand_like(
    input: Tensor, *, dtype: dtypes.dtype | None = None, requires_grad: bool = False
) -> Tensor:
    """`rand` of the shape and type of `input`."""
    return rand(input.array.shape, dtype=dtype or input.dtype, requires_grad=requires_grad)


def randn_like(
    input: Tensor, *, dtype: dtypes.dtype | None = None, requires_grad: bool = False
) -> Tensor:
    """`randn` of the shape and type of `input`."""
    return randn(input.array.shape, dtype=dtype or input.dtype, requires_grad=requires_grad)


def randint(
    low: int,
    high: Any = None,
    size: Any = None,
    *,
    generator: Generator | None = None,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """Whole random numbers from `low` (0 if left out) up to, not including, `high`.

    Raises:
        RuntimeError: there is no number between the two.
    """
    if size is None:
        low, high, size = 0, low, high
    if high <= low:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    shape = shape_of((size,))
    drawn = (generator or default_generator).whole(low, high, math.prod(shape)).reshape(shape)
    return finish(drawn.astype((dtype or dtypes.int64).numpy), requires_grad, device)


def randperm(
    n: int,
    *,
    generator: Generator | None = None,
    dtype: dtypes.dtype = dtypes.int64,
    device: Any = None,
) -> Tensor:
    """The numbers from 0 to n - 1 in a random order."""
    order = (generator or default_generator).permutation(n)
    return finish(order.astype(dtype.numpy), False, device)


def normal(
    mean: Any = 0.0, std: Any = 1.0, size: Any = None, *, generator: Generator | None = None
) -> Tensor:
    """Normal random numbers of a mean and a standard deviation, which may be tensors."""
    if size is None:
        like = mean if isinstance(mean, Tensor) else std
        size = like.array.shape
    drawn = normal_array(shape_of((tuple(size),)), dtypes.get_default_dtype(), generator)
    center = mean.array if isinstance(mean, Tensor) else np.float32(mean)
    width = std.array if isinstance(std, Tensor) else np.float32(std)
    return wrap(drawn * width + center)


@method()
def bernoulli(
    input: Tensor, p: float | None = None, *, generator: Generator | None = None
) -> Tensor:
    """1 with the probability that each element states, or with `p`; otherwise 0."""
    if p is not None:
        return bernoulli_(wrap(np.empty_like(input.array)), p, generator=generator)
    drawn = uniform_array(input.array.shape, input.dtype, generator)
    return wrap((drawn < input.array).astype(input.array.dtype))


def _write(input: Tensor, array: Array) -> Tensor:
    return input.copy_(wrap(array))


@method()
def uniform_(
    input: Tensor, a: float = 0.0, b: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write uniform random numbers in [a, b) over the tensor."""
    kind = input.array.dtype.type
    drawn = uniform_array(input.array.shape, input.dtype, generator)
    return _write(input, drawn * kind(b - a) + kind(a))


@method()
def normal_(
    input: Tensor, mean: float = 0.0, std: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write normal random numbers over the tensor."""
    kind = input.array.dtype.type
    return _write(
        input, normal_array(input.array.shape, input.dtype, generator) * kind(std) + kind(mean)
    )


@method()
def bernoulli_(input: Tensor, p: float = 0.5, *, generator: Generator | None = None) -> Tensor:
    """Write 1 with probability `p`, otherwise 0, over the tensor."""
    # With one probability for all, PyTorch compares float64 numbers; with a tensor of them, float32.
    drawn = (generator or default_generator).uniform64(input.array.size)
    return _write(input, (drawn.reshape(input.array.shape) < p).astype(input.array.dtype))
