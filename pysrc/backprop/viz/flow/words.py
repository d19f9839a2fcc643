"""A learning step in words: its captions, what each neuron and weight says of itself, what is seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...dtypes import Array
from ..kit.diagram import Table
from ..kit.numbers import exact, plain
from ..kit.steps import Step
from .trace import TracedFlow


@dataclass
class Times:
    """The step in which each thing happens, by layer where there is one for each; the input is 0."""

    forward: list[int]
    loss: int
    output_blame: int
    weight_blame: list[int]
    blame: list[int]
    update: int
    new_loss: int

    @staticmethod
    def of(flow: TracedFlow) -> Times:
        """Forward layer by layer, the loss, back layer by layer, and the update."""
        count = len(flow.layers)
        loss = count + 2
        weight_blame = [loss + 2 * (count - index) for index in range(count)]
        # What comes out of a layer is blamed one step after the weights that it goes into.
        blame = [each + 1 for each in weight_blame]
        update = weight_blame[0] + 1
        return Times(
            list(range(1, count + 2)), loss, loss + 1, weight_blame, blame, update, update + 1
        )


def steps_of(flow: TracedFlow) -> list[Step]:
    """One caption for each step; where there are many neurons, the one most to blame is the example."""
    network, count = flow.network, len(flow.layers)
    assert network.inputs is not None
    steps = [Step(f"Forward: the input is {_row(network.inputs)}.", "forward")]
    for index in range(count):
        steps.append(Step(f"Forward: {sum_words(flow, index, _worst(flow, index))}.", "forward"))
    target = _row(flow.target.reshape(-1)[:4])
    steps.append(
        Step(
            f"Loss: the answer is {_row(flow.output)}, the target {target}. "
            f"{flow.loss_name} = {plain(flow.loss)}.",
            "loss",
        )
    )
    last = _worst(flow, count - 1)
    blame = float(flow.layers[-1].sum_blame[last])
    steps.append(
        Step(
            f"Backward: if {network.neuron_name(count - 1, last)} grew by a little, the loss would "
            f"change by {plain(blame)} times that.",
            "backward",
        )
    )
    for index in reversed(range(count)):
        row, column = worst_weight(flow, index)
        name, words = (
            weight_name(flow, index, row, column),
            gradient_words(flow, index, row, column),
        )
        steps.append(Step(f"Backward: the weight from {name} gets {words}.", "backward"))
        if index:
            unit = _worst(flow, index - 1)
            steps.append(Step(f"Backward: {blame_words(flow, index - 1, unit)}.", "backward"))
    index = max(range(count), key=lambda each: _change(flow, each, *worst_weight(flow, each)))
    name = weight_name(flow, index, *worst_weight(flow, index))
    words = update_words(flow, index, *worst_weight(flow, index))
    steps.append(Step(f"Update: the weight from {name} becomes {words}.", "update"))
    steps.append(
        Step(
            f"Update: the loss was {plain(flow.loss)}. Now it is {plain(flow.new_loss)}.", "update"
        )
    )
    return steps


def _row(array: Array) -> str:
    numbers = ", ".join(plain(float(each)) for each in array[:4])
    return numbers if array.size <= 4 else f"{numbers}, and {array.size - 4:,} more"


def _worst(flow: TracedFlow, index: int) -> int:
    return int(np.nan_to_num(np.abs(flow.layers[index].sum_blame), nan=np.inf).argmax())


def worst_weight(flow: TracedFlow, index: int) -> tuple[int, int]:
    """The row and column of the weight of a layer that is most to blame."""
    gradient = flow.network.layers[index].weight_gradient
    assert gradient is not None
    sizes = np.nan_to_num(np.abs(gradient), nan=np.inf)
    row, column = np.unravel_index(int(sizes.argmax()), gradient.shape)
    return int(row), int(column)


def _change(flow: TracedFlow, index: int, row: int, column: int) -> float:
    before = float(flow.network.layers[index].weight[row, column])
    return abs(float(flow.layers[index].new_weight[row, column]) - before)


def entering(flow: TracedFlow, index: int) -> Array:
    """What goes into linear layer `index`: the input, or the values of the layer before."""
    inputs = flow.network.inputs
    assert inputs is not None
    return inputs if index == 0 else flow.layers[index - 1].values


def sum_words(flow: TracedFlow, index: int, unit: int) -> str:
    """How a neuron got its value: "hidden 1 = ReLU(0.38 × 2 + ...) = 0.74"."""
    layer, traced = flow.layers[index], flow.network.layers[index]
    into = entering(flow, index)
    terms = [
        f"{plain(float(weight))} × {plain(float(value))}"
        for weight, value in zip(traced.weight[unit][:3], into[:3], strict=True)
    ]
    if into.size > 3:
        terms.append("…")
    if traced.bias is not None:
        terms.append(plain(float(traced.bias[unit])))
    total = " + ".join(terms)
    if traced.activation:
        total = f"{traced.activation}({total})"
    return f"{flow.network.neuron_name(index, unit)} = {total} = {plain(float(layer.values[unit]))}"


def gradient_words(flow: TracedFlow, index: int, row: int, column: int) -> str:
    """How a weight got its gradient, blame times value: "dL/dw = 0.42 = 2.1 × 0.2"."""
    gradient = flow.network.layers[index].weight_gradient
    assert gradient is not None
    words = f"dL/dw = {plain(float(gradient[row, column]))}"
    if flow.network.examples == 1:
        blame = float(flow.layers[index].sum_blame[row])
        words += f" = {plain(blame)} × {plain(float(entering(flow, index)[column]))}"
    return words


def blame_words(flow: TracedFlow, index: int, unit: int) -> str:
    """How the blame of a neuron adds up: its share of each neuron's blame behind it, times its slope."""
    following, traced = flow.layers[index + 1], flow.network.layers[index + 1]
    terms = [
        f"{plain(float(blame))} × {plain(float(weight))}"
        for blame, weight in zip(following.sum_blame[:3], traced.weight[:3, unit], strict=True)
    ]
    if following.sum_blame.size > 3:
        terms.append("…")
    layer, activation = flow.layers[index], flow.network.layers[index].activation
    name, total = flow.network.neuron_name(index, unit), " + ".join(terms)
    taken, arrived = float(layer.sum_blame[unit]), float(layer.blame[unit])
    if not activation or arrived == 0:
        return f"{name} takes {plain(taken)} = {total}"
    if taken == 0:
        return f"{name} takes none of {plain(arrived)}: its {activation} lets no blame through"
    return f"{name} takes {plain(taken)} = ({total}) × {plain(taken / arrived)}, the slope of {activation}"


