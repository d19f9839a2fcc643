"""Where the neurons of a learning step go: from left to right, or from top to bottom on a narrow screen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..kit.neurons import ShownNeurons, foremost
from ..kit.notes import MARGIN, WIDTH
from ..kit.text import text_width
from .trace import TracedFlow

#: More neurons than this in a layer are folded to FOLDED_TO of them, and a count.
MOST = 5
FOLDED_TO = 4
RADIUS = 25.0

#: The box of the loss: as wide as its name, within limits.
LOSS_WIDTH, WIDEST_LOSS = 132.0, 200.0
LOSS_HEIGHT = 96.0


@dataclass
class Layer(ShownNeurons):
    """The neurons of one layer that are shown, where their centres are, and where their name stands."""

    at: list[tuple[float, float]]
    heading: tuple[float, float]
    more: tuple[float, float]


@dataclass
class FlowLayout:
    """Layers from the input to the output, the loss by centre and width, the size above the captions."""

    layers: list[Layer]
    loss: tuple[float, float]
    loss_width: float
    width: float
    bottom: float
    narrow: bool


def shown_neurons(flow: TracedFlow) -> list[list[int]]:
    """All neurons of a small layer; of a large one those that are most to blame, in their order."""
    network = flow.network
    assert network.inputs is not None
    blames = [
        np.abs(network.inputs),
        *(np.abs(layer.sum_blame) for layer in flow.layers),
    ]
    found = []
    for blame in blames:
        if blame.size <= MOST:
            found.append(list(range(blame.size)))
        else:
            found.append(foremost(blame, FOLDED_TO))
    return found


def layout_wide(flow: TracedFlow) -> FlowLayout:
    """Layers as columns, values flowing to the right; at least 800 px wide."""
    shown, sizes = shown_neurons(flow), flow.network.sizes
    columns = len(sizes)
    tallest = max(len(each) for each in shown)
    pitch = 92.0 if tallest <= 3 else 80.0
    top, height = 62.0, max(tallest * pitch, 276.0)
    left, loss_width = 56.0, _loss_width(flow)
    width = max(800.0, left + 184.0 * columns + MARGIN + loss_width / 2)
    gap = (width - left - MARGIN - loss_width / 2) / columns
    layers = []
    for column, (size, indices) in enumerate(zip(sizes, shown, strict=True)):
        x = left + gap * column
        first = top + (height - len(indices) * pitch) / 2 + pitch / 2 - 8
        ys = [first + pitch * row for row in range(len(indices))]
        layers.append(Layer(size, indices, [(x, y) for y in ys], (x, 24), (x, ys[-1] + 70)))
    folded = any(layer.hidden_count for layer in layers)
    loss = (width - MARGIN - loss_width / 2, top + height / 2 - 8)
    bottom = top + height + (24 if folded else 0)
    return FlowLayout(layers, loss, loss_width, width, bottom, narrow=False)


def layout_narrow(flow: TracedFlow) -> FlowLayout:
    """Layers as rows, values flowing down; legible on a phone."""
    shown, sizes = shown_neurons(flow), flow.network.sizes
    layers = []
    y = 44.0 + RADIUS
    for size, indices in zip(sizes, shown, strict=True):
        pitch = min(120.0, (WIDTH - 2 * MARGIN) / len(indices))
        first = WIDTH / 2 - pitch * (len(indices) - 1) / 2
        xs = [first + pitch * place for place in range(len(indices))]
        heading = (MARGIN, y - RADIUS - 16)
        layers.append(
            Layer(size, indices, [(x, y) for x in xs], heading, (WIDTH - MARGIN, heading[1]))
        )
        y += 176.0
    loss = (WIDTH / 2, y - 14)
    bottom = loss[1] + LOSS_HEIGHT / 2 + 14
    return FlowLayout(layers, loss, _loss_width(flow), WIDTH, bottom, narrow=True)


def _loss_width(flow: TracedFlow) -> float:
    return min(max(text_width(flow.loss_name, bold=True) + 10, LOSS_WIDTH), WIDEST_LOSS)
