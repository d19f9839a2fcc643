"""Finding the operation from which a NaN comes."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Sequence
from types import FrameType
from typing import Any

import numpy as np

from ..dtypes import Array
from .node import Gradients, Node
from .tape import watch


class _State:
    """Whether anomalies are looked for, and where each operation was called."""

    __slots__ = ("enabled", "places")

    def __init__(self) -> None:
        self.enabled = False
        self.places: weakref.WeakKeyDictionary[Node, str] = weakref.WeakKeyDictionary()


state = _State()


def _switch(mode: bool) -> None:
    if mode and not state.enabled:
        _watching.__enter__()
    elif not mode and state.enabled:
        _watching.__exit__()
    state.enabled = mode


class set_detect_anomaly:  # noqa: N801 - PyTorch's name
    """Switch the search for NaN on or off, at once or for a ``with`` block: see `detect_anomaly`."""

    def __init__(self, mode: bool, check_nan: bool = True) -> None:
        self.mode = mode
        self.previous = state.enabled
        _switch(mode)

    def __enter__(self) -> None:
        _switch(self.mode)

    def __exit__(self, *error: object) -> None:
        _switch(self.previous)


class detect_anomaly(set_detect_anomaly):  # noqa: N801 - PyTorch's name
    """Inside, a backward pass stops at the first operation that returns NaN, and names its line.

    It costs time, since every gradient is looked at. The forward pass must be inside as well.

    >>> import backprop
    >>> x = backprop.tensor(0.0, requires_grad=True)
    >>> with backprop.autograd.detect_anomaly():
    ...     loss = x.sqrt() * 0
    ...     try:
    ...         loss.backward()
    ...     except RuntimeError as error:
    ...         print(str(error).splitlines()[0])
    Function 'SqrtBackward0' returned nan values in its 0th output.
    """

    def __init__(self, check_nan: bool = True) -> None:
        self.mode = True
        self.previous = state.enabled


def _remember_place(result: Any, operation: str, inputs: Sequence[Any]) -> None:
    if result.grad_fn is not None:
        package = __name__.partition(".")[0]
        frame: FrameType | None = sys._getframe(1)
        while (
            frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == package
        ):
            frame = frame.f_back
        if frame is not None:
            code = frame.f_code
            state.places[result.grad_fn] = f"{code.co_filename}, line {frame.f_lineno}"


_watching = watch(_remember_place)


def check(node: Node, gradients: Gradients | Array) -> None:
    """Raise RuntimeError, in PyTorch's words, if a rule returned NaN."""
    for place, each in enumerate(gradients if isinstance(gradients, tuple) else (gradients,)):
        if isinstance(each, np.ndarray | np.generic) and np.isnan(each).any():
            where = state.places.get(node)
            raise RuntimeError(
                f"Function '{node.operation}' returned nan values in its {place}th output.\n"
                + (
                    f"The operation was called in {where}."
                    if where
                    else "Run the forward pass inside too."
                )
            )
