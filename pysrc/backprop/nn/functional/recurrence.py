"""What recurrent layers share: the order of the time steps, their weights, and what they return.

A recurrent layer is one small network that is applied at each time step, to that step's input and to the
state that the step before left. The input's share is one matrix product for all steps; the loop over time
has the state's share alone. The layers are in `elman`, `lstm` and `gru`: each one operation on the tape.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...tensor import Tensor

__all__: list[str] = []


class Weights(NamedTuple):
    """The parameters of a layer in one direction: G gates, or as many as they are, of H numbers each.

    Attributes:
        by_input: (G H, I).
        by_state: (G H, P), where P is H if there is no projection.
        input_bias: (G H,) or None.
        state_bias: (G H,) or None.
        projection: (P, H) or None.
    """

    by_input: Tensor
    by_state: Tensor
    input_bias: Tensor | None = None
    state_bias: Tensor | None = None
    projection: Tensor | None = None

    def given(self) -> list[Tensor]:
        """Those that there are."""
        return [each for each in self if each is not None]


class Step(NamedTuple):
    """A time step: which rows it has among all steps' rows, and how many.

    Sequences are sorted by their lengths, so that the first `active` of them are those that are not over.
    """

    rows: slice
    active: int


def steps(counts: Sequence[int], reverse: bool) -> list[Step]:
    """The time steps in the order in which a layer goes through them.

    >>> steps([2, 1], reverse=True)
    [Step(rows=slice(2, 3, None), active=1), Step(rows=slice(0, 2, None), active=2)]
    """
    found, start = [], 0
    for count in counts:
        found.append(Step(slice(start, start + count), count))
        start += count
    return found[::-1] if reverse else found


def rows_of(input: Tensor) -> Array:
    """The input of all steps as one matrix: (T B, I)."""
    x = input.array
    return x.reshape(-1, x.shape[-1])


def share_of_input(rows: Array, weights: Weights) -> Array:
    """What the input gives to the gates of every step, with its bias: (N, G H)."""
    share: Array = rows @ weights.by_input.array.T
    if weights.input_bias is not None:
        share += weights.input_bias.array
    return share


def share_of_state(state: Array, weights: Weights) -> Array:
    """What the state gives to the gates of one step, with its bias: (B, G H)."""
    share: Array = state @ weights.by_state.array.T
    if weights.state_bias is not None:
        share += weights.state_bias.array
    return share


def blame(
    input: Tensor, weights: Weights, before: Array, of_input: Array, of_state: Array
) -> tuple[Array | None, list[Array]]:
    """The gradients by the input and by the weights, from those by the gates of every step.

    Each weight is used at every step, so that its gradient is a sum over the steps: one matrix product.

    Args:
        input: what the layer was given.
        weights: its parameters.
        before: the states with which the steps began, (N, P).
        of_input: the gradient by the input's share of the gates, (N, G H).
        of_state: likewise of the state's share; often the same array.

    Returns:
        The gradient by the input, if it wants one, and those by the weights without the projection.
    """
    by_input = None
    if input.requires_grad:
        by_input = (of_input @ weights.by_input.array).reshape(input.array.shape)
    found = [of_input.T @ rows_of(input), of_state.T @ before]
    if weights.input_bias is not None:
        by_bias = np.add.reduce(of_input)
        found += [by_bias, by_bias if of_state is of_input else np.add.reduce(of_state)]
    return by_input, found


def in_rows(parts: Iterable[tuple[slice, Array]]) -> Array:
    """What belongs to the steps, each with its rows, as one matrix."""
    return np.concatenate([part for _, part in sorted(parts, key=lambda each: each[0].start)])


def joined(parts: Sequence[Array]) -> Array:
    """Several results as one row of numbers, as the tape has one result for each operation."""
    return np.concatenate([each.reshape(-1) for each in parts])


def split(row: Array, shapes: Sequence[tuple[int, ...]]) -> list[Array]:
    """The reverse of `joined`."""
    found, start = [], 0
    for shape in shapes:
        stop = start + math.prod(shape)
        found.append(row[start:stop].reshape(shape))
        start = stop
    return found


def results(row: Tensor, shapes: Sequence[tuple[int, ...]], name: str) -> list[Tensor]:
    """The parts of an operation's `joined` results as tensors of their own.

    Args:
        row: the results.
        shapes: those of its parts.
        name: PyTorch's name of what made the first of them; the others are states after the last step.
    """
    found, start = [], 0
    for part in split(row.array, shapes):
        found.append(_part(row, part, start, name if start == 0 else "SelectBackward0"))
        start += part.size
    return found


def _part(row: Tensor, part: Array, start: int, name: str) -> Tensor:
    size, kind = row.array.size, row.array.dtype

    def rule(grad: Array) -> Array:
        full = np.zeros(size, kind)
        full[start : start + grad.size] = grad.reshape(-1)
        return full

    return tape(part, name, (row,), rule)
