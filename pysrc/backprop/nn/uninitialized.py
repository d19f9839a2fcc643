"""Parameters and buffers whose shape is not known before a layer has seen its first input."""

from __future__ import annotations

import sys
from types import FrameType
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import dtypes
from ..dtypes import Array
from ..size import Size
from ..tensor import Tensor, wrap
from . import functional
from .parameter import Parameter

__all__ = ["UninitializedBuffer", "UninitializedParameter", "is_lazy"]

if TYPE_CHECKING:
    from typing_extensions import TypeIs

_PACKAGE = __name__.partition(".")[0]


class _Uninitialized(Tensor):
    """A tensor without an array. `materialize` gives it one, and makes it what it is to become."""

    cls_to_become: type[Tensor]

    _kind: dtypes.dtype

    def __init__(
        self, requires_grad: bool = True, device: Any = None, dtype: dtypes.dtype | None = None
    ) -> None:
        """See `__new__`."""

    @property
    def array(self) -> Array:  # type: ignore[override]
        """None yet.

        Raises:
            ValueError: always.
        """
        raise ValueError(
            f"Attempted to use an uninitialized parameter in {_operation()}. This error happens when you "
            "are using a `LazyModule` or explicitly manipulating "
            f"`torch.nn.parameter.{type(self).__name__}` objects. When using LazyModules Call `forward` "
            "with a dummy batch to initialize the parameters before calling torch functions\n"
            "Its shape is known once the model has been called: model(X)."
        )

    @property
    def shape(self) -> Size:
        """None yet.

        Raises:
            RuntimeError: always.
        """
        raise RuntimeError(
            "Can't access the shape of an uninitialized parameter or buffer. This error usually happens in "
            "`load_state_dict` when trying to load an uninitialized parameter into an initialized one. Call "
            "`forward` to initialize the parameters before accessing their attributes.\n"
            "The model has the shape once it has been called: model(X)."
        )

    @property
    def dtype(self) -> dtypes.dtype:
        """The type that its elements will have."""
        return self._kind

    @property  # type: ignore[misc]
    def data(self) -> Tensor:
        """A tensor of no elements."""
        return wrap(np.empty(0, self._kind.numpy))

    def requires_grad_(self, requires_grad: bool = True) -> Tensor:
        """Nothing can be done with it yet.

        Raises:
            ValueError: always.
        """
        return wrap(self.array)

    def become(self, dtype: dtypes.dtype) -> None:
        """Choose the type that its elements will have."""
        self._kind = dtype

    def materialize(
        self, shape: Any, device: Any = None, dtype: dtypes.dtype | None = None
    ) -> None:
        """Give it an array of zeros of a shape: from now on it is an ordinary parameter, or buffer.

        It stays the same object, so that an optimizer that was given it keeps it.
        """
        kind = dtype or self._kind
        del self._kind
        self.__class__ = self.cls_to_become  # type: ignore[assignment]
        self.array = np.zeros(tuple(shape), kind.numpy)  # type: ignore[misc]

    def __deepcopy__(self, memo: dict[int, Any]) -> Tensor:
        result = type(self)(self.requires_grad, None, self._kind)
        memo[id(self)] = result
        return result

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.requires_grad, None, self._kind)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class UninitializedParameter(_Uninitialized, Parameter):
    """A parameter whose shape is not known yet.

    >>> parameter = UninitializedParameter()
    >>> parameter
    <UninitializedParameter>
    >>> parameter.materialize((2,))
    >>> parameter
    Parameter containing:
    tensor([0., 0.], requires_grad=True)

    Raises:
        ValueError: anything is computed with it before `materialize`.
        RuntimeError: it is asked for its shape before `materialize`.
    """

    cls_to_become = Parameter

    def __new__(
        cls,
        requires_grad: bool = True,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> UninitializedParameter:
        """Make one of an element type: float32, if left out."""
        return _bare(cls, requires_grad, dtype)


class UninitializedBuffer(_Uninitialized):
    """A buffer whose shape is not known yet: see `UninitializedParameter`."""

    cls_to_become = Tensor

    def __new__(
        cls,
        requires_grad: bool = False,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> UninitializedBuffer:
        """Make one of an element type: float32, if left out."""
        return _bare(cls, requires_grad, dtype)


def is_lazy(param: Any) -> TypeIs[_Uninitialized]:
    """Whether a parameter or buffer has no shape yet."""
    return isinstance(param, _Uninitialized)


def _bare(cls: Any, requires_grad: bool, dtype: dtypes.dtype | None) -> Any:
    tensor = object.__new__(cls)
    tensor.version_counter = [0]
    tensor.requires_grad = requires_grad
    tensor._kind = dtype or dtypes.get_default_dtype()
    return tensor


def _operation() -> str:
    """The innermost operation under way, as PyTorch names it."""
    frame: FrameType | None = sys._getframe(2)
    name = ""
    while frame is not None and frame.f_globals.get("__name__", "").startswith(_PACKAGE):
        name = frame.f_code.co_name
        if name in functional.__all__:
            return f"<built-in function {name}>"
        if name in vars(Tensor):
            break
        frame = frame.f_back
    return f"<method '{name}' of 'torch._C.TensorBase' objects>"
