"""The printed form of a tensor, as PyTorch has it.

All numbers of a tensor share one format: whole numbers with a point, four decimals, or scientific
where the largest is more than a thousand times the smallest. Beyond 1000 elements only the edges show.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from . import dtypes
from .dtypes import Array

if TYPE_CHECKING:
    from .tensor import Tensor


class Options:
    """What `set_printoptions` sets."""

    precision: int = 4
    threshold: float = 1000
    edgeitems: int = 3
    linewidth: int = 80
    sci_mode: bool | None = None


_PROFILES: dict[str, dict[str, Any]] = {
    "default": {"precision": 4, "threshold": 1000, "edgeitems": 3, "linewidth": 80},
    "short": {"precision": 2, "threshold": 1000, "edgeitems": 2, "linewidth": 80},
    "full": {"precision": 4, "threshold": math.inf, "edgeitems": 3, "linewidth": 80},
}

options = Options()


def set_printoptions(
    precision: int | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    profile: str | None = None,
    sci_mode: bool | None = None,
) -> None:
    """Set how tensors are printed: as in PyTorch, which also has the profiles.

    Args:
        precision: decimals.
        threshold: the number of elements above which only the edges are shown.
        edgeitems: how many elements at each edge.
        linewidth: characters in a line.
        profile: "default", "short" or "full", before the rest.
        sci_mode: True or False for always or never; None for where it is needed.
    """
    for name, value in _PROFILES[profile].items() if profile is not None else ():
        setattr(options, name, value)
    given = {
        "precision": precision,
        "threshold": threshold,
        "edgeitems": edgeitems,
        "linewidth": linewidth,
    }
    for name, value in given.items():
        if value is not None:
            setattr(options, name, value)
    options.sci_mode = sci_mode


class _Format:
    """One format for all numbers of an array, chosen by their sizes."""

    def __init__(self, array: Array) -> None:
        self.width = 1
        self.style = "plain"
        if array.dtype.kind == "f":
            self._choose(array.astype(np.float64))
        else:
            self.width = max((len(str(each)) for each in array.reshape(-1).tolist()), default=1)

    def _choose(self, array: Array) -> None:
        numbers = array[np.isfinite(array) & (array != 0)]
        if numbers.size == 0:
            self.style = "whole"
            return
        sizes = np.abs(numbers)
        smallest, largest = sizes.min(), sizes.max()
        whole = bool((np.ceil(numbers) == numbers).all())
        wide = largest / smallest > 1000 or largest > 1e8 or (not whole and smallest < 1e-4)
        scientific = wide if options.sci_mode is None else options.sci_mode
        self.style = "scientific" if scientific else "whole" if whole else "decimal"
        self.width = max(len(self._digits(each)) for each in numbers.tolist())

    def _digits(self, value: float) -> str:
        if self.style == "scientific":
            return f"{value:.{options.precision}e}"
        if self.style == "whole":
            return f"{value:.0f}." if math.isfinite(value) else f"{value:.0f}"
        if self.style == "decimal":
            return f"{value:.{options.precision}f}"
        return str(value)

    def __call__(self, value: Any) -> str:
        return self._digits(value).rjust(self.width)


def _edges(array: Array) -> Array:
    """The elements that a summary shows."""
    edge = options.edgeitems
    for axis, size in enumerate(array.shape):
        if size > 2 * edge:
            kept = np.r_[0:edge, size - edge : size]
            array = np.take(array, kept, axis=axis)
    return array


def _rows(array: Array, indent: int, summarize: bool, number: _Format) -> str:
    edge = options.edgeitems
    skips = summarize and array.ndim > 0 and len(array) > 2 * edge
    if array.ndim == 0:
        return number(array.item())
    if array.ndim == 1:
        per_line = max(1, (options.linewidth - indent) // (number.width + 2))
        if skips:
            words = [
                *map(number, array[:edge].tolist()),
                " ...",
                *map(number, array[-edge:].tolist()),
            ]
        else:
            words = [number(each) for each in array.tolist()]
        lines = [
            ", ".join(words[start : start + per_line]) for start in range(0, len(words), per_line)
        ]
        return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"
    chosen = [*array[:edge], None, *array[-edge:]] if skips else [*array]
    parts = [
        "..." if each is None else _rows(each, indent + 1, summarize, number) for each in chosen
    ]
    return "[" + ("," + "\n" * (array.ndim - 1) + " " * (indent + 1)).join(parts) + "]"


def tensor_text(tensor: Tensor) -> str:
    """What ``print(tensor)`` shows."""
    array, prefix = tensor.array, "tensor("
    kind, usual = tensor.dtype, (dtypes.get_default_dtype(), dtypes.int64, dtypes.bool_)
    notes = []
    if array.size == 0:
        body = "[]"
        if array.ndim != 1:
            notes.append(f"size={tuple(array.shape)}")
        if kind is not usual[0]:
            notes.append(f"dtype={kind}")
    else:
        summarize = array.size > options.threshold
        number = _Format(_edges(array) if summarize else array)
        body = _rows(array, len(prefix), summarize, number)
        if kind not in usual:
            notes.append(f"dtype={kind}")
    if tensor.node is not None:
        notes.append(f"grad_fn=<{tensor.node.operation}>")
    elif tensor.requires_grad:
        notes.append("requires_grad=True")
    return _with_notes(prefix + body, notes, len(prefix)) + ")"


def _with_notes(text: str, notes: list[str], indent: int) -> str:
    """Append the notes, on a new line where they would not fit."""
    length = len(text) - text.rfind("\n") + 1
    for note in notes:
        if length + len(note) + 2 > options.linewidth:
            text += ",\n" + " " * indent + note
            length = indent + len(note)
        else:
            text += ", " + note
            length += len(note) + 2
    return text
