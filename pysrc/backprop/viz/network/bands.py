"""What the bands behind the weights of a network show: blame, the last change, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...dtypes import Array
from ..kit.sizes import broken, largest, share
from .trace import TracedNetwork

#: What `network` can be asked to show.
SHOWS = ("weights", "blame", "change")

WIDEST_BAND = 16.0
WIDEST_RING = 8.0
#: A bias can have a larger number than every weight; its ring must not reach its neighbours.
MOST_OF_RING = 1.35


@dataclass(frozen=True)
class Bands:
    """A number for every weight and bias, drawn as the width of a band or ring.

    Attributes:
        kind: "blame" or "change", the class of the style sheet.
        weights: for each layer, (out, in), or None where nothing is known; `biases` likewise, (out,).
        largest: the size of the largest finite number among the weights.
    """

    kind: str
    weights: list[Array | None]
    biases: list[Array | None]
    largest: float

    @property
    def known(self) -> bool:
        """Whether there is anything to draw."""
        return any(each is not None for each in self.weights)

    def into_neurons(self, index: int) -> Array | None:
        """(out,): the sizes of all that leads into each neuron of a layer, added up."""
        weights, bias = self.weights[index], self.biases[index]
        if weights is None:
            return None
        total: Array = np.abs(weights).sum(axis=1)
        return total if bias is None else total + np.abs(bias)

    def out_of_inputs(self) -> Array | None:
        """(in,): the sizes of all that leads out of each input, added up."""
        weights = self.weights[0]
        return None if weights is None else np.abs(weights).sum(axis=0)

    def width(self, value: float, line: float) -> float:
        """How wide the band behind a weight is whose own line has the width `line`.

        One without width keeps a live drawing the same when numbers come and go.
        """
        return line + 1 + WIDEST_BAND * share(value, self.largest) if value else 0.0

    def ring(self, value: float) -> float:
        """How wide the ring around a neuron is."""
        size = min(share(value, self.largest), MOST_OF_RING)
        return 0.8 + WIDEST_RING * size if value else 0.0

    def band_class(self, value: float) -> str:
        """The class of a band. Only a change has a sign that is seen."""
        return f"bp-{self.kind}-band" + self._signed(value)

    def ring_class(self, value: float) -> str:
        """The class of a ring."""
        kind = " is-change" if self.kind == "change" else ""
        return f"bp-bias-ring{kind}" + self._signed(value)

    def _signed(self, value: float) -> str:
        down = self.kind == "change" and value < 0
        return (" is-negative" if down else "") + broken(value)


def blame_bands(traced: TracedNetwork) -> Bands:
    """The gradients."""
    weights = [each.weight_gradient for each in traced.layers]
    return Bands("blame", weights, [each.bias_gradient for each in traced.layers], largest(weights))


def change_bands(traced: TracedNetwork) -> Bands:
    """What the last step changed."""
    weights = [each.weight_change for each in traced.layers]
    return Bands("change", weights, [each.bias_change for each in traced.layers], largest(weights))


def check_show(show: str) -> None:
    """Raise ValueError if `network` cannot show that."""
    if show not in SHOWS:
        raise ValueError(
            f"network() cannot show {show!r}\n"
            'show is "blame" for the gradients, "change" for what the last step changed, or "weights" for '
            "the weights alone."
        )