def update_words(flow: TracedFlow, index: int, row: int, column: int) -> str:
    """What becomes of a weight: "0.16 = 0.2 − 0.1 × 0.42"."""
    traced = flow.network.layers[index]
    assert traced.weight_gradient is not None
    before, gradient = (
        float(each[row, column]) for each in (traced.weight, traced.weight_gradient)
    )
    after = float(flow.layers[index].new_weight[row, column])
    return f"{plain(after)} = {plain(before)} − {plain(flow.lr)} × {plain(gradient)}"


def weight_name(flow: TracedFlow, index: int, row: int, column: int) -> str:
    """Where a weight leads: "hidden 1 to output 1"."""
    names = flow.network
    return f"{names.neuron_name(index - 1, column)} to {names.neuron_name(index, row)}"


def title(flow: TracedFlow) -> str:
    """What is drawn."""
    return f"One step of learning with a learning rate of {plain(flow.lr)}"


def describe(flow: TracedFlow) -> str:
    """What is seen: who takes how much of the blame, and what becomes of the loss."""
    sentences = []
    for index, layer in enumerate(flow.layers[:-1]):
        sizes = np.abs(layer.sum_blame)
        name = flow.network.layer_name(index)
        if not np.isfinite(sizes).all():
            sentences.append(f"Some gradients of {name} are not finite.")
        elif not sizes.any():
            sentences.append(f"No neuron of {name} takes any blame.")
        elif sizes.size > 1:
            unit = int(sizes.argmax())
            who = flow.network.neuron_name(index, unit)
            sentences.append(
                f"{who[0].upper()}{who[1:]} takes {sizes[unit] / sizes.sum():.0%} of the blame."
            )
    before, after = plain(flow.loss), plain(flow.new_loss)
    if flow.new_loss == flow.loss:
        sentences.append(f"The loss stays {before}.")
    elif np.isfinite(flow.new_loss) and np.isfinite(flow.loss):
        verb = "falls" if flow.new_loss < flow.loss else "rises"
        sentences.append(f"The loss {verb} from {before} to {after}.")
    else:
        sentences.append(f"The loss was {before} and is now {after}.")
    if flow.network.examples > 1:
        sentences.append(
            f"The neurons show the first of {flow.network.examples:,} examples; the weights learn from all."
        )
    return " ".join(sentences)


def table(flow: TracedFlow) -> Table:
    """Every weight and bias: before, gradient, change, after."""
    rows: list[tuple[str, ...]] = []
    for index, (traced, layer) in enumerate(zip(flow.network.layers, flow.layers, strict=True)):
        assert traced.weight_gradient is not None
        for (row, column), before in np.ndenumerate(traced.weight):
            rows.append(
                _change_row(
                    weight_name(flow, index, row, column),
                    float(before),
                    float(traced.weight_gradient[row, column]),
                    float(layer.new_weight[row, column]),
                )
            )
        if traced.bias is not None and traced.bias_gradient is not None:
            assert layer.new_bias is not None
            for unit, before in enumerate(traced.bias):
                rows.append(
                    _change_row(
                        f"bias of {flow.network.neuron_name(index, unit)}",
                        float(before),
                        float(traced.bias_gradient[unit]),
                        float(layer.new_bias[unit]),
                    )
                )
    return Table(("weight", "before", "gradient", "change", "after"), tuple(rows))


def _change_row(name: str, before: float, gradient: float, after: float) -> tuple[str, ...]:
    return name, exact(before), exact(gradient), exact(after - before), exact(after)
