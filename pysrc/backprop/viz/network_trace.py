"""What there is to see of a network: its linear layers, their numbers, and who is to blame."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..autograd.grad_mode import no_grad
from ..dtypes import Array
from ..nn.linear import Linear
from ..nn.module import Module
from ..tensor import Tensor


@dataclass
class TracedLayer:
    """A linear layer with the activation behind it.

    Attributes:
        weight: (out, in), and `weight_gradient` of the same shape, or None before any backward.
        bias: (out,) or None, and `bias_gradient` likewise.
        activation: the names of what follows it, such as "ReLU", or "".
        values: (out,), what its neurons say, after the activation; None where no input was given.
    """

    weight: Array
    weight_gradient: Array | None
    bias: Array | None
    bias_gradient: Array | None
    activation: str = ""
    values: Array | None = None

    def neuron_blame(self) -> Array | None:
        """(out,): the sizes of the gradients of all weights into each neuron, added up."""
        if self.weight_gradient is None:
            return None
        blame: Array = np.abs(self.weight_gradient).sum(axis=1)
        if self.bias_gradient is not None:
            blame = blame + np.abs(self.bias_gradient)
        return blame


@dataclass
class TracedNetwork:
    """The layers in order, the input, and how many examples the input held."""

    layers: list[TracedLayer]
    inputs: Array | None
    examples: int

    def layer_name(self, index: int) -> str:
        """What the layer behind linear layer `index` is called; -1 is the input."""
        if index < 0:
            return "input"
        if index == len(self.layers) - 1:
            return "output"
        return "hidden" if len(self.layers) == 2 else f"hidden {index + 1}"

    def neuron_name(self, index: int, neuron: int) -> str:
        """What a neuron is called: "hidden 2", or "hidden 1, neuron 2" where there are more layers."""
        layer = self.layer_name(index)
        numbered = layer[-1].isdigit()
        return f"{layer}, neuron {neuron + 1}" if numbered else f"{layer} {neuron + 1}"


def trace_network(model: Module, x: Tensor | None) -> TracedNetwork:
    """Collect the linear layers of `model`, and what its neurons say to the first row of `x`.

    Raises:
        TypeError: `model` is no module, or `x` no tensor.
        ValueError: it has no linear layers, or they don't follow each other.
    """
    if not isinstance(model, Module):
        raise TypeError(
            f"network() draws an nn.Module, not {type(model).__name__}\n"
            "Pass the model itself: viz.network(model)."
        )
    if x is not None and not isinstance(x, Tensor):
        raise TypeError(f"the input of the model must be a tensor, not {type(x).__name__}")
    leaves = [each for each in model.modules() if not any(True for _ in each.children())]
    layers: list[TracedLayer] = []
    owner: dict[Module, TracedLayer] = {}
    for leaf in leaves:
        if isinstance(leaf, Linear):
            layers.append(_traced(leaf))
        elif layers:
            name = type(leaf).__name__
            before = layers[-1].activation
            layers[-1].activation = f"{before}, {name}" if before else name
        if layers:
            owner[leaf] = layers[-1]
    if not layers:
        raise ValueError(
            f"{type(model).__name__} has no linear layers to draw\n"
            "network() draws nn.Linear layers and what stands between them."
        )
    for first, second in itertools.pairwise(layers):
        if first.weight.shape[0] != second.weight.shape[1]:
            raise ValueError(
                f"a layer with {first.weight.shape[0]} outputs is followed by one with "
                f"{second.weight.shape[1]} inputs\nnetwork() draws layers that feed each other in the "
                "order in which the model defines them."
            )
    if x is None:
        return TracedNetwork(layers, None, 0)
    inputs = x.array.reshape(-1, layers[0].weight.shape[1]) if x.array.ndim != 2 else x.array
    _record_values(model, x, owner)
    return TracedNetwork(layers, inputs[0], len(inputs))


def _traced(layer: Linear) -> TracedLayer:
    bias = layer.bias
    return TracedLayer(
        layer.weight.array.copy(),
        None if layer.weight.grad is None else layer.weight.grad.array.copy(),
        None if bias is None else bias.array.copy(),
        None if bias is None or bias.grad is None else bias.grad.array.copy(),
    )


def _record_values(model: Module, x: Tensor, owner: dict[Module, TracedLayer]) -> None:
    """Run the model once and note the last output of each layer, activation included."""

    def note(module: Module, args: tuple[Any, ...], result: Any) -> None:
        array = result.array
        layer = owner[module]
        if array.shape and array.shape[-1] == layer.weight.shape[0]:
            layer.values = array.reshape(-1, array.shape[-1])[0].copy()

    handles = [leaf.register_forward_hook(note) for leaf in owner]
    try:
        with no_grad():
            model(x)
    finally:
        for handle in handles:
            handle.remove()
