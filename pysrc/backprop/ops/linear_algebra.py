"""Products of vectors and matrices."""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..autograd.broadcasting import unbroadcast
from ..autograd.node import Gradients
from ..autograd.tape import tape
from ..dtypes import Array
from ..tensor import Tensor, method
from .operands import as_operand, factors, no_bools

__all__ = ["addmm", "bmm", "dot", "inner", "matmul", "mm", "mv", "outer"]


def _check_types(
    a: Tensor, b: Tensor, what: str = "expected m1 and m2 to have the same dtype"
) -> None:
    if a.array.dtype != b.array.dtype:
        raise RuntimeError(
            f"{what}, but got: {_c_name(a.dtype)} != {_c_name(b.dtype)}\n"
            "Convert one of them, such as with .float() or .to(other.dtype)."
        )


def _c_name(kind: dtypes.dtype) -> str:
    names = {"float32": "float", "float64": "double", "int64": "long long", "int32": "int"}
    return names.get(kind.name, kind.name)


def shapes_error(a: tuple[int, ...], b: tuple[int, ...]) -> RuntimeError:
    """PyTorch's error for matrices that don't fit, with what to do."""
    return RuntimeError(
        f"mat1 and mat2 shapes cannot be multiplied ({_times(a)} and {_times(b)})\n"
        f"The first has {a[-1]} columns, so the second needs {a[-1]} rows; it has {b[0]}."
    )


def _times(shape: tuple[int, ...]) -> str:
    return "x".join(str(size) for size in shape)


@method("matmul", "__matmul__")
def matmul(input: Tensor, other: Tensor) -> Tensor:
    """The matrix product ``input @ other``, in batches where there are more than two dimensions.

    With C = A B the gradients are dA = dC B^T and dB = A^T dC: what went forward through a matrix
    comes back through its transpose.

    >>> import backprop as torch
    >>> torch.tensor([[1.0, 2.0]]) @ torch.tensor([[3.0], [4.0]])
    tensor([[11.]])

    Args:
        input: (n,), (n, k) or (..., n, k).
        other: (k,), (k, m) or (..., k, m).

    Raises:
        RuntimeError: the sizes or the types don't fit.
    """
    a, b = input.array, other.array
    if a.ndim == 0 or b.ndim == 0:
        raise RuntimeError(
            f"both arguments to matmul need to be at least 1D, but they are {a.ndim}D and {b.ndim}D\n"
            "Use * to multiply by a single number."
        )
    _check_types(input, other)
    if a.dtype == bool:
        kinds = {(1, 1): "dot", (2, 2): "addmm_impl_cpu_", (2, 1): "addmv_impl_cpu"}
        no_bools(input, kinds.get((a.ndim, b.ndim), "bmm"))
    if a.ndim == 2 and b.ndim == 2:
        return mm(input, other)
    if a.ndim == 1 and b.ndim == 1:
        return dot(input, other)
    if a.shape[-1] != b.shape[0 if b.ndim == 1 else -2]:
        raise shapes_error(a.shape, b.shape)
    # A vector is a matrix of one row on the left, of one column on the right.
    rows = a[None, :] if a.ndim == 1 else a
    columns = b[:, None] if b.ndim == 1 else b
    try:
        full = rows @ columns
    except ValueError:
        raise shapes_error(a.shape, b.shape) from None
    result = full[..., 0, :] if a.ndim == 1 else full[..., 0] if b.ndim == 1 else full

    def rule(grad: Array) -> Gradients:
        grad = grad.reshape(full.shape)
        by_rows = unbroadcast(grad @ columns.swapaxes(-1, -2), rows.shape)
        by_columns = unbroadcast(rows.swapaxes(-1, -2) @ grad, columns.shape)
        return by_rows.reshape(a.shape), by_columns.reshape(b.shape)

    saved = factors(input, other)
    if a.ndim + b.ndim == 3:
        name = "SqueezeBackward4" if a.ndim == 1 else "MvBackward0"
        return tape(result, name, (input, other), rule, saved=saved)
    if b.ndim == 2:
        return tape(result, "UnsafeViewBackward0", (input, other), rule, saved=saved)
    # PyTorch lays batches side by side for the product, and tells them apart after it.
    product = tape(result, "BmmBackward0", (input, other), rule, saved=saved)
    last = "CloneBackward0" if a.ndim == 2 and input.requires_grad else "UnsafeViewBackward0"
    return tape(result, last, (product,), lambda grad: grad)


