"""PyTorch's own random numbers.

What the generator draws (`generator.py`), as tensors of every distribution and shape: compared with
recorded numbers of PyTorch in the tests.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from . import dtypes
from .dtypes import Array
from .fused import fused_multiply_add
from .generator import (
    Generator,
    default_generator,
    get_rng_state,
    initial_seed,
    manual_seed,
    seed,
    set_rng_state,
)
from .memory_order import in_memory_order
from .ops.creation import finish, shape_of
from .tensor import Tensor, method, wrap, wrap_counts

__all__ = [
    "Generator",
    "bernoulli",
    "default_generator",
    "get_rng_state",
    "initial_seed",
    "manual_seed",
    "multinomial",
    "normal",
    "rand",
    "rand_like",
    "randint",
    "randint_like",
    "randn",
    "randn_like",
    "randperm",
    "seed",
    "set_rng_state",
]


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
    input: Tensor,
    *,
    generator: Generator | None = None,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """`rand` of the shape and type of `input`."""
    kind = _floating_kind(dtype or input.dtype, "check_uniform_bounds")
    drawn = uniform_array((input.array.size,), kind, generator)
    return finish(in_memory_order(drawn, input.array), requires_grad, device)


def randn_like(
    input: Tensor,
    *,
    generator: Generator | None = None,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """`randn` of the shape and type of `input`."""
    kind = _floating_kind(dtype or input.dtype, "normal_kernel_cpu")
    contiguous = input.array.flags.c_contiguous
    source = generator or default_generator
    drawn = source.normal(input.array.size, kind.numpy, contiguous=contiguous).astype(kind.numpy)
    return finish(in_memory_order(drawn, input.array), requires_grad, device)


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
    elif high is None:
        low, high = 0, low
    if high <= low:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    shape = shape_of((size,))
    drawn = (generator or default_generator).whole(low, high, math.prod(shape)).reshape(shape)
    return finish(drawn.astype((dtype or dtypes.int64).numpy), requires_grad, device)


def randint_like(
    input: Tensor,
    low: int,
    high: int | None = None,
    *,
    generator: Generator | None = None,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """`randint` of the shape and type of `input`."""
    if high is None:
        low, high = 0, low
    kind = dtype or input.dtype
    drawn = randint(low, high, (input.array.size,), generator=generator, dtype=kind).array
    return finish(in_memory_order(drawn, input.array), requires_grad, device)


def randperm(
    n: int,
    *,
    generator: Generator | None = None,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """The numbers from 0 to n - 1 in a random order."""
    order = (generator or default_generator).permutation(n)
    return finish(order.astype((dtype or dtypes.int64).numpy), requires_grad, device)


def normal(
    mean: Any = 0.0,
    std: Any = 1.0,
    size: Any = None,
    *,
    generator: Generator | None = None,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """Normal random numbers of a mean and a standard deviation, which may be tensors.

    Args:
        mean: a number, or a tensor of the mean of each.
        std: a number, or a tensor of the deviation of each.
        size: the shape, if both are numbers; the rest is for that case too.
        generator: the stream to draw from.
        dtype: a floating-point type; the default one if left out.
        device: the CPU.
        requires_grad: whether a gradient by them is wanted.
    """
    if not isinstance(mean, Tensor) and not isinstance(std, Tensor):
        kind = _floating_kind(dtype, "normal_kernel_cpu")
        drawn = finish(np.empty(shape_of((size,)), kind.numpy), False, device)
        drawn.normal_(mean, std, generator=generator)
        return drawn.requires_grad_() if requires_grad else drawn
    if not isinstance(std, Tensor):
        drawn = wrap(np.empty_like(mean.array)).normal_(0, std, generator=generator)
        return wrap(drawn.array + mean.array)
    center = mean.array if isinstance(mean, Tensor) else std.array.dtype.type(mean)
    shape = np.broadcast_shapes(center.shape, std.array.shape)
    drawn = wrap(np.empty(shape, std.array.dtype)).normal_(generator=generator)
    return wrap(drawn.array * std.array + center)


@method()
def bernoulli(
    input: Tensor, p: float | None = None, *, generator: Generator | None = None
) -> Tensor:
    """1 with the probability that each element states, or with `p`; otherwise 0."""
    if p is not None:
        return bernoulli_(wrap(np.empty_like(input.array)), p, generator=generator)
    drawn = uniform_array(input.array.shape, input.dtype, generator)
    return wrap((drawn < input.array).astype(input.array.dtype))


def _write(input: Tensor, drawn: Array) -> Tensor:
    """Write drawn numbers, (n,), over the tensor, in the order in which its elements lie in memory."""
    return input.copy_(wrap(in_memory_order(drawn, input.array)))


@method()
def uniform_(
    input: Tensor, a: float = 0.0, b: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write uniform random numbers in [a, b) over the tensor."""
    kind = input.array.dtype
    low, high = kind.type(a), kind.type(b)
    drawn = uniform_array((input.array.size,), input.dtype, generator)
    return _write(input, fused_multiply_add(drawn, high - low, low, kind))


