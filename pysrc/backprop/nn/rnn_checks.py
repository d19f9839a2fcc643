"""What recurrent layers refuse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..dtypes import dtype
from ..tensor import Tensor
from ..warning import warn
from .scalar_types import scalar_type

if TYPE_CHECKING:
    from .rnn_base import RNNBase


def refuse_dropout(dropout: Any, num_layers: int) -> None:
    """Raise ValueError if it is no share; warn if there is nothing between layers."""
    if isinstance(dropout, bool) or not isinstance(dropout, (int, float)) or not 0 <= dropout <= 1:
        raise ValueError(
            "dropout should be a number in range [0, 1] representing the probability of an element being "
            "zeroed\nIt is the share of numbers that become 0 between two layers."
        )
    if dropout > 0 and num_layers == 1:
        warn(
            "dropout option adds dropout after all but last recurrent layer, so non-zero dropout expects "
            f"num_layers greater than 1, but got dropout={dropout} and num_layers={num_layers}"
        )


def refuse_choices(**choices: Any) -> None:
    """Raise TypeError if one is no bool: sizes and choices were given in another order, perhaps."""
    for name, value in choices.items():
        if not isinstance(value, bool):
            raise TypeError(
                f"{name} should be of type bool, got: {type(value).__name__}\n"
                "After the sizes, give the options by their names."
            )


def refuse_sizes(input_size: Any, hidden_size: Any, num_layers: int, proj_size: int) -> None:
    """Raise TypeError or ValueError if a size is none."""
    for name, value in (("input_size", input_size), ("hidden_size", hidden_size)):
        if not isinstance(value, int):
            raise TypeError(
                f"{name} should be of type int, got: {type(value).__name__}\nIt counts numbers."
            )
        if value <= 0:
            raise ValueError(f"{name} must be greater than zero\nIt counts numbers.")
    if num_layers <= 0:
        raise ValueError("num_layers must be greater than zero\nOne layer is the usual number.")
    if proj_size < 0:
        raise ValueError(
            "proj_size should be a positive integer or zero to disable projections\n"
            "It is to how many numbers states are reduced."
        )
    if proj_size >= hidden_size:
        raise ValueError(
            "proj_size has to be smaller than hidden_size\nA projection makes states smaller."
        )


def check_input(layer: RNNBase, input: Tensor, packed: bool) -> None:
    """Raise ValueError or RuntimeError if an input has not the type or the size that a layer was made for."""
    kind = layer.weight_ih_l0.dtype
    if input.dtype != kind:
        raise ValueError(
            f"RNN input dtype ({input.dtype}) does not match weight dtype ({kind}). Convert input: "
            f"input.to({kind}), or convert model: model.to({input.dtype})"
        )
    expected = 2 if packed else 3
    if input.ndim != expected:
        raise RuntimeError(
            f"input must have {expected} dimensions, got {input.ndim}\n"
            "The steps, the batch, and the numbers at each step."
        )
    if input.shape[-1] != layer.input_size:
        raise RuntimeError(
            f"input.size(-1) must be equal to input_size. Expected {layer.input_size}, got "
            f"{input.shape[-1]}\nThe layer was made for {layer.input_size} numbers at each step."
        )


def check_state(state: Tensor, expected: tuple[int, ...], kind: dtype, name: str) -> None:
    """Raise RuntimeError if a state has another size or another type."""
    if state.shape != expected:
        raise RuntimeError(
            f"Expected {name} size {expected}, got {list(state.shape)}\n"
            "A state has, for each layer and direction, one row for each sequence, also if batch_first."
        )
    if state.dtype != kind:
        raise RuntimeError(
            f"mat1 and mat2 must have the same dtype, but got {scalar_type(state.dtype)} and "
            f"{scalar_type(kind)}\nConvert the state, with .to({kind})."
        )


def batched(
    layer: RNNBase, input: Tensor, states: Sequence[Tensor] | None
) -> tuple[Tensor, Sequence[Tensor] | None, bool]:
    """Input and states with a batch, and whether there was one sequence alone.

    Raises:
        ValueError: the input has neither two nor three dimensions.
        RuntimeError: the states have another number of dimensions.
    """
    kind = layer.mode.partition("_")[0]
    if input.ndim not in (2, 3):
        ending = " tensor instead" if kind == "RNN" else " instead"
        raise ValueError(
            f"{kind}: Expected input to be 2D or 3D, got {input.ndim}D{ending}\n"
            "The steps, the batch, and the numbers at each step; or the steps and the numbers."
        )
    alone = input.ndim == 2
    if states is not None and any(each.ndim != input.ndim for each in states):
        names = "hx and cx" if len(states) > 1 else "hx"
        had = ", ".join(f"{each.ndim}-D" for each in states)
        had = f"({had}) tensors" if len(states) > 1 else f"{had} tensor"
        raise RuntimeError(
            f"For {'unbatched' if alone else 'batched'} {input.ndim}-D input, {names} should also be "
            f"{input.ndim}-D but got {had}\nA state has one row for each sequence, if they are in a batch."
        )
    if alone:
        input = input.unsqueeze(0 if layer.batch_first else 1)
        states = None if states is None else [each.unsqueeze(1) for each in states]
    return input, states, alone
