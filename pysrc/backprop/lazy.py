"""Names whose file is read when they are first asked for: what few programs need costs the others nothing."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .missing import missing_attribute


def lazily(
    package: str,
    owner: str,
    files: Mapping[str, str | None],
    prepared: Callable[[Any], Any] | None = None,
) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package; what is not in it is a named error.

    Args:
        package: the package's full name.
        owner: what it is called in errors.
        files: for each name the file in the package that defines it; None if it is a file itself.
        prepared: makes of what a file defines what users are given.
    """

    def getattr_(name: str) -> Any:
        if name not in files:
            raise missing_attribute(owner, name)
        file = files[name]
        module: Any = importlib.import_module(f"{package}.{file or name}")
        if file is None:
            setattr(sys.modules[package], name, module)
            return module
        # Importing a file has put it where a function of its own name belongs.
        for each in {name, file} if files.get(file) == file else {name}:
            found = getattr(module, each)
            setattr(sys.modules[package], each, found if prepared is None else prepared(found))
        return getattr(sys.modules[package], name)

    return getattr_


def listing(module: str, names: Iterable[str]) -> Callable[[], list[str]]:
    """The ``__dir__`` of a module that programs use: its names, without what it is made of itself.

    >>> import backprop.optim
    >>> [name for name in dir(backprop.optim) if name[0] in "RS"]
    ['RAdam', 'RMSprop', 'Rprop', 'SGD', 'SparseAdam']
    """

    def dir_() -> list[str]:
        own = vars(sys.modules[module])
        return sorted({*names, *(name for name in own if name.startswith("__"))})

    return dir_
