"""``x.grad`` as programs read and write it; the library itself keeps it in ``x.gradient``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .dtypes import IN_C, type_name
from .warning import warn

if TYPE_CHECKING:
    from .tensor import Tensor


def read(tensor: Tensor) -> Tensor | None:
    """The gradient that backward passes have left here, of the same shape, or None."""
    if tensor.gradient is None and tensor.node is not None and not tensor.retains_grad:
        warn(
            "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad "
            "attribute won't be populated during autograd.backward(). If you indeed want the .grad field "
            "to be populated for a non-leaf Tensor, use .retain_grad() on the non-leaf Tensor. If you "
            "access the non-leaf Tensor by mistake, make sure you access the leaf Tensor instead.\n"
            "A result of an operation hands its gradient on. Call .retain_grad() on it before backward() "
            "to see it."
        )
    return tensor.gradient


def write(tensor: Tensor, value: Any) -> None:
    """Put a tensor of the same shape and type there, or None.

    Raises:
        TypeError: it is neither.
        RuntimeError: it has another shape or type, or is the tensor itself.
    """
    if value is not None:
        _check(tensor, value)
    tensor.gradient = value


def drop(tensor: Tensor) -> None:
    """Let it be None again."""
    tensor.gradient = None


def _check(tensor: Tensor, value: Any) -> None:
    if not hasattr(value, "version_counter"):
        raise TypeError(
            f"assigned grad expected to be a Tensor or None but got grad of type {type(value).__name__}\n"
            "Make a tensor of it first, with torch.tensor(...)."
        )
    if value is tensor:
        raise RuntimeError("can't assign Variable as its own grad\nUse a copy: x.detach().clone().")
    given, kind = value.dtype, tensor.dtype
    if given is not kind:
        raise RuntimeError(
            f"attempting to assign a gradient with dtype '{IN_C[given.name]}' to a tensor with grad_dtype "
            f"'{type_name(kind)}'. The gradient must match the "
            "tensor's grad_dtype (defaults to the tensor's dtype). You can set the tensor's grad_dtype "
            "attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with caution. "
            "Diverging the dtypes of a tensor and its gradient may break downstream systems that assume "
            f"they match.\nConvert the gradient, with .to({kind})."
        )
    if value.array.shape != tensor.array.shape:
        raise RuntimeError(
            f"attempting to assign a gradient of size '{list(value.array.shape)}' to a tensor of size "
            f"'{list(tensor.array.shape)}'. Please ensure that the gradient and the tensor are the same "
            "size\nA gradient has one number for each of the tensor's."
        )
