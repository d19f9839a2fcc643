"""The network as neurons and weights, and how much each weight is to blame."""

from __future__ import annotations

import math
import textwrap
from functools import partial
from itertools import product

import numpy as np

from ..dtypes import Array
from ..nn.module import Module
from ..tensor import Tensor
from .diagram import Diagram, Page, Table, finish
from .network_layout import RADIUS, Column, NetworkLayout, layout_network
from .network_trace import TracedLayer, TracedNetwork, trace_network
from .numbers import exact, short
from .steps import explain
from .svg import Element, Later

WIDEST_WEIGHT = 5.0
WIDEST_BLAME = 16.0
WIDEST_RING = 8.0
#: A bias can be more to blame than every weight; its ring must not reach its neighbours.
MOST_OF_RING = 1.35


def network(model: Module, x: Tensor | None = None) -> Diagram:
    """Draw the layers of `model`: neurons, weights, and how much each weight is to blame.

    A blue line is a weight, the wider the larger, dashed where it is negative. The orange band around it
    is its gradient: how much the loss would change with it. The ring of a neuron is its bias's gradient.

    >>> import backprop as torch
    >>> from backprop import viz
    >>> model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
    >>> model(torch.tensor([[1.0, 2.0]])).sum().backward()
    >>> viz.network(model).title
    'A network of 2, 3 and 1 neurons'

    Args:
        model: a module with `Linear` layers that feed each other in the order of their definition.
            Call backward first to see blame.
        x: an input of the model, (in_features,) or (batch, in_features); the neurons then show what they
            say to its first row.

    Raises:
        TypeError: `model` is no module, or `x` no tensor.
        ValueError: there are no linear layers, or they don't follow each other.
    """
    traced = trace_network(model, x)
    layout = layout_network(traced)
    body = Element("g")
    for index in range(len(traced.layers)):
        _draw_edges(body, traced, index + 1, layout.columns[index], layout.columns[index + 1])
    for place, column in enumerate(layout.columns):
        _draw_column(body, traced, place, column)
    description = _describe(traced)
    height = _draw_notes(body, layout, traced, description)
    return finish(
        Page(body, layout.width, height),
        title=_title(traced),
        description=description,
        table=lambda: _table(traced, layout),
        kind="network",
    )


def _has_blame(traced: TracedNetwork) -> bool:
    return any(layer.weight_gradient is not None for layer in traced.layers)


def _largest(arrays: list[Array | None]) -> float:
    sizes = [np.abs(each[np.isfinite(each)]).max(initial=0) for each in arrays if each is not None]
    return float(max(sizes, default=0.0))


def _share(value: float, largest: float) -> float:
    """How large a number is drawn: 1 for the largest, and for what is no number at all."""
    if not math.isfinite(value):
        return 1.0
    return abs(value) / largest if largest else 0.0


def _draw_edges(
    body: Element,
    traced: TracedNetwork,
    place: int,
    left: Column,
    right: Column,
) -> None:
    """The weights that lead from the column before `place` to that one; the input is column 0."""
    layer = traced.layers[place - 1]
    heaviest = _largest([each.weight for each in traced.layers])
    worst = _largest([each.weight_gradient for each in traced.layers])
    group = body.add("g", class_="bp-edges")
    bands, lines = group.add("g"), group.add("g")
    weights = layer.weight.tolist()
    gradients = None if layer.weight_gradient is None else layer.weight_gradient.tolist()
    for row, y2 in zip(right.shown, right.ys, strict=True):
        for column, y1 in zip(left.shown, left.ys, strict=True):
            weight = weights[row][column]
            line_width = 0.8 + WIDEST_WEIGHT * _share(weight, heaviest)
            path = f"M{left.x:.0f} {y1:.1f}L{right.x:.0f} {y2:.1f}"
            node = f"w{place}.{row}.{column}"
            if gradients is not None:
                blame = gradients[row][column]
                # A band without width keeps a live drawing the same when blame comes and goes.
                size = line_width + 1 + WIDEST_BLAME * _share(blame, worst) if blame else 0.0
                bands.add(
                    "path",
                    d=path,
                    class_="bp-blame-band" + _broken(blame),
                    stroke_width=size,
                    data_node=node,
                )
            line = lines.add(
                "path",
                Element("title", {}, [Later(partial(_weight_words, layer, row, column))]),
                d=path,
                class_="bp-weight" + (" is-negative" if weight < 0 else "") + _broken(weight),
                stroke_width=line_width,
            )
            explain(
                line,
                node,
                Later(partial(_weight_facts, traced, place, row, column)),
                previous=[f"n{place - 1}.{column}"],
                following=[f"n{place}.{row}"],
            )


