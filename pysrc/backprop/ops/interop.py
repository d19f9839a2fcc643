"""Out of tensors: to Python's numbers, lists and text, and to NumPy's arrays."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import Any

from ..dtypes import Array
from ..printing import tensor_text
from ..tensor import Tensor, method

__all__: list[str] = []


@method()
def item(tensor: Tensor) -> Any:
    """The only element as a Python number.

    Raises:
        RuntimeError: there is not exactly one element.
    """
    if tensor.array.size != 1:
        raise RuntimeError(
            f"a Tensor with {tensor.array.size} elements cannot be converted to Scalar\n"
            "Pick one element, such as t[0].item(), or use .tolist() for all."
        )
    return tensor.array.item()


@method()
def tolist(tensor: Tensor) -> Any:
    """The elements as nested lists of Python numbers."""
    return tensor.array.tolist()


@method()
def numpy(tensor: Tensor, *, force: bool = False) -> Array:
    """The array itself: changing it changes the tensor.

    Raises:
        RuntimeError: it requires a gradient (unless `force`).
    """
    if tensor.requires_grad and not force:
        raise RuntimeError(
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.\n"
            "NumPy would not see the graph, so the gradient would be lost without a word."
        )
    return tensor.array


@method("__array__")
def _array(tensor: Tensor, dtype: Any = None, copy: bool | None = None) -> Array:
    array = tensor.numpy()
    return array if dtype is None else array.astype(dtype, copy=False)


@method("__float__")
def _float(tensor: Tensor) -> float:
    return float(_number(tensor))


@method("__int__")
def _int(tensor: Tensor) -> int:
    return int(_number(tensor))


def _number(tensor: Tensor) -> Any:
    if tensor.array.size != 1:
        raise ValueError(
            "only one element tensors can be converted to Python scalars\n"
            "Pick one element, such as t[0], or use .tolist() for all."
        )
    return tensor.array.item()


@method("__index__")
def _index(tensor: Tensor) -> int:
    if tensor.dtype.is_floating_point or tensor.array.size != 1:
        raise TypeError("only integer tensors of a single element can be converted to an index")
    return operator.index(tensor.item())


@method("__bool__")
def _bool(tensor: Tensor) -> bool:
    if tensor.array.size != 1:
        count = "no values" if tensor.array.size == 0 else "more than one value"
        raise RuntimeError(
            f"Boolean value of Tensor with {count} is ambiguous\n"
            "Reduce it to one answer with .any() or .all()."
        )
    return bool(tensor.array.item())


@method("__len__")
def _len(tensor: Tensor) -> int:
    if tensor.array.ndim == 0:
        raise TypeError("len() of a 0-d tensor")
    return len(tensor.array)


@method("__iter__")
def _iter(tensor: Tensor) -> Iterator[Tensor]:
    if tensor.array.ndim == 0:
        raise TypeError("iteration over a 0-d tensor")
    return iter([tensor[i] for i in range(len(tensor.array))])


@method("__contains__")
def _contains(tensor: Tensor, element: Any) -> bool:
    value = element.array if isinstance(element, Tensor) else element
    return bool((tensor.array == value).any())


@method("__format__")
def _format(tensor: Tensor, spec: str) -> str:
    # A number in a text is that number. Parameters print as what they are.
    if tensor.array.ndim == 0 and type(tensor) is Tensor:
        return format(tensor.item(), spec)
    return object.__format__(tensor, spec)


@method("__repr__")
def _repr(tensor: Tensor) -> str:
    return tensor_text(tensor)
