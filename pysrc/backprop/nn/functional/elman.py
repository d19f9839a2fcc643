"""The simplest recurrent layer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...nearest import nearest_of_few
from ...tensor import Tensor
from .recurrence import (
    Step,
    Weights,
    blame,
    joined,
    results,
    rows_of,
    share_of_input,
    share_of_state,
    split,
)

__all__: list[str] = []


def elman(
    input: Tensor, state: Tensor, weights: Weights, order: Sequence[Step], curve: str, name: str
) -> list[Tensor]:
    """``h' = tanh(W_ih x + b_ih + W_hh h + b_hh)`` at each step, or ReLU instead of the tanh.

    Args:
        input: (T, B, I), or the rows of packed sequences, (N, I).
        state: h before the first step, (B, H).
        weights: of H rows.
        order: the time steps, as they are gone through.
        curve: "tanh" or "relu".
        name: PyTorch's name of the operation that makes the output.

    Returns:
        The state after every step, (..., H), and after the last, (B, H).

    Source: Elman, Finding Structure in Time (1990).
    """
    gates = share_of_input(rows_of(input), weights)
    h = state.array.copy()
    before, after = np.empty_like(gates), np.empty_like(gates)
    for rows, active in order:
        before[rows] = h[:active]
        sums = share_of_state(h[:active], weights)
        sums += gates[rows]
        h[:active] = np.maximum(sums, 0) if curve == "relu" else nearest_of_few(np.tanh, sums)
        after[rows] = h[:active]
    shapes = [(*input.array.shape[:-1], h.shape[1]), h.shape]

    def rule(grad: Array) -> Gradients:
        by_output, by_last = split(grad, shapes)
        by_output, back = by_output.reshape(after.shape), by_last.copy()
        slopes = (after > 0).astype(after.dtype) if curve == "relu" else 1 - after * after
        by_gates = np.empty_like(gates)
        for rows, active in reversed(order):
            back[:active] += by_output[rows]
            by_gates[rows] = back[:active] * slopes[rows]
            back[:active] = by_gates[rows] @ weights.by_state.array
        by_input, learned = blame(input, weights, before, by_gates, by_gates)
        return (by_input, back, *learned)

    inputs = (input, state, *weights.given())
    operation = f"Rnn{curve.capitalize()}Backward0"
    row = tape(joined((after, h)), operation, inputs, rule, saved=(input, *weights.given()[:2]))
    return results(row, shapes, name)
