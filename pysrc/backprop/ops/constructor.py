"""PyTorch's old constructors: ``torch.Tensor(2, 3)``, ``torch.FloatTensor([1, 2])``, ``x.new(3)``.

Whole numbers are sizes, of a tensor with nothing in particular in it; a list holds the numbers themselves; a
tensor is taken as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .. import dtypes
from ..device import device as device_type
from ..dtypes import Array
from ..size import Size
from ..tensor import Tensor, method, wrap
from .creation import shape_of
from .creation import tensor as tensor_of

__all__: list[str] = []


@method("__init__")
def _init(tensor: Tensor, *args: Any, **options: Any) -> None:
    """PyTorch's old constructor, of the default type."""
    if len(args) == 1 and isinstance(args[0], Tensor) and not options:
        _share(tensor, args[0])
        return
    tensor.array = old_array(args, options, dtypes.get_default_dtype())
    tensor.version_counter = [0]


@method()
def new(input: Tensor, *args: Any, **options: Any) -> Tensor:
    """A new tensor of the type of `input`, by the rules of PyTorch's old constructors."""
    return constructed(args, options, input.dtype)


def constructed(args: tuple[Any, ...], options: dict[str, Any], kind: dtypes.dtype) -> Tensor:
    """What an old constructor of the type `kind` gives for its arguments.

    Raises:
        TypeError: they are neither sizes nor a sequence of numbers, or a tensor of another type.
    """
    if len(args) == 1 and isinstance(args[0], Tensor):
        if args[0].dtype is not kind:
            raise TypeError(
                f"expected {_options(kind)} (got {_options(args[0].dtype)})\n"
                "Convert a tensor with .to(dtype)."
            )
        result = Tensor.__new__(Tensor)
        _share(result, args[0])
        return result
    return wrap(old_array(args, options, kind))


def _share(tensor: Tensor, other: Tensor) -> None:
    tensor.array = other.array
    tensor.version_counter = other.version_counter


def _options(kind: dtypes.dtype) -> str:
    return (
        f"TensorOptions(dtype={dtypes.IN_C[kind.name]}, device=cpu, layout=Strided, requires_grad=false "
        "(default), pinned_memory=false (default), memory_format=(nullopt))"
    )


def old_array(args: tuple[Any, ...], options: dict[str, Any], kind: dtypes.dtype) -> Array:
    """The array of a new tensor: of sizes, or of a sequence of numbers."""
    place = options.pop("device", None)
    if place is not None and device_type(place).type != "cpu":
        raise RuntimeError(
            f"legacy constructor expects device type: cpu but device type: {device_type(place).type} was "
            "passed\nThere is only the CPU here."
        )
    if "size" in options and not args:
        args = (Size(options.pop("size")),)
    if "data" in options and not args:
        args = (options.pop("data"),)
    if options or (len(args) > 1 and not all(isinstance(each, int) for each in args)):
        _refuse(args, options)
    if (len(args) == 1 and not isinstance(args[0], (int, Size))) or (
        args and isinstance(args[0], bool)
    ):
        return _of_numbers(args[0], kind)
    return np.zeros(shape_of(args) if args else (0,), kind.numpy)


def _refuse(args: tuple[Any, ...], options: dict[str, Any]) -> None:
    if not options and isinstance(args[0], int):
        place = next(i for i, each in enumerate(args, 1) if not isinstance(each, int))
        raise TypeError(
            f"new(): argument 'size' failed to unpack the object at pos {place} with error \"type must be "
            f'tuple of ints,but got {type(args[place - 1]).__name__}"\nSizes are whole numbers.'
        )
    given = [type(each).__name__ for each in args]
    for name, value in options.items():
        kind = "torch.dtype" if isinstance(value, dtypes.dtype) else type(value).__name__
        given.append(f"{name}={kind}")
    raise TypeError(
        f"new() received an invalid combination of arguments - got ({', '.join(given)}), but expected one "
        "of:\nSizes, one list of numbers, or a tensor. torch.tensor(data, dtype=..., requires_grad=...) "
        "takes more."
    )


def _of_numbers(data: Any, kind: dtypes.dtype) -> Array:
    if isinstance(data, str):
        raise TypeError("new(): invalid data type 'str'\nA tensor holds numbers only.")
    if not hasattr(data, "__getitem__") or not hasattr(data, "__len__") or isinstance(data, dict):
        raise TypeError(
            f"new(): data must be a sequence (got {type(data).__name__})\n"
            "Put one number into a list, or write torch.tensor(number)."
        )
    if isinstance(data, range):
        data = list(data)
    if isinstance(data, (list, tuple)) and any(each is None for each in data):
        raise TypeError("must be real number, not NoneType\nA tensor holds numbers only.")
    if isinstance(data, (list, tuple)) and any(
        isinstance(each, Tensor) and each.array.size != 1 for each in data
    ):
        raise ValueError(
            "only one element tensors can be converted to Python scalars\nUse torch.stack for others."
        )
    exact = tensor_of(data).array
    if kind.category == dtypes.INTEGER and exact.size and exact.dtype.kind in "if":
        limit = np.iinfo(kind.numpy).max
        if exact.max() > limit or exact.min() < -limit - (kind.numpy.kind == "i"):
            raise RuntimeError(
                f"value cannot be converted to type {kind.name} without overflow\n"
                "Take a larger type, such as torch.LongTensor."
            )
    return tensor_of(data, dtype=kind).array
