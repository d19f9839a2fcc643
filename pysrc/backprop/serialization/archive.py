"""The zip archive of a file: its pickle, and the numbers of its tensors."""

from __future__ import annotations

import zipfile
from pickle import UnpicklingError
from typing import Any

import numpy as np

from ..dtypes import Array
from .storages import STORAGES


class Archive:
    """An open file that `torch.save` wrote.

    Raises:
        pickle.UnpicklingError: it is none.
    """

    def __init__(self, f: Any) -> None:
        try:
            self._zip = zipfile.ZipFile(f)
        except zipfile.BadZipFile:
            raise UnpicklingError(
                "Weights only load failed. This is no file that torch.save wrote.\n"
                "Check the path, and that the file was opened for reading bytes and not read before."
            ) from None
        self._records = {name.partition("/")[2]: name for name in self._zip.namelist()}
        if "data.pkl" not in self._records:
            raise UnpicklingError(
                "Weights only load failed. There is no data.pkl in this archive.\n"
                "It is a zip file, but none that torch.save wrote."
            )
        if "byteorder" in self._records and self.read("byteorder") != b"little":
            raise UnpicklingError(
                "Weights only load failed. The numbers are in big-endian order.\n"
                "Save it on a machine with little-endian order, as nearly all are."
            )
        self._storages: dict[str, Array] = {}

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes:
        """The bytes of one file within."""
        return self._zip.read(self._records[name])

    def storage(self, key: tuple[Any, ...]) -> Array:
        """The numbers of one file within, from ("storage", type, file, device, count).

        Raises:
            KeyError, ValueError: there is no such file, or it is of another size.
        """
        _, kind, name, _, count = key
        if name not in self._storages:
            element = STORAGES[kind.partition(" ")[2]].numpy.newbyteorder("<")
            content = self.read(f"data/{name}")
            if len(content) != count * element.itemsize:
                raise ValueError(f"{len(content)} bytes for {count} numbers")
            numbers = np.frombuffer(content, element)
            self._storages[name] = numbers.astype(element.newbyteorder("="))
        return self._storages[name]
