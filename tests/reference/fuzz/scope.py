"""What a program has made so far, to choose the next statement by: the live values of PyTorch."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

MOST_NUMBERS = 4096


class Scope:
    """The names of a growing program and a source of chance.

    Args:
        chance: what every choice is made by.
        values: name -> value, as PyTorch computed it.
    """

    def __init__(self, chance: random.Random, values: dict[str, Any]) -> None:
        self.chance = chance
        self.values = values
        self._made = 0

    def fresh(self, prefix: str = "t") -> str:
        """A name that no statement has used."""
        self._made += 1
        return f"{prefix}{self._made}"

    def tensors(self, fits: Callable[[Any], bool] = lambda _: True) -> list[str]:
        """The names of all tensors that fit, the last ones last."""
        return [
            name
            for name, value in self.values.items()
            if type(value).__name__ == "Tensor" and value.numel() <= MOST_NUMBERS and fits(value)
        ]

    def tensor(self, fits: Callable[[Any], bool] = lambda _: True) -> str:
        """One tensor that fits; a recent one more often.

        Raises:
            Unsuitable: none fits.
        """
        names = self.tensors(fits)
        if not names:
            raise Unsuitable
        return self.chance.choice(names[-3:] if self.chance.random() < 0.7 else names)

    def number(self) -> str:
        """A number as a program would write it."""
        return self.chance.choice(
            ["2", "3", "0.5", "-1", "1.5", "0.1", "1", "0", "10", "2.0", "True"]
        )

    def dim(self, name: str) -> int:
        """A dimension of the tensor, from either end.

        Raises:
            Unsuitable: it has none.
        """
        count = self.values[name].dim()
        if count == 0:
            raise Unsuitable
        return self.chance.randrange(-count, count)


class Unsuitable(Exception):
    """Nothing in the program fits the statement that was to be made: choose another."""


def floating(value: Any) -> bool:
    return bool(value.is_floating_point())


def float32(value: Any) -> bool:
    return str(value.dtype) == "torch.float32"


def whole(value: Any) -> bool:
    return str(value.dtype) in {"torch.int64", "torch.int32", "torch.uint8"}


def leaf(value: Any) -> bool:
    return bool(value.requires_grad and value.is_leaf)
