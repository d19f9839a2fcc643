"""Reading whole objects, such as models: this runs code that the file names, as every pickle can."""

from __future__ import annotations

import importlib
import io
import pickle
from typing import Any

from ..dtypes import ALL, Array
from ..homes import own_module
from .archive import Archive
from .rebuilding import rebuild_parameter, rebuild_tensor
from .storages import STORAGES

_OWN = {
    ("torch._utils", "_rebuild_tensor_v2"): rebuild_tensor,
    ("torch._utils", "_rebuild_parameter"): rebuild_parameter,
    **{("torch", kind.name): kind for kind in ALL},
}


class Unpickler(pickle.Unpickler):
    """Python's own, which finds PyTorch's names here."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(io.BytesIO(archive.read("data.pkl")))
        self._archive = archive

    def persistent_load(self, pid: Any) -> Array:
        """The numbers of a tensor."""
        return self._archive.storage(pid)

    def find_class(self, module: str, name: str) -> Any:
        """What a name in the file stands for.

        Raises:
            ModuleNotFoundError, AttributeError: there is nothing of that name.
        """
        if (module, name) in _OWN:
            return _OWN[module, name]
        if module == "torch" and name in STORAGES:
            return f"{module} {name}"
        return (
            _found(module, name) if module.split(".")[0] == "torch" else _super(self, module, name)
        )


def _super(unpickler: pickle.Unpickler, module: str, name: str) -> Any:
    return pickle.Unpickler.find_class(unpickler, module, name)


def _found(module: str, name: str) -> Any:
    """One of PyTorch's classes: in the file of that name, or in a package around it."""
    place = own_module(module)
    while place:
        try:
            return getattr(importlib.import_module(place), name)
        except (AttributeError, ModuleNotFoundError):
            place = place.rpartition(".")[0]
    raise AttributeError(f"Can't get attribute '{name}' on <module '{module}'>", name=name)
