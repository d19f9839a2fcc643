"""One step of learning, taken on a copy of the model: every number before, on the way, and after."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...autograd.grad_mode import enable_grad, no_grad
from ...dtypes import Array
from ...nn.linear import Linear
from ...nn.module import Module
from ...teaching import silence
from ...tensor import Tensor
from ..kit.asking import unchanged
from ..kit.neurons import leaves
from ..kit.text import isolated
from ..network.trace import TracedNetwork, trace_network

#: More would be more than a page can draw, and than anybody follows.
MOST_LAYERS = 4


@dataclass
class FlowLayer:
    """What happens in one linear layer and the activation behind it, for the first example.

    Attributes:
        sums: (out,), before the activation; `values` (out,) after it.
        sum_blame: (out,), the gradient of the loss by the sums; `blame` (out,) by the values.
        new_weight: (out, in), after the update; `new_bias` (out,) likewise, or None.
    """

    sums: Array
    values: Array
    sum_blame: Array
    blame: Array
    new_weight: Array
    new_bias: Array | None


@dataclass
class TracedFlow:
    """A step of learning: the network with its gradients, its layers on the way, and the loss."""

    network: TracedNetwork
    layers: list[FlowLayer]
    target: Array
    output: Array
    loss_name: str
    loss: float
    new_loss: float
    lr: float


def trace_flow(
    model: Module, x: Tensor, y: Tensor, loss_fn: Callable[[Tensor, Tensor], Tensor], lr: float
) -> TracedFlow:
    """Forward, loss, backward and update, all on a copy.

    Raises:
        TypeError: `model` is no module, or `x` or `y` no tensor.
        ValueError: it has no linear layers or too many, or they don't follow each other, or the loss is
            no single number.
    """
    for name, value in (("x", x), ("y", y)):
        if not isinstance(value, Tensor):
            raise TypeError(f"{name} must be a tensor, not {type(value).__name__}")
    layers = len(trace_network(model, None).layers)
    if layers > MOST_LAYERS:
        raise ValueError(
            f"flow() draws at most {MOST_LAYERS} linear layers, and this model has {layers}\n"
            "Draw it with viz.network(model, x), or its computation with viz.graph(loss, model)."
        )
    with unchanged(), enable_grad(), silence():
        return _step(copy.deepcopy(model), x.detach(), y.detach(), loss_fn, lr)


def _step(
    model: Module, x: Tensor, y: Tensor, loss_fn: Callable[[Tensor, Tensor], Tensor], lr: float
) -> TracedFlow:
    model.zero_grad()
    results: list[list[Tensor]] = []

    def note(module: Module, args: tuple[Any, ...], result: Any) -> None:
        if isinstance(module, Linear):
            results.append([])
        if results and isinstance(result, Tensor) and result.requires_grad:
            result.retain_grad()
            results[-1].append(result)

    handles = [leaf.register_forward_hook(note) for leaf in leaves(model)]
    output = model(x)
    for handle in handles:
        handle.remove()
    loss = loss_fn(output, y)
    if not isinstance(loss, Tensor) or loss.array.size != 1:
        raise ValueError(
            "flow() needs a loss of one number\nPass a loss function that averages, such as nn.MSELoss()."
        )
    loss.backward()
    network = trace_network(model, x)
    if len(results) != len(network.layers):
        raise ValueError(
            f"the model has {len(network.layers)} linear layers and used {len(results)} of them\n"
            "flow() draws models that use each layer once, in the order in which they are defined."
        )
    linears = [each for each in model.modules() if isinstance(each, Linear)]
    with no_grad():
        for parameter in model.parameters():
            if parameter.gradient is not None:
                parameter.array -= (lr * parameter.gradient.array).astype(parameter.array.dtype)
        new_loss = loss_fn(model(x), y).item()
    layers = []
    for linear, (first, *rest) in zip(linears, results, strict=True):
        last = rest[-1] if rest else first
        size = linear.weight.shape[0]
        layers.append(
            FlowLayer(
                _first(first.array, size),
                _first(last.array, size),
                _first(
                    first.gradient.array if first.gradient is not None else first.array * 0, size
                ),
                _first(last.gradient.array if last.gradient is not None else last.array * 0, size),
                linear.weight.array.copy(),
                None if linear.bias is None else linear.bias.array.copy(),
            )
        )
    for traced, layer in zip(network.layers, layers, strict=True):
        traced.values = layer.values
    return TracedFlow(
        network,
        layers,
        y.array,
        _first(output.array, layers[-1].values.size),
        isolated(type(loss_fn).__name__ if isinstance(loss_fn, Module) else _name(loss_fn)),
        loss.item(),
        new_loss,
        lr,
    )


def _first(array: Array, size: int) -> Array:
    """The first example's row."""
    row: Array = np.reshape(array, (-1, size))[0]
    return row


def _name(loss_fn: object) -> str:
    name = getattr(loss_fn, "__name__", "loss")
    return "loss" if name == "<lambda>" else name.replace("_", " ")
