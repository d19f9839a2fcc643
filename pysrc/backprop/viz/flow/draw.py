"""One step of learning: values flow forward, blame flows back and splits, the weights change."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ...nn.module import Module
from ...tensor import Tensor
from ..kit.diagram import Diagram, Paper, finish
from ..kit.neurons import neuron_id
from ..kit.notes import MARGIN, add_notes
from ..kit.numbers import exact, short
from ..kit.sizes import largest, share
from ..kit.steps import Step, add_captions, arriving, explain, seen
from ..kit.svg import Element
from ..kit.text import fitted
from .edges import draw_loss_line, draw_weights
from .layout import (
    LOSS_HEIGHT,
    RADIUS,
    FlowLayout,
    layout_narrow,
    layout_wide,
)
from .trace import TracedFlow, trace_flow
from .words import (
    Times,
    blame_words,
    describe,
    steps_of,
    sum_words,
    table,
    title,
    worst_weight,
)

WIDEST_RING = 8.0


def flow(
    model: Module,
    x: Tensor,
    y: Tensor,
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    lr: float,
) -> Diagram:
    """Draw one step of learning in its four phases: forward, loss, backward, update.

    Values travel right in blue. The error travels left in orange, and splits in proportion to the weights
    that it passes. Then each weight changes against its gradient, in green. All of it happens on a copy:
    the model, its gradients and the stream of random numbers stay as they are.

    >>> import backprop as torch
    >>> from backprop import viz
    >>> _ = torch.manual_seed(0)
    >>> model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU(), torch.nn.Linear(3, 1))
    >>> x, y = torch.tensor([[1.0, 2.0]]), torch.tensor([[3.0]])
    >>> viz.flow(model, x, y, torch.nn.MSELoss(), lr=0.05).description
    'Hidden 1 takes 57% of the blame. The loss falls from 11.86 to 7.714.'

    Args:
        model: a module with `Linear` layers that feed each other in the order of their definition.
        x: the input, (batch, in_features); the neurons show its first row.
        y: the target.
        loss_fn: called with the model's answer and `y`.
        lr: the learning rate: how far each weight moves for a gradient of 1.

    Raises:
        TypeError: `model` is no module, or `x` or `y` no tensor.
        ValueError: it has no linear layers, too many, or such as don't follow each other; or the loss is
            no single number.
    """
    traced = trace_flow(model, x, y, loss_fn, lr)
    steps, words = steps_of(traced), describe(traced)
    return finish(
        _paper(traced, layout_wide(traced), steps, words),
        title=title(traced),
        description=words,
        table=table(traced),
        kind="flow",
        steps=len(steps),
        narrow=_paper(traced, layout_narrow(traced), steps, words),
    )


def _paper(traced: TracedFlow, layout: FlowLayout, steps: list[Step], words: str) -> Paper:
    body, times = Element("g"), Times.of(traced)
    edges, units = body.add("g"), body.add("g")
    for index in range(len(traced.layers)):
        draw_weights(edges, traced, layout, times, index)
    draw_loss_line(edges, traced, layout, times)
    for place in range(len(layout.layers)):
        _draw_layer(units, traced, layout, times, place)
    _draw_loss(units, traced, layout, times)
    _draw_changes(units, traced, layout, times)
    bottom = add_captions(body, steps, MARGIN, layout.bottom + 20, layout.width - 2 * MARGIN)
    key = (
        ("value", "values flow forward; dashed: negative"),
        ("blame", "blame flows back: the size of the gradient"),
        ("change", "change: how far a weight moves"),
    )
    return Paper(body, layout.width, add_notes(body, bottom + 6, words, key, width=layout.width))


def _draw_layer(
    units: Element, traced: TracedFlow, layout: FlowLayout, times: Times, place: int
) -> None:
    shown, network = layout.layers[place], traced.network
    values = network.inputs if place == 0 else traced.layers[place - 1].values
    blame = None if place == 0 else traced.layers[place - 1].sum_blame
    assert values is not None
    brightest = largest([values])
    activation = "" if place == 0 else network.layers[place - 1].activation
    name = network.layer_name(place - 1)
    heading = f"{name}: {activation}" if activation and layout.narrow else name
    x, y = shown.heading
    # From top to bottom, the connections run through the names.
    side = " bp-left bp-on-line" if layout.narrow else ""
    units.add("text", heading, x=x, y=y, class_="bp-heading" + side)
    if activation and not layout.narrow:
        units.add("text", fitted(activation, 140), x=x, y=y + 21, class_="bp-note")
    if shown.hidden_count:
        units.add(
            "text", f"and {shown.hidden_count:,} more", x=shown.more[0], y=shown.more[1],
            class_="bp-note bp-right bp-on-line" if layout.narrow else "bp-note",
        )  # fmt: skip
    for unit, (cx, cy) in zip(shown.shown, shown.at, strict=True):
        silent = place > 0 and values[unit] == 0
        group = units.add("g", class_="bp-unit is-silent" if silent else "bp-unit")
        value = float(values[unit])
        facts = [f"{network.neuron_name(place - 1, unit)}: {exact(value)}"]
        if place:
            facts.append(sum_words(traced, place - 1, unit))
            if place < len(traced.layers):
                facts.append(blame_words(traced, place - 1, unit))
        explain(
            group,
            neuron_id(place, unit),
            "\n".join(facts),
            previous=[]
            if place == 0
            else [neuron_id(place - 1, each) for each in layout.layers[place - 1].shown],
            following=[neuron_id(place + 1, each) for each in layout.layers[place + 1].shown]
            if place + 1 < len(layout.layers)
            else ["loss"],
        )
        when = times.forward[place]
        if blame is not None and blame[unit] != 0:
            ring = 1 + WIDEST_RING * share(float(blame[unit]), largest([blame]))
            circle = group.add("circle", cx=cx, cy=cy, r=RADIUS + ring / 2, class_="bp-bias-ring")
            circle.attributes["stroke-width"] = ring
            arriving(circle, _blame_step(times, place))
        group.add("circle", cx=cx, cy=cy, r=RADIUS, class_="bp-neuron")
        tint = group.add("circle", cx=cx, cy=cy, r=RADIUS, class_="bp-activation")
        tint.attributes["fill-opacity"] = 0.3 * share(value, brightest)
        text = group.add("text", short(value), x=cx, y=cy + 5.5)
        for each in (tint, text):
            # Nothing travels to the inputs.
            (arriving if place else seen)(each, when)
        if blame is not None:
            text = group.add("text", f"∂ {short(float(blame[unit]))}", x=cx, y=cy + RADIUS + 24)
            text.attributes["class"] = "bp-small bp-blame-text bp-on-line"
            arriving(text, _blame_step(times, place))


def _blame_step(times: Times, place: int) -> int:
    return times.output_blame if place == len(times.blame) else times.blame[place]


def _draw_loss(units: Element, traced: TracedFlow, layout: FlowLayout, times: Times) -> None:
    x, y = layout.loss
    group = units.add("g", class_="bp-box is-operation")
    group.add(
        "rect",
        x=x - layout.loss_width / 2,
        y=y - LOSS_HEIGHT / 2,
        width=layout.loss_width,
        height=LOSS_HEIGHT,
        rx=9,
    )
    target = traced.target.reshape(-1)
    words = f"target {_target(target[0])}" if target.size == 1 else f"{target.size:,} targets"
    explain(
        group,
        "loss",
        f"loss {exact(traced.loss)}\nafter the update {exact(traced.new_loss)}",
        previous=[neuron_id(len(traced.layers), each) for each in layout.layers[-1].shown],
    )
    top = y - LOSS_HEIGHT / 2
    group.add(
        "text",
        fitted(traced.loss_name, layout.loss_width - 10, bold=True),
        x=x,
        y=top + 23,
        class_="bp-heading",
    )
    seen(group.add("text", words, x=x, y=top + 43, class_="bp-small bp-note"), times.loss)
    arriving(
        group.add(
            "text", f"loss {short(traced.loss)}", x=x, y=top + 63, class_="bp-small bp-value-text"
        ),
        times.loss,
    )
    after = group.add(
        "text", f"then {short(traced.new_loss)}", x=x, y=top + 83, class_="bp-small bp-change-text"
    )
    seen(after, times.new_loss)


def _target(value: np.generic) -> str:
    """A class is a whole number."""
    return str(value) if value.dtype.kind in "iu" else short(float(value))


def _draw_changes(units: Element, traced: TracedFlow, layout: FlowLayout, times: Times) -> None:
    """Before and after of the weight of each layer that is most to blame, if it is shown."""
    for index, layer in enumerate(traced.network.layers):
        row, column = worst_weight(traced, index)
        left, right = layout.layers[index], layout.layers[index + 1]
        if row not in right.shown or column not in left.shown:
            continue
        start, end = left.at[left.shown.index(column)], right.at[right.shown.index(row)]
        before, after = (
            float(layer.weight[row, column]),
            float(traced.layers[index].new_weight[row, column]),
        )
        middle = 0.5 if not layout.narrow else 0.62
        x, y = (a + (b - a) * middle for a, b in zip(start, end, strict=True))
        text = units.add("text", f"{short(before)} → {short(after)}", x=x, y=y + 5)
        text.attributes["class"] = "bp-small bp-change-text bp-on-line"
        seen(text, times.update)
