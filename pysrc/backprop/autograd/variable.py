"""``Variable``, which until PyTorch 0.4 was a tensor with a gradient: today every tensor is one."""

from __future__ import annotations

from typing import Any

from ..tensor import Tensor
from ..warning import warn

_IGNORED = "volatile was removed and now has no effect. Use `with torch.no_grad():` instead."


class VariableMeta(type):
    """Makes every tensor an instance of `Variable`."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Tensor)


class Variable(metaclass=VariableMeta):
    """A tensor that shares the numbers of `data`, outside of the graph that made them.

    >>> import backprop as torch
    >>> torch.autograd.Variable(torch.ones(2), requires_grad=True)
    tensor([1., 1.], requires_grad=True)

    Args:
        data: the tensor; an empty one if left out.
        requires_grad: whether a gradient is wanted for it.
        volatile: without effect since PyTorch 0.4; a warning says so.

    Raises:
        TypeError: `data` is no tensor.
        RuntimeError: its elements are whole numbers and `requires_grad` is true.
    """

    def __new__(  # type: ignore[misc]
        cls, data: Any = None, requires_grad: bool = False, volatile: bool = False
    ) -> Tensor:
        """See the class."""
        if data is not None and not isinstance(data, Tensor):
            raise TypeError(
                f"Variable data has to be a tensor, but got {type(data).__name__}\n"
                "Make a tensor of it first, with torch.tensor(...)."
            )
        if volatile:
            warn(_IGNORED)
        if requires_grad and data is not None and not data.dtype.is_floating_point:
            raise RuntimeError(
                "Only Tensors of floating point and complex dtype can require gradients\n"
                "Whole numbers have no slope. Convert them with .float()."
            )
        result = Tensor() if data is None else data.detach()
        result.requires_grad = requires_grad
        return result


def _volatile(tensor: Tensor) -> bool:
    """Always False, with a warning: see `Variable`."""
    warn("volatile was removed (Variable.volatile is always False)")
    return False


def _set_volatile(tensor: Tensor, value: bool) -> None:
    warn(_IGNORED)


Tensor.volatile = property(_volatile, _set_volatile)  # type: ignore[attr-defined]