def _weight_words(layer: TracedLayer, row: int, column: int) -> str:
    words = f"weight {exact(float(layer.weight[row, column]))}"
    if layer.weight_gradient is not None:
        words += f", gradient {exact(float(layer.weight_gradient[row, column]))}"
    return words


def _weight_facts(traced: TracedNetwork, place: int, row: int, column: int) -> str:
    source, target = traced.neuron_name(place - 2, column), traced.neuron_name(place - 1, row)
    return f"from {source} to {target}\n{_weight_words(traced.layers[place - 1], row, column)}"


def _broken(value: float) -> str:
    return "" if math.isfinite(value) else " is-not-finite"


def _draw_column(body: Element, traced: TracedNetwork, place: int, column: Column) -> None:
    layer = traced.layers[place - 1] if place else None
    values = traced.inputs if layer is None else layer.values
    name = traced.layer_name(place - 1)
    group = body.add("g", class_="bp-layer")
    group.add("text", name, x=column.x, y=24, class_="bp-heading")
    if layer is not None and layer.activation:
        group.add("text", layer.activation, x=column.x, y=46, class_="bp-note")
    worst = _largest([each.weight_gradient for each in traced.layers])
    finite = None if values is None else np.abs(values[np.isfinite(values)])
    brightest = 0.0 if finite is None else float(finite.max(initial=0))
    for index, y in zip(column.shown, column.ys, strict=True):
        silent = layer is not None and values is not None and values[index] == 0
        neuron = group.add("g", class_="bp-unit is-silent" if silent else "bp-unit")
        words = Later(partial(_neuron_words, traced, place, index, ", "))
        neuron.add("title", words)
        facts = Later(partial(_neuron_words, traced, place, index, "\n"))
        explain(neuron, f"n{place}.{index}", facts)
        if layer is not None and layer.bias_gradient is not None:
            blame = float(layer.bias_gradient[index])
            ring = 0.8 + WIDEST_RING * min(_share(blame, worst), MOST_OF_RING) if blame else 0.0
            neuron.add(
                "circle",
                cx=column.x,
                cy=y,
                r=RADIUS + ring / 2,
                stroke_width=ring,
                class_="bp-bias-ring" + _broken(blame),
            )
        neuron.add("circle", cx=column.x, cy=y, r=RADIUS, class_="bp-neuron")
        if values is not None:
            neuron.add(
                "circle",
                cx=column.x,
                cy=y,
                r=RADIUS,
                class_="bp-activation",
                fill_opacity=0.3 * _share(float(values[index]), brightest),
            )
        label = str(index + 1) if values is None else short(float(values[index]))
        neuron.add("text", label, x=column.x, y=y + 5.5)
    if column.hidden_count:
        bottom = column.ys[-1] + RADIUS + 26
        group.add("text", f"+{column.hidden_count:,}", x=column.x, y=bottom, class_="bp-note")


def _neuron_words(traced: TracedNetwork, place: int, index: int, between: str) -> str:
    """What a neuron of the column `place` says, and how its bias is to blame."""
    layer = traced.layers[place - 1] if place else None
    values = traced.inputs if layer is None else layer.values
    words = [traced.neuron_name(place - 1, index)]
    if values is not None:
        words[0] += f": says {exact(float(values[index]))}"
    if layer is not None and layer.bias is not None:
        words.append(f"bias {exact(float(layer.bias[index]))}")
        if layer.bias_gradient is not None:
            words.append(f"gradient of the bias {exact(float(layer.bias_gradient[index]))}")
    return between.join(words)


