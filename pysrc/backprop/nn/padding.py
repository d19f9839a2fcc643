"""Margins as layers."""

from __future__ import annotations

from typing import Any

from ..tensor import Tensor
from . import functional
from .functional.windows import sizes
from .module import Module

__all__ = [
    "CircularPad1d",
    "CircularPad2d",
    "CircularPad3d",
    "ConstantPad1d",
    "ConstantPad2d",
    "ConstantPad3d",
    "ReflectionPad1d",
    "ReflectionPad2d",
    "ReflectionPad3d",
    "ReplicationPad1d",
    "ReplicationPad2d",
    "ReplicationPad3d",
    "ZeroPad1d",
    "ZeroPad2d",
    "ZeroPad3d",
]


class _Margin(Module):
    """What all share: a margin before and after each dimension, from the last one on."""

    #: How many dimensions get a margin.
    dimensions: int
    mode: str

    def __init__(self, padding: Any) -> None:
        super().__init__()
        self.padding = sizes(padding, 2 * self.dimensions)

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.pad(input, self.padding, self.mode)

    def extra_repr(self) -> str:
        """The margins."""
        return f"{self.padding}"


class _Constant(_Margin):
    """A margin of one number."""

    def __init__(self, padding: Any, value: float) -> None:
        super().__init__(padding)
        self.value = value

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.pad(input, self.padding, "constant", self.value)

    def extra_repr(self) -> str:
        """The margins, and the number."""
        return f"padding={self.padding}, value={self.value}"


class _Zero(_Constant):
    """A margin of zeros."""

    def __init__(self, padding: Any) -> None:
        super().__init__(padding, 0.0)

    def extra_repr(self) -> str:
        """The margins."""
        return f"{self.padding}"


class _Reflection(_Margin):
    """A margin that mirrors what is inside, without the outermost elements."""

    mode = "reflect"


class _Replication(_Margin):
    """A margin that repeats the outermost elements."""

    mode = "replicate"


class _Circular(_Margin):
    """A margin that goes on at the other side."""

    mode = "circular"


class ConstantPad1d(_Constant):
    """A margin of one number around series.

    Shapes: (N, C, L) or (C, L) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 1


class ConstantPad2d(_Constant):
    """A margin of one number around images.

    Shapes: (N, C, H, W) or (C, H, W) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 2


class ConstantPad3d(_Constant):
    """A margin of one number around volumes.

    Shapes: (N, C, D, H, W) or (C, D, H, W) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 3


class ZeroPad1d(_Zero):
    """A margin of zeros around series.

    Shapes: (N, C, L) or (C, L) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 1


class ZeroPad2d(_Zero):
    """A margin of zeros around images.

    Shapes: (N, C, H, W) or (C, H, W) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 2


class ZeroPad3d(_Zero):
    """A margin of zeros around volumes.

    Shapes: (N, C, D, H, W) or (C, D, H, W) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 3


class ReflectionPad1d(_Reflection):
    """A margin around series that mirrors them, without the outermost elements.

    Shapes: (N, C, L) or (C, L) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 1


class ReflectionPad2d(_Reflection):
    """A margin around images that mirrors them, without the outermost elements.

    Shapes: (N, C, H, W) or (C, H, W) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 2


class ReflectionPad3d(_Reflection):
    """A margin around volumes that mirrors them, without the outermost elements.

    Shapes: (N, C, D, H, W) or (C, D, H, W) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 3


class ReplicationPad1d(_Replication):
    """A margin around series that repeats the outermost elements.

    Shapes: (N, C, L) or (C, L) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 1


class ReplicationPad2d(_Replication):
    """A margin around images that repeats the outermost elements.

    Shapes: (N, C, H, W) or (C, H, W) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 2


class ReplicationPad3d(_Replication):
    """A margin around volumes that repeats the outermost elements.

    Shapes: (N, C, D, H, W) or (C, D, H, W) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 3


class CircularPad1d(_Circular):
    """A margin around series that goes on at the other side.

    Shapes: (N, C, L) or (C, L) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 1


class CircularPad2d(_Circular):
    """A margin around images that goes on at the other side.

    Shapes: (N, C, H, W) or (C, H, W) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 2


class CircularPad3d(_Circular):
    """A margin around volumes that goes on at the other side.

    Shapes: (N, C, D, H, W) or (C, D, H, W) to the same, larger by `padding`: one number, or
        before and after each dimension, from the last one on.
    """

    dimensions = 3
