"""Which units of a layer are 0 for everything they are shown, behind an activation that is flat there.

A gradient of exactly 0 does not prove a dead unit: a deep network of sigmoids hands on so little that it
underflows, the last error may have gone, a word may not have occurred. What proves it is the unit's own
activation: a ReLU that is 0 for every example passes no blame on, whatever comes back to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from .autograd.node import Node
from .autograd.watching import Watcher
from .dtypes import Array
from .tensor import Tensor

#: The operations whose result can be 0 with a slope of 0, as ReLU's is, and what a learner calls them.
FLAT = {
    "ReluBackward0": "ReLU",
    "ClampBackward1": "clamp",
    "ClampMinBackward0": "clamp",
    "MaximumBackward0": "maximum",
    "WhereBackward0": "where",
}
#: How many operations may stand between a layer and its activation, such as a reshape and a Dropout.
_NEAR = 4


class UnitsAtZero(Watcher):
    """For each parameter, the units whose activation has been 0 for every example so far.

    A unit is a row of a weight, or an element of a bias. Parameters that lead into no activation of
    `FLAT` are left out: nothing is known of their units.

    Attributes:
        units: by parameter, (units,) booleans.
        activations: by parameter, what a learner calls its activation.
    """

    def __init__(self, parameters: Iterable[Tensor]) -> None:
        self._parameters = set(parameters)
        self.units: dict[Tensor, Array] = {}
        self.activations: dict[Tensor, str] = {}

    def forget(self) -> None:
        """Begin again, as if nothing had been shown yet."""
        self.units.clear()
        self.activations.clear()

    def computed(self, result: Tensor, operation: str, inputs: Sequence[Tensor]) -> None:
        """Take note of an operation's result, where the operation is a flat activation."""
        if operation not in FLAT or result.node is None or result.array.ndim == 0:
            return
        layer = self._layer(result.node)
        if layer is None:
            return
        axis = _axis_of_units(layer, result.array.ndim)
        others = tuple(each for each in range(result.array.ndim) if each != axis)
        silent = np.logical_not(result.array.any(axis=others))
        for each in _leaves(layer):
            if each in self._parameters and each.array.shape[:1] == silent.shape:
                self.units[each] = self.units[each] & silent if each in self.units else silent
                self.activations[each] = FLAT[operation]

    def _layer(self, activation: Node) -> Node | None:
        """The operation of the parameters' own layer, if that is the last one before the activation."""
        nodes = [activation]
        for _ in range(_NEAR):
            nodes = [
                edge
                for node in nodes
                for edge in node.edges
                if isinstance(edge, Node) and edge.operation not in FLAT
            ]
            for node in nodes:
                if not self._parameters.isdisjoint(_leaves(node)):
                    return node
            # What lies before another layer has its own activation, or none.
            nodes = [node for node in nodes if not _leaves(node)]
        return None


def _leaves(node: Node) -> list[Tensor]:
    return [edge for edge in node.edges if isinstance(edge, Tensor)]


def _axis_of_units(layer: Node, dimensions: int) -> int:
    """Where a layer's result has its units: images have their channels before height and width."""
    if layer.operation.startswith(("Convolution", "NativeBatchNorm")):
        return min(1, dimensions - 1)
    # A single image, without a batch.
    return 0 if layer.operation == "SqueezeBackward1" else dimensions - 1
