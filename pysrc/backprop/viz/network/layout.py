"""Where the neurons of a network go, and which of them are shown."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from ..kit.neurons import ShownNeurons, foremost
from ..kit.notes import WIDTH
from .bands import Bands
from .trace import TracedNetwork

#: More neurons than the first number in a layer are folded to the second, and a count; the further down
#: the list, the fewer connections there are.
FOLDS = ((16, 8), (8, 6), (5, 4), (3, 2))
#: What a page can draw at once.
MOST_CONNECTIONS = 500
#: How many connections have as many elements as what a neuron with a map has more.
ELEMENTS_OF_MAP = 1

#: Of the picture: the names of the layers stand in the middle of the outermost columns.
MARGIN = 62
#: From one column to the next at least, for four of them to fit such a phone; and where more scroll anyway.
LEAST_GAP, SCROLLING_GAP = 105, 120
RADIUS = 27
TOP = 66


@dataclass
class Column(ShownNeurons):
    """One layer: which neurons are shown, where their centres are, and how wide the words above may be."""

    x: float
    ys: list[float]
    room: float


@dataclass
class NetworkLayout:
    """The columns from input to output, and the size of the picture above the notes."""

    columns: list[Column]
    width: float
    bottom: float


def layout_network(network: TracedNetwork, bands: Bands, *, maps: bool) -> NetworkLayout:
    """Place each layer in a column, centred; the tallest column sets the height.

    Of a large layer those neurons are shown that have most of `bands`. With `maps`, each neuron takes more
    room, and as many elements more as a connection has.
    """
    sizes = network.sizes
    for most, kept in FOLDS:
        shown = [_shown(bands, place, size, most, kept) for place, size in enumerate(sizes)]
        pairs = itertools.pairwise(len(each) for each in shown)
        extra = sum(len(each) for each in shown) * ELEMENTS_OF_MAP if maps else 0
        if sum(left * right for left, right in pairs) + extra <= MOST_CONNECTIONS:
            break
    last = len(sizes) - 1
    gap = (WIDTH - 2 * MARGIN) / last
    if gap < LEAST_GAP:
        gap = SCROLLING_GAP
    tallest = max(len(each) for each in shown)
    pitch = 80 if tallest <= 6 else 74 if maps else 64
    height = tallest * pitch
    columns = []
    for place, (size, indices) in enumerate(zip(sizes, shown, strict=True)):
        top = TOP + (height - len(indices) * pitch) / 2 + pitch / 2
        ys = [top + pitch * row for row in range(len(indices))]
        room = min(gap - 6, 2 * MARGIN) if place in (0, last) else gap - 6
        columns.append(Column(size, indices, MARGIN + gap * place, ys, room))
    folded = any(column.hidden_count for column in columns)
    return NetworkLayout(columns, 2 * MARGIN + gap * last, TOP + height + (30 if folded else 0))


def _shown(bands: Bands, place: int, size: int, most: int, kept: int) -> list[int]:
    """All neurons of a small layer; of a large one those with most of `bands`, in their order."""
    if size <= most:
        return list(range(size))
    sizes = bands.into_neurons(place - 1) if place else bands.out_of_inputs()
    if sizes is None:
        return list(range(kept))
    return foremost(sizes, kept)