def _draw_notes(
    body: Element, layout: NetworkLayout, traced: TracedNetwork, description: str
) -> float:
    """Draw the key and what is seen, below the picture; return the height of the whole."""
    notes = body.add("g", class_="bp-notes")
    y = layout.bottom + 28
    left = max(20.0, (layout.width - 400) / 2)
    notes.add("path", d=f"M{left:.0f} {y - 5:.1f}h34", class_="bp-weight", stroke_width=4)
    notes.add("text", "weight, dashed if negative", x=left + 44, y=y, class_="bp-note-left")
    if _has_blame(traced):
        y += 26
        notes.add("path", d=f"M{left:.0f} {y - 5:.1f}h34", class_="bp-blame-band", stroke_width=12)
        notes.add(
            "text", "blame: the size of the gradient", x=left + 44, y=y, class_="bp-note-left"
        )
    y += 8
    for line in textwrap.wrap(description, 46):
        y += 22
        notes.add("text", line, x=left, y=y, class_="bp-note-left")
    return y + 16


def _title(traced: TracedNetwork) -> str:
    sizes = [traced.layers[0].weight.shape[1], *(each.weight.shape[0] for each in traced.layers)]
    listed = ", ".join(f"{size:,}" for size in sizes[:-1])
    return f"A network of {listed} and {sizes[-1]:,} neurons"


def _describe(traced: TracedNetwork) -> str:
    """What is seen, in words: who takes the most blame, and who none."""
    if not _has_blame(traced):
        return "There are no gradients yet: call loss.backward() to see who is to blame."
    sentences = []
    for index, layer in enumerate(traced.layers[:-1]):
        blame = layer.neuron_blame()
        if blame is None:
            continue
        name = traced.layer_name(index)
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
    worst_weight = _worst_weight(traced)
    if worst_weight:
        sentences.append(worst_weight)
    if traced.examples > 1:
        sentences.append(f"The neurons show the first of {traced.examples:,} examples.")
    return " ".join(sentences)


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else "less than 1%"


def _worst_weight(traced: TracedNetwork) -> str:
    best: tuple[float, str] | None = None
    for index, layer in enumerate(traced.layers):
        gradient = layer.weight_gradient
        if gradient is None or not np.isfinite(gradient).all() or gradient.size == 0:
            continue
        row, column = np.unravel_index(int(np.abs(gradient).argmax()), gradient.shape)
        size = float(abs(gradient[row, column]))
        words = (
            f"The weight most to blame leads from {traced.neuron_name(index - 1, int(column))} to "
            f"{traced.neuron_name(index, int(row))}: its gradient is "
            f"{exact(float(gradient[row, column]))}."
        )
        if size > 0 and (best is None or size > best[0]):
            best = size, words
    return "" if best is None else best[1]


def _table(traced: TracedNetwork, layout: NetworkLayout) -> Table:
    """The numbers of what is drawn: a million rows would take longer than a training."""
    rows: list[tuple[str, ...]] = []
    for index, layer in enumerate(traced.layers):
        left, right = layout.columns[index], layout.columns[index + 1]
        for row, column in product(right.shown, left.shown):
            gradient = None if layer.weight_gradient is None else layer.weight_gradient[row, column]
            source, target = traced.neuron_name(index - 1, column), traced.neuron_name(index, row)
            rows.append(_row(f"{source} to {target}", layer.weight[row, column], gradient))
        if layer.bias is None:
            continue
        for row in right.shown:
            gradient = None if layer.bias_gradient is None else layer.bias_gradient[row]
            rows.append(
                _row(f"bias of {traced.neuron_name(index, row)}", layer.bias[row], gradient)
            )
    return Table(("weight", "value", "gradient"), tuple(rows))


def _row(name: str, value: float, gradient: float | None) -> tuple[str, str, str]:
    return name, exact(float(value)), "" if gradient is None else exact(float(gradient))
