"""Which attributes of a module are parameters, buffers and children, and what is refused."""

from __future__ import annotations

from typing import Any

from ..homes import home
from ..tensor import Tensor
from .parameter import Parameter
from .scalar_types import scalar_type

#: By the dictionary that it is kept in: what PyTorch calls it, and what may take its place.
KINDS = {
    "_parameters": ("parameter", "torch.nn.Parameter or None"),
    "_modules": ("child module", "torch.nn.Module or None"),
    "_buffers": ("buffer", "torch.nn.Buffer, torch.Tensor or None"),
}
#: What is to be done instead, likewise.
INSTEAD = {
    "_parameters": "Write the numbers into it inside no_grad: module.{0}.copy_(...), or assign "
    "nn.Parameter(...).",
    "_modules": "Assign a module, or choose another name.",
    "_buffers": "Make a tensor of it first, with torch.tensor(...).",
}


def kind_of(module: object, name: str, value: Any, child: type[object]) -> str | None:
    """The name of the dictionary in which the attribute `name` belongs with `value`; None for no one.

    A value of the class `child` is a child.

    Raises:
        AttributeError: the module's ``__init__`` has not run yet.
        TypeError: the attribute is a parameter, a buffer or a child, and `value` is none.
    """
    fields = vars(module)
    own = (
        "_parameters"
        if isinstance(value, Parameter)
        else "_modules"
        if isinstance(value, child)
        else None
    )
    if "_parameters" not in fields:
        if own is None:
            return None
        what = "parameters" if own == "_parameters" else "module"
        raise AttributeError(
            f"cannot assign {what} before Module.__init__() call\n"
            f"Write super().__init__() as the first line of {type(module).__name__}.__init__."
        )
    if own is not None:
        return own
    for kind, (title, expected) in KINDS.items():
        if name in fields[kind]:
            if value is None or (kind == "_buffers" and isinstance(value, Tensor)):
                return kind
            raise TypeError(
                f"cannot assign '{typename(value)}' as {title} '{name}' ({expected} expected)\n"
                + INSTEAD[kind].format(name)
            )
    return None


def refuse_registration(
    module: object, kind: str, name: Any, value: Any, expected: type[Any]
) -> None:
    """Refuse a name that cannot be had, or a value of the wrong kind.

    Raises:
        AttributeError: the module's ``__init__`` has not run yet.
        KeyError: the name is empty, has a point, or is taken.
        TypeError: the name is no string, or the value of another type.
    """
    registry = {"parameter": "_parameters", "buffer": "_buffers", "module": "_modules"}[kind]
    if registry not in vars(module):
        raise AttributeError(
            f"cannot assign {kind} before Module.__init__() call\n"
            f"Write super().__init__() as the first line of {type(module).__name__}.__init__."
        )
    if kind == "module" and not (value is None or isinstance(value, expected)):
        raise TypeError(
            f"{class_path(value)} is not a Module subclass\n"
            "Give an object, with its brackets: nn.ReLU(), not nn.ReLU or torch.relu."
        )
    if not isinstance(name, str):
        raise TypeError(f"{kind} name should be a string. Got {class_path(name)}\nUse str(...).")
    if "." in name:
        got = f", got: {name}" if kind == "module" else ""
        raise KeyError(f'{kind} name can\'t contain "."{got}')
    if name == "":
        raise KeyError(f'{kind} name can\'t be empty string ""')
    if hasattr(module, name) and name not in vars(module)[registry]:
        raise KeyError(f"attribute '{name}' already exists")
    if value is None or isinstance(value, expected):
        return
    needed = "torch.nn.Parameter" if kind == "parameter" else "torch Tensor"
    raise TypeError(
        f"cannot assign '{typename(value)}' object to {kind} '{name}' ({needed} or None required)\n"
        f"Make a {'Parameter' if kind == 'parameter' else 'tensor'} of it first."
    )


def attribute_of(module: object, name: str, expected: type[Any], title: str) -> Any:
    """The attribute `name`, which must be of a kind.

    Raises:
        AttributeError: there is none, or it is of another kind.
    """
    if name not in vars(module):
        known = ", ".join(key for kind in KINDS for key in vars(module)[kind])
        raise AttributeError(
            f"{type(module).__name__} has no attribute `{name}`\nIt has {known or 'none'}."
        )
    found = vars(module)[name]
    if not isinstance(found, expected):
        raise AttributeError(f"`{name}` is not {title}\nIt is {typename(found)}.")
    return found


def typename(value: Any) -> str:
    """The type of a value, as PyTorch names it."""
    if not isinstance(value, Tensor):
        return class_path(value)
    return f"torch.{scalar_type(value.dtype)}Tensor"


def class_path(value: Any) -> str:
    """The class of a value, or the class that it is; with PyTorch's path for a layer of ours."""
    kind = value if isinstance(value, type) else type(value)
    place = home(kind.__module__, kind.__name__) or kind.__module__
    if place.startswith("torch.nn.modules."):
        return f"{place}.{kind.__name__}"
    if getattr(value, "__module__", "").startswith("backprop.nn.functional"):
        return f"torch.nn.functional.{value.__name__}"
    return str(getattr(value, "__name__", kind.__name__))