@method()
def normal_(
    input: Tensor, mean: float = 0.0, std: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write normal random numbers over the tensor."""
    array, source = input.array, generator or default_generator
    contiguous = array.flags.c_contiguous
    return _write(input, source.normal(array.size, array.dtype, mean, std, contiguous=contiguous))


@method()
def bernoulli_(input: Tensor, p: Any = 0.5, *, generator: Generator | None = None) -> Tensor:
    """Write 1 with probability `p`, otherwise 0, over the tensor; `p` may be a tensor, broadcast."""
    if isinstance(p, Tensor):
        chances = wrap(np.broadcast_to(p.array, input.array.shape))
        return input.copy_(bernoulli(chances, generator=generator))
    # With one probability for all, PyTorch compares float64 numbers; with a tensor of them, float32.
    drawn = (generator or default_generator).uniform64(input.array.size)
    return _write(input, (drawn < p).astype(input.array.dtype))


@method()
def random_(
    input: Tensor,
    start: int | None = None,
    to: int | None = None,
    *,
    generator: Generator | None = None,
) -> Tensor:
    """Write whole random numbers from `start` (0 if there is only one) to `to` - 1 over the tensor.

    Without both they are from 0 to the largest that the tensor's type has exactly.
    """
    kind = input.array.dtype
    source, count = generator or default_generator, input.array.size
    if start is None:
        drawn = source.whole(0, _count_of_whole(kind), count, wide=kind.itemsize == 8)
    elif to is None:
        drawn = source.whole(0, start, count)
    else:
        drawn = source.whole(start, to, count)
    return _write(input, drawn.astype(kind))


def _count_of_whole(kind: np.dtype[Any]) -> int:
    """How many whole numbers from 0 on a type has, all of which it tells apart."""
    if kind.kind == "b":
        return 2
    return (1 << np.finfo(kind).nmant + 1) + 1 if kind.kind == "f" else int(np.iinfo(kind).max) + 1


@method()
def exponential_(
    input: Tensor, lambd: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write random waiting times between events over the tensor, with `lambd` events in a unit of time."""
    drawn = (generator or default_generator).exponential64(input.array.size, lambd)
    return _write(input, drawn.astype(input.array.dtype))


@method()
def multinomial(
    input: Tensor,
    num_samples: int,
    replacement: bool = False,
    *,
    generator: Generator | None = None,
) -> Tensor:
    """Places drawn with the weights that `input` gives, (n,) or one draw for each row of (m, n).

    Raises:
        RuntimeError: more are asked for than there are, or a weight is negative, infinite or NaN.
    """
    weights = input.array
    if not replacement and num_samples > weights.shape[-1]:
        raise RuntimeError(
            "cannot sample n_sample > prob_dist.size(-1) samples without replacement"
        )
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise RuntimeError("probability tensor contains either `inf`, `nan` or element < 0")
    source = generator or default_generator
    if replacement and num_samples > 1:
        rising = np.cumsum(weights, axis=-1, dtype=weights.dtype)
        rising /= rising[..., -1:]
        drawn = source.uniform64(math.prod(weights.shape[:-1]) * num_samples)
        drawn = drawn.reshape(*weights.shape[:-1], num_samples)
        return wrap_counts((drawn[..., :, None] > rising[..., None, :]).sum(axis=-1))
    # Whoever's event comes first is drawn first: a race of exponential waiting times.
    waits = source.exponential64(weights.size).astype(weights.dtype).reshape(weights.shape)
    with np.errstate(divide="ignore"):
        order = np.argsort(-(weights / waits), axis=-1, kind="stable")
    return wrap_counts(order[..., :num_samples].copy())
