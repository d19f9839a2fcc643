"""PyTorch's old types: ``torch.FloatTensor``, ``torch.LongTensor`` and their family."""

from __future__ import annotations

import importlib
from typing import Any

from . import dtypes
from .layout import layout, strided
from .ops.constructor import constructed
from .ops.operands import type_name
from .tensor import Tensor, method
from .warning import warn

__all__ = [
    "BoolTensor",
    "ByteTensor",
    "CharTensor",
    "DoubleTensor",
    "FloatTensor",
    "HalfTensor",
    "IntTensor",
    "LongTensor",
    "ShortTensor",
    "set_default_tensor_type",
    "typename",
]


def typename(obj: Any) -> str:
    """The name of an object's type, or of a class: of a tensor ``torch.FloatTensor`` and the like.

    >>> import backprop as torch
    >>> torch.typename(torch.tensor([1, 2]))
    'torch.LongTensor'
    """
    if isinstance(obj, Tensor):
        return str(obj.type())
    kind = obj if hasattr(obj, "__qualname__") else type(obj)
    module = kind.__module__
    return (
        kind.__qualname__ if module in ("builtins", "", None) else f"{module}.{kind.__qualname__}"
    )


class tensortype(type):  # noqa: N801 - PyTorch's name
    """The type of such a type: calling it makes a tensor, and tensors of its dtype are its instances.

    >>> FloatTensor([1, 2]), isinstance(FloatTensor(2), FloatTensor)
    (tensor([1., 2.]), True)
    """

    dtype: dtypes.dtype
    is_cuda: bool
    is_sparse: bool
    layout: layout

    def __call__(cls, *args: Any, **options: Any) -> Tensor:
        """A tensor of this type, by the rules of PyTorch's old constructors.

        Raises:
            TypeError: it is a type of a graphics card.
        """
        if cls.is_cuda:
            raise _not_available(cls)
        return constructed(args, options, cls.dtype)

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Tensor) and instance.dtype is cls.dtype and not cls.is_cuda


def _not_available(kind: tensortype) -> TypeError:
    return TypeError(
        f"type {kind.__module__}.{kind.__name__} not available. Torch not compiled with CUDA enabled.\n"
        f"Write torch.{kind.__name__}: there is only the CPU here."
    )


def family(module: str, *, is_cuda: bool) -> dict[str, tensortype]:
    """One such type for each dtype, by its name."""
    found = {}
    for kind in dtypes.ALL:
        name = f"{type_name(kind)}Tensor"
        members = {"dtype": kind, "is_cuda": is_cuda, "is_sparse": False, "layout": strided}
        found[name] = tensortype(name, (), {"__module__": module, **members})
    return found


_FAMILY = family("torch", is_cuda=False)
BoolTensor, ByteTensor, CharTensor = (_FAMILY[f"{each}Tensor"] for each in ("Bool", "Byte", "Char"))
DoubleTensor, FloatTensor, HalfTensor = (
    _FAMILY[f"{each}Tensor"] for each in ("Double", "Float", "Half")
)
IntTensor, LongTensor, ShortTensor = (_FAMILY[f"{each}Tensor"] for each in ("Int", "Long", "Short"))


@method("type")
def _type(
    input: Tensor, dtype: Any = None, non_blocking: bool = False, **options: Any
) -> Tensor | str:
    """PyTorch's old name of the tensor's type, such as ``torch.FloatTensor``; or as another dtype.

    Raises:
        ValueError: there is no type of that name.
        TypeError: it is neither a dtype, nor an old type or its name.
        RuntimeError: it is a type of a graphics card.
    """
    if dtype is None:
        return f"torch.{type_name(input.dtype)}Tensor"
    wanted: Tensor = input.to(_dtype(dtype))
    return wanted


def _dtype(wanted: Any) -> dtypes.dtype:
    if isinstance(wanted, dtypes.dtype):
        return wanted
    if wanted is Tensor:
        return dtypes.get_default_dtype()
    if isinstance(wanted, str):
        prefix, _, name = wanted.rpartition(".")
        if wanted == "torch.Tensor":
            return dtypes.get_default_dtype()
        if prefix not in ("torch", "torch.cuda") or name not in _FAMILY:
            raise ValueError(f"invalid type: '{wanted}'\nWrite a dtype, such as torch.float32.")
        wanted = family("torch.cuda", is_cuda=True)[name] if prefix != "torch" else _FAMILY[name]
    if not isinstance(wanted, type):
        raise TypeError(
            "dtype must be a type, str, or dtype object\nWrite a dtype, such as torch.float32."
        )
    if not isinstance(wanted, tensortype):
        raise ValueError(
            f"invalid type: '{wanted.__name__}'\nWrite a dtype, such as torch.float32."
        )
    if wanted.is_cuda:
        raise RuntimeError(
            "Cannot initialize CUDA without ATen_cuda library.\n"
            f"Write torch.{wanted.__name__}: there is only the CPU here."
        )
    return wanted.dtype


def set_default_tensor_type(t: Any) -> None:
    """`set_default_dtype`, with an old type or its name.

    Raises:
        TypeError: it is no such type, one of whole numbers, or one of a graphics card.
        ModuleNotFoundError, AttributeError: there is no type of that name.
    """
    warn(
        "torch.set_default_tensor_type() is deprecated as of PyTorch 2.1, please use "
        "torch.set_default_dtype() and torch.set_default_device() as alternatives."
    )
    if isinstance(t, str):
        module, _, name = t.rpartition(".")
        if module in ("torch", "torch.cuda") and name in _FAMILY:
            t = family("torch.cuda", is_cuda=True)[name] if module != "torch" else _FAMILY[name]
        else:
            t = getattr(importlib.import_module(module or name), name)
    if not isinstance(t, tensortype):
        raise TypeError(
            "invalid type object: only floating-point types are supported as the default type\n"
            "Write torch.set_default_dtype(torch.float64)."
        )
    if t.is_cuda:
        raise _not_available(t)
    dtypes.set_default_dtype(t.dtype)
