"""What there is to see of a network: its linear layers, their numbers, and who is to blame."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import partial
from typing import Any

from ...autograd.grad_mode import no_grad
from ...dtypes import Array
from ...nn.linear import Linear
from ...nn.module import Module
from ...teaching import silence
from ...tensor import Tensor
from ..kit.asking import in_use
from ..kit.neurons import leaves
from ..kit.text import isolated
from ..memory.last_step import before_last_step


@dataclass
class TracedLayer:
    """A linear layer with the activation behind it.

    Attributes:
        weight: (out, in), and `weight_gradient` of the same shape, or None before any backward.
        bias: (out,) or None, and `bias_gradient` likewise.
        weight_change: what the last step did to `weight`, and `bias_change` to `bias`; None where no step
            was seen: see `last_step`.
        activation: the names of what follows it, such as "ReLU", or "".
        values: (out,), what its neurons say, after the activation; None where no input was given.
    """

    weight: Array
    weight_gradient: Array | None
    bias: Array | None
    bias_gradient: Array | None
    weight_change: Array | None = None
    bias_change: Array | None = None
    activation: str = ""
    values: Array | None = None


@dataclass
class TracedNetwork:
    """The layers in order, the input, and how many examples the input held."""

    layers: list[TracedLayer]
    inputs: Array | None
    examples: int

    @property
    def sizes(self) -> list[int]:
        """How many neurons each layer has, from the input on."""
        return [self.layers[0].weight.shape[1], *(len(each.weight) for each in self.layers)]

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
        ValueError: it has no linear layers, or they don't follow each other, or `x` is empty.
    """
    if not isinstance(model, Module):
        raise TypeError(
            f"network() draws an nn.Module, not {type(model).__name__}\n"
            "Pass the model itself: viz.network(model)."
        )
    if x is not None and not isinstance(x, Tensor):
        raise TypeError(f"the input of the model must be a tensor, not {type(x).__name__}")
    layers: list[TracedLayer] = []
    for leaf in leaves(model):
        if isinstance(leaf, Linear):
            layers.append(_traced(leaf))
        elif layers:
            name = isolated(type(leaf).__name__)
            before = layers[-1].activation
            layers[-1].activation = f"{before}, {name}" if before else name
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
    if x.array.size == 0:
        raise ValueError(
            f"x has shape {tuple(x.array.shape)}, which is no example at all\n"
            "Pass at least one, or leave x out to draw the weights alone."
        )
    said = listen(model, x)
    # Of layers that the model does not use, or uses in another shape, nothing is known.
    for layer, each in zip(layers, said.outputs, strict=True):
        layer.values = None if each is None else each[0].copy()
    inputs = None if said.inputs is None else said.inputs[0].copy()
    return TracedNetwork(layers, inputs, said.examples)


def _traced(layer: Linear) -> TracedLayer:
    weight, bias = layer.weight, layer.bias
    return TracedLayer(
        weight.array.copy(),
        None if weight.gradient is None else weight.gradient.array.copy(),
        None if bias is None else bias.array.copy(),
        None if bias is None or bias.gradient is None else bias.gradient.array.copy(),
        _change(weight),
        None if bias is None else _change(bias),
    )


def _change(parameter: Tensor) -> Array | None:
    before = before_last_step(parameter)
    return None if before is None else parameter.array - before


@dataclass
class Said:
    """What the neurons of a model say to some examples.

    Attributes:
        examples: how many there are.
        inputs: (examples, in), what comes into the first linear layer.
        outputs: for each linear layer, (examples, out), after the activation; None if it was not used.
    """

    examples: int
    inputs: Array | None
    outputs: list[Array | None]


def listen(model: Module, x: Tensor) -> Said:
    """Run the model once, as it is when it is used, and note what each of its layers says."""
    said = Said(len(x.array) if x.array.ndim > 1 else 1, None, [])
    sizes: list[int] = []

    def note(place: int, module: Module, args: tuple[Any, ...], result: Any) -> None:
        if place == 0 and isinstance(module, Linear):
            said.inputs = _rows(args[0].array, module.weight.shape[1])
        found = _rows(result.array, sizes[place])
        if found is not None:
            said.outputs[place] = found

    handles = []
    for leaf in leaves(model):
        if isinstance(leaf, Linear):
            sizes.append(leaf.weight.shape[0])
            said.outputs.append(None)
        if sizes:
            handles.append(leaf.register_forward_hook(partial(note, len(sizes) - 1)))
    try:
        with in_use(model), no_grad(), silence():
            model(x)
    finally:
        for handle in handles:
            handle.remove()
    return said


def _leaves(model: Module) -> list[Module]:
    return [each for each in model.modules() if not any(True for _ in each.children())]


def _rows(array: Array, size: int) -> Array | None:
    if not array.shape or array.shape[-1] != size:
        return None
    return array.reshape(-1, size)
