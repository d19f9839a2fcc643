"""Finding the operation from which a NaN comes."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Sequence
from types import FrameType
from typing import TYPE_CHECKING

import numpy as np

from .watching import Watcher, of_rules

if TYPE_CHECKING:
    from ..tensor import Tensor
    from .node import Gradients, Node


class _Search(Watcher):
    """Looks at what each rule returns, and remembers where each operation was called."""

    def __init__(self) -> None:
        self.places: weakref.WeakKeyDictionary[Node, str] = weakref.WeakKeyDictionary()

    def computed(self, result: Tensor, operation: str, inputs: Sequence[Tensor]) -> None:
        """Remember the place in the program."""
        if result.node is None:
            return
        package = __name__.partition(".")[0]
        frame: FrameType | None = sys._getframe(1)
        while (
            frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == package
        ):
            frame = frame.f_back
        if frame is not None:
            self.places[result.node] = f"{frame.f_code.co_filename}, line {frame.f_lineno}"

    def returned(self, node: Node, gradients: Gradients) -> None:
        """Raise RuntimeError, in PyTorch's words, if a rule returned NaN."""
        for place, each in enumerate(gradients):
            if isinstance(each, np.ndarray | np.generic) and np.isnan(each).any():
                where = self.places.get(node)
                raise RuntimeError(
                    f"Function '{node.operation}' returned nan values in its {place}th output.\n"
                    + (
                        f"The operation was called in {where}."
                        if where
                        else "Run the forward pass inside too."
                    )
                )


_search = _Search()


def _is_on() -> bool:
    return _search in of_rules


def _switch(mode: bool) -> None:
    if mode and not _is_on():
        _search.begin()
    elif not mode:
        _search.end()


class set_detect_anomaly:  # noqa: N801 - PyTorch's name
    """Switch the search for NaN on or off, at once or for a ``with`` block: see `detect_anomaly`."""

    def __init__(self, mode: bool, check_nan: bool = True) -> None:
        self.mode = mode
        self.previous = _is_on()
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
        self.previous = _is_on()
