"""The layer with a long short-term memory."""

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


def lstm(
    input: Tensor, state: Tensor, cell: Tensor, weights: Weights, order: Sequence[Step], name: str
) -> list[Tensor]:
    """A memory c that gates write to, keep and read, and a state h that is read from it, at each step.

    With s for the sigmoid::

        i = s(W_ii x + b_ii + W_hi h + b_hi)        how much is written
        f = s(W_if x + b_if + W_hf h + b_hf)        how much is kept
        g = tanh(W_ig x + b_ig + W_hg h + b_hg)     what is written
        o = s(W_io x + b_io + W_ho h + b_ho)        how much is read
        c' = f c + i g
        h' = o tanh(c'), or W_hr o tanh(c') if there is a projection

    Args:
        input: (T, B, I), or the rows of packed sequences, (N, I).
        state: h before the first step, (B, P).
        cell: c before the first step, (B, H).
        weights: of 4 H rows, for i, f, g and o.
        order: the time steps, as they are gone through.
        name: PyTorch's name of the operation that makes the output.

    Returns:
        The state after every step, (..., P), and after the last, (B, P), and the memory after it, (B, H).

    Source: Hochreiter and Schmidhuber, Long Short-Term Memory (1997), with the gate that forgets of Gers
    et al. (2000); the projection: Sak et al. (2014).
    """
    gates = share_of_input(rows_of(input), weights)
    h, c = state.array.copy(), cell.array.copy()
    width = c.shape[1]
    projection = None if weights.projection is None else weights.projection.array
    after = np.empty((len(gates), h.shape[1]), gates.dtype)
    kept = []
    for rows, active in order:
        before, memory = h[:active].copy(), c[:active].copy()
        sums = gates[rows]
        sums += share_of_state(before, weights)
        i, f = np.split(sigmoid_array(sums[:, : 2 * width]), 2, axis=1)
        g = nearest_of_few(np.tanh, sums[:, 2 * width : 3 * width])
        o = sigmoid_array(sums[:, 3 * width :])
        c[:active] = f * memory + i * g
        bent = nearest_of_few(np.tanh, c[:active])
        read = o * bent
        h[:active] = read if projection is None else read @ projection.T
        after[rows] = h[:active]
        kept.append((rows, before, memory, i, f, g, o, bent))
    shapes = [(*input.array.shape[:-1], h.shape[1]), h.shape, c.shape]

    def rule(grad: Array) -> Gradients:
        by_output, by_last, by_cell = split(grad, shapes)
        by_output = by_output.reshape(after.shape)
        by_h, by_c = by_last.copy(), by_cell.copy()
        # Of the sums only the curves are needed any more: their memory takes the gradients by them.
        by_gates, by_state = gates, np.empty_like(after) if projection is not None else None
        for rows, before, memory, i, f, g, o, bent in reversed(kept):
            active = len(before)
            by_h[:active] += by_output[rows]
            d = by_h[:active]
            if projection is not None and by_state is not None:
                by_state[rows] = d
                d = d @ projection
            m = by_c[:active]
            m += d * o * (1 - bent * bent)
            here = by_gates[rows]
            here[:, :width] = m * g * i * (1 - i)
            here[:, width : 2 * width] = m * memory * f * (1 - f)
            here[:, 2 * width : 3 * width] = m * i * (1 - g * g)
            here[:, 3 * width :] = d * bent * o * (1 - o)
            m *= f
            by_h[:active] = here @ weights.by_state.array
        before = in_rows(each[:2] for each in kept)
        by_input, learned = blame(input, weights, before, by_gates, by_gates)
        if by_state is not None:
            read = in_rows((rows, o * bent) for rows, *_, o, bent in kept)
            learned.append(by_state.T @ read)
        return (by_input, by_h, by_c, *learned)

    inputs = (input, state, cell, *weights.given())
    saved = (input, *weights.given()[:2])
    row = tape(joined((after, h, c)), "LstmBackward0", inputs, rule, saved=saved)
    return results(row, shapes, name)