@method()
def mm(input: Tensor, mat2: Tensor) -> Tensor:
    """The product of two matrices, (n, k) and (k, m).

    Raises:
        RuntimeError: they are no matrices, or their sizes or types don't fit.
    """
    no_bools(input, "addmm_impl_cpu_")
    a, b = input.array, mat2.array
    if a.ndim != 2 or b.ndim != 2:
        raise RuntimeError(
            f"{'self' if a.ndim != 2 else 'mat2'} must be a matrix\n"
            f"The shapes are {list(a.shape)} and {list(b.shape)}; use matmul for others than matrices."
        )
    _check_types(input, mat2)
    if a.shape[1] != b.shape[0]:
        raise shapes_error(a.shape, b.shape)
    wants_a, wants_b = input.requires_grad, mat2.requires_grad

    def rule(grad: Array) -> Gradients:
        return grad @ b.T if wants_a else None, a.T @ grad if wants_b else None

    return tape(a @ b, "MmBackward0", (input, mat2), rule, saved=factors(input, mat2))


@method()
def bmm(input: Tensor, mat2: Tensor) -> Tensor:
    """The products of two batches of matrices, (b, n, k) and (b, k, m).

    Raises:
        RuntimeError: they are no batches of matrices of fitting sizes.
    """
    if input.array.ndim != 3 or mat2.array.ndim != 3:
        raise RuntimeError("batch1 and batch2 must be 3D tensors\nUse matmul for other shapes.")
    if input.array.shape[::2] != mat2.array.shape[:2]:
        raise RuntimeError(
            f"Expected size for first two dimensions of batch2 tensor to be: [{input.array.shape[0]}, "
            f"{input.array.shape[2]}] but got: [{mat2.array.shape[0]}, {mat2.array.shape[1]}]."
        )
    _check_types(input, mat2)
    a, b = input.array, mat2.array

    def rule(grad: Array) -> Gradients:
        return grad @ b.swapaxes(-1, -2), a.swapaxes(-1, -2) @ grad

    return tape(a @ b, "BmmBackward0", (input, mat2), rule, saved=factors(input, mat2))


@method()
def mv(input: Tensor, vec: Tensor) -> Tensor:
    """The product of a matrix (n, k) and a vector (k,)."""
    return matmul(input, vec)


@method()
def dot(input: Tensor, tensor: Tensor) -> Tensor:
    """The inner product of two vectors: a number.

    Raises:
        RuntimeError: they are no vectors of the same length and type.
    """
    a, b = input.array, tensor.array
    if a.ndim != 1 or b.ndim != 1:
        raise RuntimeError(
            f"1D tensors expected, but got {a.ndim}D and {b.ndim}D tensors\nUse matmul for matrices."
        )
    _check_types(input, tensor, "dot : expected both vectors to have same dtype")
    if a.shape != b.shape:
        raise RuntimeError(
            "inconsistent tensor size, expected tensor "
            f"[{a.size}] and src [{b.size}] to have the same number of elements, "
            f"but got {a.size} and {b.size} elements respectively"
        )

    def rule(grad: Array) -> Gradients:
        return grad * b, grad * a

    return tape(a @ b, "DotBackward0", (input, tensor), rule, saved=factors(input, tensor))


@method()
def outer(input: Tensor, vec2: Tensor) -> Tensor:
    """Every element of one vector times every element of the other: (n,) and (m,) give (n, m)."""
    from .arithmetic import mul

    return mul(input.unsqueeze(1), vec2)


@method()
def inner(input: Tensor, other: Tensor) -> Tensor:
    """The sums of products along the last dimension of both."""
    if input.array.ndim == 0 or other.array.ndim == 0:
        return input * other
    if input.array.ndim == 1 and other.array.ndim == 1:
        return dot(input, other)
    from .einsum import einsum

    letters = "abcdefghijkl"
    left, right = letters[: input.array.ndim - 1], letters[-other.array.ndim : -1]
    return einsum(f"{left}z,{right}z->{left}{right}", input, other)


@method("__rmatmul__")
def _rmatmul(input: Tensor, other: Any) -> Tensor:
    return matmul(as_operand(other, input), input)


@method()
def addmm(
    input: Tensor, mat1: Tensor, mat2: Tensor, *, beta: float = 1, alpha: float = 1
) -> Tensor:
    """``beta * input + alpha * (mat1 @ mat2)``."""
    return beta * input + alpha * mm(mat1, mat2)
