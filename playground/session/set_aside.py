"""Modules that are in memory already, and that a program meets only when it imports them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class SetAside(MetaPathFinder, Loader):
    """A package that was imported when the snapshot was made, as if it had not been.

    It is handed out whole at its import. What it does at each import besides is in its function `begin`.
    """

    def __init__(self, package: str) -> None:
        self._package = package
        self._modules = {
            name: sys.modules.pop(name) for name in list(sys.modules) if self._holds(name)
        }
        self._spec = self._modules[package].__spec__
        parent, _, name = package.rpartition(".")
        delattr(sys.modules[parent], name)
        # Before all that would find its files, and import it anew.
        sys.meta_path.insert(0, self)

    def _holds(self, name: str) -> bool:
        return f"{name}.".startswith(f"{self._package}.")

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the package; its modules are there with it."""
        if fullname != self._package:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Hand out what was set aside."""
        return self._modules[self._package]

    def exec_module(self, module: ModuleType) -> None:
        """Put everything where its import would have left it."""
        sys.meta_path.remove(self)
        sys.modules.update(self._modules)
        # The import system has just put another one there.
        module.__spec__ = self._spec
        module.begin()
