"""What recurrent layers share: options, parameters, and how layers stand on each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from .. import dtypes
from ..autograd.tape import tape_view
from ..dtypes import Array
from ..ops.creation import zeros
from ..ops.joining import cat, stack
from ..tensor import Tensor
from . import init
from .functional.elman import elman
from .functional.gru import gru
from .functional.lstm import lstm
from .functional.recurrence import Step, Weights, steps
from .functional.regularization import dropout as dropout_of
from .module import Module
from .parameter import Parameter
from .rnn_checks import (
    batched,
    check_input,
    check_state,
    refuse_choices,
    refuse_dropout,
    refuse_sizes,
)
from .utils.rnn import PackedSequence

__all__ = ["RNNBase"]

#: How many gates a layer has, by what PyTorch calls its kind.
_GATES = {"RNN_TANH": 1, "RNN_RELU": 1, "GRU": 3, "LSTM": 4}


class RNNBase(Module):
    """What the recurrent layers share: their options, their parameters and how layers are stacked.

    All parameters start uniform in plus or minus ``1 / sqrt(hidden_size)``. They are called ``weight_ih_l0``,
    ``weight_hh_l0``, ``bias_ih_l0`` and ``bias_hh_l0``, with the number of their layer, and ``_reverse``
    behind it for the direction from the end to the beginning.

    Args:
        mode: "RNN_TANH", "RNN_RELU", "GRU" or "LSTM".
        input_size: I, how many numbers there are at each step.
        hidden_size: H, of how many numbers the state is.
        num_layers: L; the output of one is the input of the next.
        bias: whether something is added, twice: to the input's share, and to the state's.
        batch_first: whether the batch comes before the steps, in input and output; never in the states.
        dropout: the share of numbers that are set to 0 between two layers while training.
        bidirectional: whether each layer also goes through the steps from the end to the beginning: D is 2
            then, and 1 otherwise.
        proj_size: to how many numbers, P, the LSTM's states are reduced; 0 for none.
        device: the CPU.
        dtype: of the parameters.

    Raises:
        ValueError: a size or the share is impossible.
        TypeError: a size is no whole number, or a choice no bool.
    """

    def __init__(
        self,
        mode: str,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        proj_size: int = 0,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__()
        refuse_dropout(dropout, num_layers)
        refuse_choices(bias=bias, batch_first=batch_first)
        refuse_sizes(input_size, hidden_size, num_layers, proj_size)
        if mode not in _GATES:
            raise ValueError(f"Unrecognized RNN mode: {mode}\nIt is one of {', '.join(_GATES)}.")
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        for layer, suffix in self._places():
            for name, shape in self._shapes(layer):
                parameter = Parameter(zeros(*shape, dtype=dtype, device=device))
                self.register_parameter(f"{name}_l{layer}{suffix}", parameter)
        self.reset_parameters()

    def _places(self) -> list[tuple[int, str]]:
        """For each layer and direction the number, and what the names of the parameters end with."""
        suffixes = ("", "_reverse") if self.bidirectional else ("",)
        return [(layer, suffix) for layer in range(self.num_layers) for suffix in suffixes]

    def _shapes(self, layer: int) -> list[tuple[str, tuple[int, ...]]]:
        gates, state = _GATES[self.mode] * self.hidden_size, self.proj_size or self.hidden_size
        size = state * (2 if self.bidirectional else 1) if layer else self.input_size
        found: list[tuple[str, tuple[int, ...]]] = [
            ("weight_ih", (gates, size)),
            ("weight_hh", (gates, state)),
        ]
        if self.bias:
            found += [("bias_ih", (gates,)), ("bias_hh", (gates,))]
        if self.proj_size:
            found.append(("weight_hr", (self.proj_size, self.hidden_size)))
        return found

    def _weights(self, layer: int, suffix: str) -> Weights:
        def named(name: str) -> Any:
            return getattr(self, f"{name}_l{layer}{suffix}")

        return Weights(
            named("weight_ih"),
            named("weight_hh"),
            named("bias_ih") if self.bias else None,
            named("bias_hh") if self.bias else None,
            named("weight_hr") if self.proj_size else None,
        )

    @property
    def all_weights(self) -> list[list[Parameter]]:
        """The parameters of each layer and direction."""
        return [
            [getattr(self, f"{name}_l{layer}{suffix}") for name, _ in self._shapes(layer)]
            for layer, suffix in self._places()
        ]

    def reset_parameters(self) -> None:
        """Draw all parameters afresh."""
        bound = 1 / math.sqrt(self.hidden_size)
        for parameter in self.parameters():
            init.uniform_(parameter, -bound, bound)

    def flatten_parameters(self) -> None:
        """Nothing: only on a graphics card do the parameters want one piece of memory."""

    def _run(self, input: Any, states: Sequence[Tensor] | None) -> tuple[Any, list[Tensor]]:
        """Go through all layers.

        Args:
            input: (T, B, I), (B, T, I) if `batch_first`, (T, I), or packed sequences.
            states: h, and of an LSTM c, each (L D, B, size) or (L D, size); None for zeros.

        Returns:
            The output, of the input's kind, and the states after the last step.
        """
        packed = input if isinstance(input, PackedSequence) else None
        if packed is not None:
            x, counts = packed.data, [int(count) for count in packed.batch_sizes]
            check_input(self, x, packed=True)
            batch, alone = counts[0], False
        else:
            x, states, alone = batched(self, input, states)
            check_input(self, x, packed=False)
            if self.batch_first:
                x = x.transpose(0, 1)
            batch = x.shape[1]
            counts = [batch] * x.shape[0]
            if not counts:
                raise RuntimeError("Expected sequence length to be larger than 0 in RNN")
        states = self._states(states, x, batch)
        if packed is not None and packed.sorted_indices is not None:
            states = [each.index_select(1, packed.sorted_indices) for each in states]
        y, last = self._through_layers(x, states, counts, packed is not None)
        if packed is not None:
            if packed.unsorted_indices is not None:
                last = [each.index_select(1, packed.unsorted_indices) for each in last]
            return packed._replace(data=y), last
        if self.batch_first:
            y = self._turned(y)
        if alone:
            return y.squeeze(0 if self.batch_first else 1), [each.squeeze(1) for each in last]
        return y, last

    def _states(self, states: Sequence[Tensor] | None, x: Tensor, batch: int) -> list[Tensor]:
        """The states to begin with, of the right sizes."""
        sizes = [self.proj_size or self.hidden_size]
        if self.mode == "LSTM":
            sizes.append(self.hidden_size)
        if states is None:
            rows = len(self._places())
            return [zeros(rows, batch, size, dtype=x.dtype) for size in sizes]
        for number, (state, size) in enumerate(zip(states, sizes, strict=True)):
            name = f"hidden[{number}]" if self.mode == "LSTM" else "hidden"
            check_state(state, (len(self._places()), batch, size), x.dtype, name)
        return list(states)

    def _through_layers(
        self, x: Tensor, states: list[Tensor], counts: list[int], packed: bool
    ) -> tuple[Tensor, list[Tensor]]:
        name = "CatBackward0" if packed else "StackBackward0"
        onednn = x.dtype == dtypes.float32 and not packed and not self.proj_size
        if self.mode == "LSTM" and onednn:
            name = "MkldnnRnnLayerBackward0"
        orders = [steps(counts, reverse=False), steps(counts, reverse=True)]
        places, directions = self._places(), 2 if self.bidirectional else 1
        last: list[list[Tensor]] = []
        for number in range(0, len(places), directions):
            outputs = []
            for direction in range(directions):
                begin = [each[number + direction] for each in states]
                weights = self._weights(*places[number + direction])
                y, *end = self._layer(x, begin, weights, orders[direction], name)
                outputs.append(y)
                last.append(end)
            x = cat(outputs, -1) if self.bidirectional else outputs[0]
            if self.dropout and self.training and number + directions < len(places):
                x = dropout_of(x, self.dropout)
        return x, [stack(each) for each in zip(*last, strict=True)]

    def _layer(
        self, x: Tensor, begin: list[Tensor], weights: Weights, order: list[Step], name: str
    ) -> list[Tensor]:
        if self.mode == "LSTM":
            return lstm(x, begin[0], begin[1], weights, order, name)
        if self.mode == "GRU":
            return gru(x, begin[0], weights, order, name)
        return elman(x, begin[0], weights, order, self.mode.removeprefix("RNN_").lower(), name)

    def _turned(self, output: Tensor) -> Tensor:
        """The output with the batch first."""

        def swap(array: Array) -> Array:
            return array.swapaxes(0, 1)

        name = "TransposeBackward0" if self.mode == "LSTM" else "TransposeBackward1"
        return tape_view(output, swap, name, swap)

    def extra_repr(self) -> str:
        """The options that are not the usual ones."""
        usual = {
            "proj_size": 0,
            "num_layers": 1,
            "bias": True,
            "batch_first": False,
            "dropout": 0,
            "bidirectional": False,
        }
        options = [
            f"{name}={getattr(self, name)}"
            for name, value in usual.items()
            if getattr(self, name) != value
        ]
        return ", ".join([str(self.input_size), str(self.hidden_size), *options])
