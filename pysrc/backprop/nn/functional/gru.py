"""The gated recurrent unit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...nearest import nearest_of_few
from ...ops.exponential import sigmoid_array
from ...tensor import Tensor
from .recurrence import (
    Step,
    Weights,
    blame,
    in_rows,
    joined,
    results,
    rows_of,
    share_of_input,
    share_of_state,
    split,
)

__all__: list[str] = []


def gru(
    input: Tensor, state: Tensor, weights: Weights, order: Sequence[Step], name: str
) -> list[Tensor]:
    """A state of which a gate z keeps a part, while the rest is replaced, at each step.

    With s for the sigmoid::

        r = s(W_ir x + b_ir + W_hr h + b_hr)        how much of the state is looked at
        z = s(W_iz x + b_iz + W_hz h + b_hz)        how much of it stays
        n = tanh(W_in x + b_in + r (W_hn h + b_hn))
        h' = (1 - z) n + z h

    Args:
        input: (T, B, I), or the rows of packed sequences, (N, I).
        state: h before the first step, (B, H).
        weights: of 3 H rows, for r, z and n.
        order: the time steps, as they are gone through.
        name: PyTorch's name of the operation that makes the output.

    Returns:
        The state after every step, (..., H), and after the last, (B, H).

    Source: Cho et al., Learning Phrase Representations using RNN Encoder-Decoder (2014), with the reset
    gate after the product, as in PyTorch.
    """
    gates = share_of_input(rows_of(input), weights)
    h = state.array.copy()
    width = h.shape[1]
    both, new = slice(2 * width), slice(2 * width, None)
    after = np.empty((len(gates), width), gates.dtype)
    kept = []
    for rows, active in order:
        before, sums = h[:active].copy(), gates[rows]
        of_state = share_of_state(before, weights)
        sums[:, both] += of_state[:, both]
        r, z = np.split(sigmoid_array(sums[:, both]), 2, axis=1)
        n = nearest_of_few(np.tanh, sums[:, new] + r * of_state[:, new])
        h[:active] = (before - n) * z + n
        after[rows] = h[:active]
        kept.append((rows, before, of_state[:, new], r, z, n))
    shapes = [(*input.array.shape[:-1], width), h.shape]

    def rule(grad: Array) -> Gradients:
        by_output, by_last = split(grad, shapes)
        by_output, by_h = by_output.reshape(after.shape), by_last.copy()
        # Of the sums only the curves are needed any more: their memory takes the gradients by them.
        of_input, of_state = gates, np.empty_like(gates)
        for rows, before, looked_at, r, z, n in reversed(kept):
            by_h[: len(before)] += by_output[rows]
            d = by_h[: len(before)]
            here = of_input[rows]
            here[:, new] = d * (1 - z) * (1 - n * n)
            here[:, width : 2 * width] = d * (before - n) * z * (1 - z)
            here[:, :width] = here[:, new] * looked_at * r * (1 - r)
            of_state[rows, both] = here[:, both]
            of_state[rows, new] = here[:, new] * r
            by_h[: len(before)] = d * z + of_state[rows] @ weights.by_state.array
        before = in_rows(each[:2] for each in kept)
        by_input, learned = blame(input, weights, before, of_input, of_state)
        return (by_input, by_h, *learned)

    inputs = (input, state, *weights.given())
    saved = (input, *weights.given()[:2])
    row = tape(joined((after, h)), "GruBackward0", inputs, rule, saved=saved)
    return results(row, shapes, name)
