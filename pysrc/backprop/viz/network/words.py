"""What is to be said of a network, in sentences and in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from ...dtypes import Array
from ..kit.diagram import Table
from ..kit.numbers import exact
from ..memory import last_step
from .bands import Bands
from .layout import NetworkLayout
from .maps import ColumnMaps, Maps, describe_maps
from .trace import TracedNetwork


def title(traced: TracedNetwork) -> str:
    """The sizes of its layers."""
    *others, last = [f"{size:,}" for size in traced.sizes]
    return f"A network of {', '.join(others)} and {last} neurons"


def weight_words(
    traced: TracedNetwork, bands: Bands | None, index: int, row: int, column: int
) -> str:
    """The numbers of one weight; where changes are shown, what it was before and is after."""
    layer = traced.layers[index]
    weight = float(layer.weight[row, column])
    words = f"weight {exact(weight)}"
    if bands is not None and bands.kind == "change" and layer.weight_change is not None:
        words = _before_and_after(weight, float(layer.weight_change[row, column]))
    if layer.weight_gradient is not None:
        words += f", gradient {exact(float(layer.weight_gradient[row, column]))}"
    return words


def weight_facts(
    traced: TracedNetwork, bands: Bands | None, index: int, row: int, column: int
) -> str:
    """From where to where one weight leads, and its numbers."""
    source, target = traced.neuron_name(index - 1, column), traced.neuron_name(index, row)
    return f"from {source} to {target}\n{weight_words(traced, bands, index, row, column)}"


def neuron_facts(
    traced: TracedNetwork, bands: Bands | None, maps: ColumnMaps | None, place: int, neuron: int
) -> list[str]:
    """What a neuron of column `place` says, and the numbers of its bias; the input is column 0."""
    layer = traced.layers[place - 1] if place else None
    values = traced.inputs if layer is None else layer.values
    facts = [traced.neuron_name(place - 1, neuron)]
    if values is not None:
        facts[0] += f": says {exact(float(values[neuron]))}"
    if maps is not None:
        facts += maps.facts(neuron)
    if layer is None or layer.bias is None:
        return facts
    bias = float(layer.bias[neuron])
    if bands is not None and bands.kind == "change" and layer.bias_change is not None:
        facts.append(f"bias {_before_and_after(bias, float(layer.bias_change[neuron]))}")
    else:
        facts.append(f"bias {exact(bias)}")
    if layer.bias_gradient is not None:
        facts.append(f"gradient of the bias {exact(float(layer.bias_gradient[neuron]))}")
    return facts


def _before_and_after(after: float, change: float) -> str:
    return f"before {exact(after - change)}, change {exact(change)}, after {exact(after)}"


def describe(traced: TracedNetwork, bands: Bands | None, plane: Maps | None) -> str:
    """What is seen, in words: who takes the most blame and who none, or what has changed most."""
    if bands is None:
        sentences = _describe_weights(traced)
    elif bands.kind == "change":
        sentences = _describe_change(traced, bands)
    else:
        sentences = _describe_blame(traced, bands)
    if plane is not None:
        names = [traced.layer_name(place - 1) for place in range(len(plane.columns))]
        sentences += describe_maps(plane, names)
    elif traced.examples > 1:
        sentences.append(f"The neurons show the first of {traced.examples:,} examples.")
    return " ".join(sentences)


def _describe_weights(traced: TracedNetwork) -> list[str]:
    found = _largest_of(traced, [each.weight for each in traced.layers])
    count = sum(each.weight.size for each in traced.layers)
    if found is None:
        return [f"All of the {count:,} weights are 0."]
    source, target, value = found
    return [
        f"The largest of {count:,} weights leads from {source} to {target}: it is {exact(value)}."
    ]


def _describe_blame(traced: TracedNetwork, bands: Bands) -> list[str]:
    if not bands.known:
        return ["There are no gradients yet: call loss.backward() to see who is to blame."]
    sentences = []
    for index, name, blame in _known_layers(traced, bands):
        if index == len(traced.layers) - 1:
            continue  # the output, which takes the blame first of all
        if not np.isfinite(blame).all():
            sentences.append(f"Some gradients of {name} are not finite.")
            continue
        if not blame.any():
            sentences.append(f"No neuron of {name} takes any blame.")
            continue
        worst = int(blame.argmax())
        sentences.append(
            f"{traced.neuron_name(index, worst).capitalize()} takes {_percent(blame[worst] / blame.sum())} "
            "of the blame of its layer."
        )
        idle = int((blame == 0).sum())
        if idle:
            sentences.append(f"{idle} of {blame.size} {'takes' if idle == 1 else 'take'} none.")
    found = _largest_of(traced, bands.weights)
    if found is not None:
        source, target, value = found
        sentences.append(
            f"The weight most to blame leads from {source} to {target}: its gradient is {exact(value)}."
        )
    return sentences


def _describe_change(traced: TracedNetwork, bands: Bands) -> list[str]:
    if not bands.known:
        if last_step.is_kept():
            return ["No step was made yet: call optimizer.step() to see what it changes."]
        return ["What the last step changed was not kept: call viz.remember() before the training."]
    sentences = []
    found = _largest_of(traced, bands.weights)
    if found is not None:
        source, target, change = found
        sentences.append(
            f"In the last step the weight from {source} to {target} changed most, by {exact(change)}."
        )
    for _, name, sizes in _known_layers(traced, bands):
        if not np.isfinite(sizes).all():
            sentences.append(f"Some changes of {name} are not finite.")
            continue
        still = int((sizes == 0).sum())
        if still == sizes.size:
            sentences.append(f"Nothing of {name} changed.")
        elif still:
            sentences.append(f"{still} of {sizes.size} neurons of {name} did not change.")
    return sentences


def _known_layers(traced: TracedNetwork, bands: Bands) -> Iterator[tuple[int, str, Array]]:
    """The number, the name, and the sizes of all that leads into the neurons, of layers with `bands`."""
    for index in range(len(traced.layers)):
        sizes = bands.into_neurons(index)
        if sizes is not None:
            yield index, traced.layer_name(index), sizes


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else "less than 1%"


def _largest_of(
    traced: TracedNetwork, numbers: list[Array | None]
) -> tuple[str, str, float] | None:
    """Of a number for each weight the largest: from where to where the weight leads, and the number.

    Layers with numbers that are not finite are left out; None if all others are 0.
    """
    best: tuple[str, str, float] | None = None
    for index, array in enumerate(numbers):
        if array is None or not np.isfinite(array).all() or array.size == 0:
            continue
        row, column = np.unravel_index(int(np.abs(array).argmax()), array.shape)
        value = float(array[row, column])
        if abs(value) > (0 if best is None else abs(best[2])):
            source = traced.neuron_name(index - 1, int(column))
            best = source, traced.neuron_name(index, int(row)), value
    return best


def numbers(
    traced: TracedNetwork, layout: NetworkLayout, bands: Bands | None, plane: Maps | None
) -> Table:
    """The numbers of what is drawn: a million rows would take longer than a training."""
    changes = bands is not None and bands.kind == "change"
    columns = ("value", "gradient", "change") if changes else ("value", "gradient")
    rows: list[tuple[str, ...]] = []
    for index, layer in enumerate(traced.layers):
        left, right = layout.columns[index], layout.columns[index + 1]
        for row, column in product(right.shown, left.shown):
            source, target = traced.neuron_name(index - 1, column), traced.neuron_name(index, row)
            arrays = layer.weight, layer.weight_gradient, layer.weight_change
            rows.append((f"{source} to {target}", *(_cell(each, row, column) for each in arrays)))
        if layer.bias is None:
            continue
        for row in right.shown:
            arrays = layer.bias, layer.bias_gradient, layer.bias_change
            name = f"bias of {traced.neuron_name(index, row)}"
            rows.append((name, *(_cell(each, row) for each in arrays)))
    rows = [row[: len(columns) + 1] for row in rows]
    if plane is None:
        return Table(("weight", *columns), tuple(rows))
    rows = [(*row, *[""] * len(OF_MAPS)) for row in rows]
    for place, maps in enumerate(plane.columns):
        if maps is None:
            continue
        for neuron in layout.columns[place].shown:
            name = traced.neuron_name(place - 1, neuron)
            rows.append((name, *[""] * len(columns), *maps.row(neuron)))
    return Table(("weight or neuron", *columns, *OF_MAPS), tuple(rows))


#: The columns of the table that tell of the maps.
OF_MAPS = ("says from", "to", "above 0 in")


def _cell(array: Array | None, *place: int) -> str:
    return "" if array is None else exact(float(array[place]))
