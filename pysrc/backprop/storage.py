"""The memory that tensors look at, as a thing of its own.

NumPy's arrays know the array that their memory belongs to, so that nothing is kept for this beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from . import dtypes
from .device import CPU, device
from .dtypes import Array


def flat(array: Array) -> Array:
    """All elements of the memory that an array looks at, in a row."""
    owner = array
    while isinstance(owner.base, np.ndarray) and owner.base.dtype == array.dtype:
        owner = owner.base
    return owner.reshape(-1, order="A" if owner.flags.forc else "C")


class _Storage:
    """What both kinds have in common; `array` is the memory."""

    def __init__(self, array: Array) -> None:
        self.array = array

    @property
    def device(self) -> device:
        """Where it is: always the CPU."""
        return CPU

    def __len__(self) -> int:
        return self.array.size

    def __iter__(self) -> Iterator[Any]:
        return iter(self.array.tolist())

    def __getitem__(self, place: Any) -> Any:
        found = self.array[place]
        return type(self)(found) if isinstance(place, slice) else found.item()

    def __setitem__(self, place: Any, value: Any) -> None:
        self.array[place] = value

    def size(self) -> int:
        """How many elements it has."""
        return self.array.size

    def nbytes(self) -> int:
        """The size of all elements in bytes."""
        return self.array.nbytes

    def element_size(self) -> int:
        """The size of one element in bytes."""
        return self.array.itemsize

    def data_ptr(self) -> int:
        """The address of the first element."""
        return self.array.ctypes.data

    def tolist(self) -> list[Any]:
        """The elements as Python's numbers."""
        numbers: list[Any] = self.array.tolist()
        return numbers

    def fill_(self, value: Any) -> _Storage:
        """Write one number over every element."""
        self.array.fill(value)
        return self

    def _shown(self, facts: str) -> str:
        numbers = "\n ".join(str(each) for each in self)
        kind = f"torch.storage.{type(self).__name__}"
        return f" {numbers}\n[{kind}({facts}) of size {len(self)}]"


class UntypedStorage(_Storage):
    """A memory as bytes."""

    def __repr__(self) -> str:
        return self._shown(f"device={self.device}")


class TypedStorage(_Storage):
    """A memory as numbers of one type."""

    @property
    def dtype(self) -> dtypes.dtype:
        """The type of its elements."""
        return dtypes.of_array(self.array)

    def untyped(self) -> UntypedStorage:
        """The same memory, as bytes."""
        return UntypedStorage(self.array.view(np.uint8))

    def __repr__(self) -> str:
        return self._shown(f"dtype={self.dtype}, device={self.device}")
