"""Lists the library's names for the editor's completion; runs in a process of its own, as JSON."""

from __future__ import annotations

import inspect
import json
import re
import sys
from types import ModuleType
from typing import Any

import backprop
import backprop.optim.lr_scheduler
import backprop.ui
import backprop.viz

#: What can stand before a dot, under the names that PyTorch's programs import.
MODULES: dict[str, ModuleType] = {
    "torch": backprop,
    "torch.autograd": backprop.autograd,
    "torch.nn": backprop.nn,
    "torch.nn.functional": backprop.nn.functional,
    "torch.nn.init": backprop.nn.init,
    "torch.nn.utils": backprop.nn.utils,
    "torch.optim": backprop.optim,
    "torch.optim.lr_scheduler": backprop.optim.lr_scheduler,
    "torch.utils.data": backprop.utils.data,
    "backprop.ui": backprop.ui,
    "backprop.viz": backprop.viz,
}
#: What an object can be that a program has made.
CLASSES: dict[str, type] = {
    "Module": backprop.nn.Module,
    "Optimizer": backprop.optim.Optimizer,
    "Tensor": backprop.Tensor,
}
#: Packages in which nothing stands but other modules.
PARENTS = {"torch.utils": ["data"], "backprop": ["ui", "viz"]}

#: The name, what it is, its arguments, and what it does in a sentence.
Name = tuple[str, str, str, str]


def names() -> dict[str, list[Name]]:
    """Everything public, by what stands before the dot."""
    found = {}
    for path, module in MODULES.items():
        inside = {each.rpartition(".")[2] for each in MODULES if each.rpartition(".")[0] == path}
        inside |= {each.rpartition(".")[2] for each in PARENTS if each.rpartition(".")[0] == path}
        public = getattr(module, "__all__", None) or dir(module)
        # A module is listed where programs look for it, and not where it happens to be imported.
        found[path] = [
            _name(each, getattr(module, each))
            for each in sorted({*public, *inside})
            if each in inside or _is_listed(each, getattr(module, each))
        ]
    for path, inside_parent in PARENTS.items():
        found[path] = [(each, "namespace", "", "") for each in inside_parent]
    for path, kind in CLASSES.items():
        members = [each for each in dir(kind) if not each.startswith("_")]
        found[path] = [_name(each, getattr(kind, each), is_method=True) for each in members]
    return found


def _is_listed(name: str, value: Any) -> bool:
    """Whether it is public and the library's own: a file's imports are neither."""
    home = getattr(value, "__module__", None)
    return (
        not name.startswith("_")
        and not inspect.ismodule(value)
        and (not isinstance(home, str) or home.startswith("backprop"))
    )


def _name(name: str, value: Any, *, is_method: bool = False) -> Name:
    if inspect.ismodule(value):
        kind = "namespace"
    elif isinstance(value, type):
        kind = "class"
    elif callable(value):
        kind = "function"
    else:
        kind = "property" if isinstance(value, property) else "constant"
    own = inspect.getdoc(value) if kind != "constant" else ""
    sentence = re.split(r"\n\n|(?<=\.)\s", (own or "").strip())[0]
    arguments = _arguments(value, skip=int(is_method)) if kind in ("class", "function") else ""
    return name, kind, arguments, _plain(sentence)


def _arguments(value: Any, skip: int) -> str:
    """The arguments as they are written in a call, without types; the first `skip` go by themselves."""
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return ""
    parameters = [
        each.replace(annotation=inspect.Parameter.empty, default=_default(each.default))
        for each in list(signature.parameters.values())[skip:]
    ]
    return str(inspect.Signature(parameters))


class _Something:
    """Stands for a default that cannot be written, such as an object with an address."""

    def __repr__(self) -> str:
        return "..."


def _default(value: Any) -> Any:
    return _Something() if " at 0x" in repr(value) else value


def _plain(text: str) -> str:
    """Without the markup of docstrings, in one line."""
    return " ".join(text.replace("`", "").split())


if __name__ == "__main__":
    json.dump(names(), sys.stdout, ensure_ascii=False, separators=(",", ":"))
