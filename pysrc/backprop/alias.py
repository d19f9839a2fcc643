"""``import torch`` for this package: an explicit call, for pages and programs that want it.

In an ordinary environment nothing is shadowed. The page calls `alias_as_torch` before a learner's code
runs. From then on each of PyTorch's modules that is here is the very module of this package, whatever the
path by which it is imported; the modules keep their own names and version, and the classes say where PyTorch
has them.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any

from .homes import OWN, home, own_module
from .missing import missing_text
from .version import __version__

if TYPE_CHECKING:
    from importlib.abc import Loader, MetaPathFinder
else:  # to import these takes a fifth of the time that all of this package does
    Loader = MetaPathFinder = object


class _Found(Loader):
    """Hands on a module that was imported before, as it is."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.spec = module.__spec__

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return self.module

    def exec_module(self, module: ModuleType) -> None:
        module.__spec__ = self.spec  # the import system has just put another one there


class _Finder(MetaPathFinder):
    """Finds PyTorch's modules here, and gives the classes of this package's modules their homes."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.startswith("torch."):
            found = _module(fullname)
            # Its classes' homes may be registered by now. The import system would take that for a sign
            # that the module has yet to be executed.
            sys.modules.pop(fullname, None)
            return ModuleSpec(fullname, _Found(found))
        if fullname.startswith("backprop."):
            return _with_homes(PathFinder.find_spec(fullname, path, target))
        return None

    def find_distributions(self, context: Any) -> Iterable[Any]:
        """The version of ``torch``, for those that ask `importlib.metadata` for it: this package's own."""
        if getattr(context, "name", None) == "torch":
            from email.message import Message
            from importlib.metadata import Distribution

            class Torch(Distribution):
                def read_text(self, filename: str) -> str | None:
                    metadata = f"Metadata-Version: 2.1\nName: torch\nVersion: {__version__}\n"
                    return metadata if filename == "METADATA" else None

                def locate_file(self, path: Any) -> Any:
                    return path

                @property
                def metadata(self) -> Any:
                    message = Message()
                    message["Name"], message["Version"] = "torch", __version__
                    return message

            yield Torch()


def _module(fullname: str) -> ModuleType:
    """The module here for one of PyTorch's, imported once whatever it is called.

    Raises:
        ModuleNotFoundError: there is none, or only a function or a class of that name.
    """
    own = own_module(fullname)
    parent, _, name = own.rpartition(".")
    try:
        found = importlib.import_module(own)
        # A file such as `tensor.py` stands behind the function of that name.
        if fullname in OWN or getattr(sys.modules[parent], name) is found:
            return found
    except ModuleNotFoundError as error:
        if error.name is None or not f"{own}.".startswith(f"{error.name}."):
            raise
    raise ModuleNotFoundError(
        f"No module named '{fullname}'\n{missing_text(fullname)}", name=fullname
    )


def _with_homes(spec: ModuleSpec | None) -> ModuleSpec | None:
    """Let a module's classes have their homes as soon as it is executed."""
    if spec is None or spec.loader is None:
        return spec
    execute = spec.loader.exec_module

    def exec_module(module: ModuleType) -> None:
        execute(module)
        _give_homes(module)
        _give_relatives(module)

    spec.loader.exec_module = exec_module  # type: ignore[method-assign]
    return spec


def _give_homes(module: ModuleType) -> None:
    for value in list(vars(module).values()):
        if isinstance(value, type) and value.__module__ == module.__name__:
            place = home(module.__name__, value.__name__)
            if place is not None:
                line = vars(value).get("__firstlineno__")
                value.__module__ = place
                if line is not None:  # Python 3.13 forgets it then, by which the source is found
                    value.__firstlineno__ = line  # type: ignore[attr-defined]
                if own_module(place) == module.__name__:
                    sys.modules.setdefault(place, module)


def _give_relatives(module: ModuleType) -> None:
    """Let a file of layers also have those that PyTorch keeps in it, and that are in another file here."""
    if not module.__name__.startswith("backprop.nn.") or hasattr(module, "__getattr__"):
        return
    place = home(module.__name__, "")

    def getattr_(name: str) -> Any:
        found = None if name.startswith("_") else getattr(sys.modules["backprop.nn"], name, None)
        if place is None or getattr(found, "__module__", None) != place:
            raise AttributeError(f"module '{place}' has no attribute '{name}'", name=name)
        return found

    module.__getattr__ = getattr_  # type: ignore[method-assign]


def alias_as_torch() -> None:
    """Let ``import torch`` give this package, in this process. A second call does nothing.

    >>> import backprop
    >>> backprop.alias_as_torch()
    >>> import torch
    >>> torch.__name__
    'backprop'

    Raises:
        ImportError: the real PyTorch has been imported already.
    """
    present = sys.modules.get("torch")
    if present is not None and present.__name__ != "backprop":
        raise ImportError(
            "the real PyTorch is already imported here, and backprop does not take its place.\n"
            "Use either: 'import backprop as torch', or PyTorch itself."
        )
    if present is not None:
        return
    sys.modules["torch"] = importlib.import_module("backprop")
    sys.meta_path.insert(0, _Finder())
    for name, module in list(sys.modules.items()):
        if name.startswith("backprop."):
            _give_homes(module)
            _give_relatives(module)
