"""The network as neurons and weights, and how much each weight is to blame."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ...nn.module import Module
from ...tensor import Tensor
from ..kit.diagram import Diagram, Paper, finish
from ..kit.neurons import neuron_id, weight_id
from ..kit.notes import add_notes
from ..kit.numbers import short
from ..kit.sizes import broken, largest, share
from ..kit.steps import explain
from ..kit.svg import Element, Later
from ..kit.text import fitted
from .bands import Bands, blame_bands, change_bands, check_show
from .layout import RADIUS, Column, NetworkLayout, layout_network
from .maps import NOTHING, Maps, add_key, draw_map, draw_ring, trace_maps
from .trace import TracedNetwork, trace_network
from .words import describe, neuron_facts, numbers, title, weight_facts, weight_words

WIDEST_WEIGHT = 5.0


def network(
    model: Module, x: Tensor | None = None, *, show: str = "blame", maps: bool = False
) -> Diagram:
    """Draw the layers of `model`: neurons, weights, and how much each weight is to blame.

    A blue line is a weight, the wider the larger, dashed where it is negative. The orange band around it
    is its gradient: how much the loss would change with it. The ring of a neuron is its bias's gradient.
    With ``show="change"`` bands and rings are green, and show what the last step did to each number,
    dashed where it went down.

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
        show: ``"blame"``, ``"change"``, or ``"weights"`` for the weights alone. A change is known of steps
            that were made while `remember` was on: those of an optimizer, or by hand after a backward.
        maps: draw in each neuron what it says all over the plane around `x`, which is (n, 2): filled where
            it is above 0.

    Raises:
        TypeError: `model` is no module, or `x` no tensor.
        ValueError: there are no linear layers, or they don't follow each other, or `show` is another word,
            or there are to be maps and `x` has not two numbers in each row.
    """
    check_show(show)
    traced = trace_network(model, x)
    plane = trace_maps(model, x) if maps else None
    bands = change_bands(traced) if show == "change" else blame_bands(traced)
    layout = layout_network(traced, bands, maps=maps)
    drawn = None if show == "weights" else bands
    body = Element("g")
    for index in range(len(traced.layers)):
        columns = layout.columns[index], layout.columns[index + 1]
        _draw_edges(body, traced, drawn, index, *columns)
    for place, column in enumerate(layout.columns):
        _draw_column(body, traced, drawn, plane, place, column)
    description = describe(traced, drawn, plane)
    height = _draw_notes(body, layout, drawn, plane, description)
    return finish(
        Paper(body, layout.width, height),
        title=title(traced),
        description=description,
        table=lambda: numbers(traced, layout, drawn, plane),
        kind="network",
    )


def _draw_edges(
    body: Element,
    traced: TracedNetwork,
    bands: Bands | None,
    index: int,
    left: Column,
    right: Column,
) -> None:
    """The weights of linear layer `index`, which lead from the left column to the right one."""
    weights = traced.layers[index].weight.tolist()
    numbers_of_bands = None if bands is None else bands.weights[index]
    banded = None if numbers_of_bands is None else numbers_of_bands.tolist()
    heaviest = largest([each.weight for each in traced.layers])
    group = body.add("g", class_="bp-edges")
    behind, lines = group.add("g"), group.add("g")
    for row, y2 in zip(right.shown, right.ys, strict=True):
        for column, y1 in zip(left.shown, left.ys, strict=True):
            weight = weights[row][column]
            line_width = 0.8 + WIDEST_WEIGHT * share(weight, heaviest)
            path = f"M{left.x:.0f} {y1:.1f}L{right.x:.0f} {y2:.1f}"
            node = weight_id(index + 1, row, column)
            if bands is not None and banded is not None:
                value = banded[row][column]
                behind.add(
                    "path",
                    d=path,
                    class_=bands.band_class(value),
                    stroke_width=bands.width(value, line_width),
                    data_node=node,
                )
            line = lines.add(
                "path",
                Element(
                    "title", {}, [Later(partial(weight_words, traced, bands, index, row, column))]
                ),
                d=path,
                class_="bp-weight" + (" is-negative" if weight < 0 else "") + broken(weight),
                stroke_width=line_width,
            )
            explain(
                line,
                node,
                Later(partial(weight_facts, traced, bands, index, row, column)),
                previous=[neuron_id(index, column)],
                following=[neuron_id(index + 1, row)],
            )


def _draw_column(
    body: Element,
    traced: TracedNetwork,
    bands: Bands | None,
    plane: Maps | None,
    place: int,
    column: Column,
) -> None:
    layer = traced.layers[place - 1] if place else None
    values = traced.inputs if layer is None else layer.values
    name = traced.layer_name(place - 1)
    group = body.add("g", class_="bp-layer")
    group.add("text", name, x=column.x, y=24, class_="bp-heading")
    if layer is not None and layer.activation:
        activation = fitted(layer.activation, column.room)
        group.add("text", activation, x=column.x, y=46, class_="bp-note")
    rings = None if bands is None or layer is None else bands.biases[place - 1]
    maps = None if plane is None else plane.columns[place]
    outlined = [] if maps is None else maps.outlines(column.shown)
    brightest = largest([values])
    for row, (index, y) in enumerate(zip(column.shown, column.ys, strict=True)):
        silent = layer is not None and values is not None and values[index] == 0
        if plane is not None:
            silent = layer is not None and maps is not None and bool(maps.silent[index])
        neuron = group.add("g", class_="bp-unit is-silent" if silent else "bp-unit")
        facts = partial(neuron_facts, traced, bands, maps, place, index)
        neuron.add("title", Later(partial(_joined, facts, ", ")))
        explain(neuron, neuron_id(place, index), Later(partial(_joined, facts, "\n")))
        if plane is not None:
            if bands is not None and rings is not None:
                draw_ring(neuron, column.x, y, bands, float(rings[index]))
            loops = NOTHING if maps is None else outlined[row]
            finite = maps is None or bool(maps.finite[index])
            draw_map(neuron, column.x, y, index + 1, loops, finite=finite)
            continue
        if bands is not None and rings is not None:
            ring = bands.ring(float(rings[index]))
            neuron.add(
                "circle",
                cx=column.x,
                cy=y,
                r=RADIUS + ring / 2,
                stroke_width=ring,
                class_=bands.ring_class(float(rings[index])),
            )
        neuron.add("circle", cx=column.x, cy=y, r=RADIUS, class_="bp-neuron")
        if values is not None:
            neuron.add(
                "circle",
                cx=column.x,
                cy=y,
                r=RADIUS,
                class_="bp-activation",
                fill_opacity=0.3 * share(float(values[index]), brightest),
            )
        label = str(index + 1) if values is None else short(float(values[index]))
        neuron.add("text", label, x=column.x, y=y + 5.5)
    if column.hidden_count:
        bottom = column.ys[-1] + RADIUS + 26
        group.add("text", f"+{column.hidden_count:,}", x=column.x, y=bottom, class_="bp-note")


def _joined(facts: Callable[[], list[str]], between: str) -> str:
    return between.join(facts())


#: What the key says of each kind of band.
MEANING = {
    "blame": "blame: the size of the gradient",
    "change": "change in the last step, dashed if down",
}


def _draw_notes(
    body: Element,
    layout: NetworkLayout,
    bands: Bands | None,
    plane: Maps | None,
    description: str,
) -> float:
    """Draw the key and what is seen, below the picture; return the height of the whole."""
    y = layout.bottom + 24
    if plane is not None:
        y = add_key(body, y)
    key = [("value", "weight, dashed if negative")]
    if bands is not None and bands.known:
        key.append((bands.kind, MEANING[bands.kind]))
    return add_notes(body, y, description, key, width=layout.width)
