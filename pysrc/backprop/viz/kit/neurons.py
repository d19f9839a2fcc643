"""Neurons and weights in any diagram: their ids, and which neurons are shown where there are many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...dtypes import Array
from ...nn.module import Module


def leaves(model: Module) -> list[Module]:
    """The modules in which there is no other, in the order in which `model` defines them."""
    return [each for each in model.modules() if not any(True for _ in each.children())]


def neuron_id(place: int, neuron: int) -> str:
    """The id of a neuron of a layer; the input is layer 0.

    >>> neuron_id(1, 0)
    'n1.0'
    """
    return f"n{place}.{neuron}"


def weight_id(place: int, neuron: int, source: int) -> str:
    """The id of the weight that leads into a neuron of layer `place` from one of the layer before.

    >>> weight_id(1, 0, 2)
    'w1.0.2'
    """
    return f"w{place}.{neuron}.{source}"


@dataclass
class ShownNeurons:
    """The neurons of one layer, of which there are `size`: those with the indices `shown` are drawn."""

    size: int
    shown: list[int]

    @property
    def hidden_count(self) -> int:
        """How many neurons are folded away."""
        return self.size - len(self.shown)


def foremost(sizes: Array, count: int) -> list[int]:
    """The `count` neurons with the largest `sizes`, (n,), in their own order; NaN is larger than any number.

    >>> import numpy as np
    >>> foremost(np.array([3.0, 1.0, 2.0]), 2)
    [0, 2]
    """
    order = np.argsort(-np.nan_to_num(sizes, nan=np.inf), kind="stable")
    return sorted(int(index) for index in order[:count])
