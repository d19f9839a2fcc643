"""How one knows that a gradient is right: compare it with the slow way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..dtypes import Array
from ..tensor import Tensor, wrap
from .engine import backward
from .grad_mode import no_grad


class GradcheckError(RuntimeError):
    """A gradient differs from its finite difference."""


def numerical_gradient(loss: Callable[[], Tensor], tensor: Tensor, eps: float = 1e-6) -> Array:
    """The gradient of `loss()` by `tensor`, one central difference for each element.

    ``(loss(w + eps) - loss(w - eps)) / (2 eps)``, with an error of the order of eps squared: see
    Press et al., Numerical Recipes, 5.7. Each element costs two forward passes.

    Args:
        loss: computes the loss from the tensor's present value; called with nothing.
        tensor: of any shape, best of float64; it is left as it was.
        eps: how far to nudge.

    Returns:
        An array of the tensor's shape, float64.
    """
    gradient = np.zeros(tensor.array.shape)
    with no_grad():
        for index in np.ndindex(*tensor.array.shape):
            kept = tensor.array[index]
            tensor.array[index] = kept + eps
            above = loss().item()
            higher = float(tensor.array[index])
            tensor.array[index] = kept - eps
            below = loss().item()
            # What was really added, after rounding to the tensor's type.
            gradient[index] = (above - below) / (higher - float(tensor.array[index]))
            tensor.array[index] = kept
    return gradient


def gradcheck(
    func: Callable[..., Tensor],
    inputs: Tensor | Sequence[Tensor],
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
    fast_mode: bool = False,
) -> bool:
    """Check that the gradient of `func` by `inputs` agrees with finite differences.

    A result that is not a scalar is weighted by fixed numbers and summed, so that every element of it
    is tested.

    >>> import backprop
    >>> x = backprop.tensor([1.0, 2.0], dtype=backprop.float64, requires_grad=True)
    >>> backprop.autograd.gradcheck(lambda x: x.exp() * x, x)
    True

    Args:
        func: computes a result from the inputs.
        inputs: best of float64; those that require a gradient are nudged.
        eps: how far.
        atol: by how much a gradient may differ in any case.
        rtol: and by how much in proportion to itself.
        raise_exception: whether to raise an error, rather than return False.
        fast_mode: PyTorch then tries one direction only; here each element is nudged all the same.

    Raises:
        GradcheckError: they differ by more than ``atol + rtol * abs(numerical)`` (unless
            `raise_exception` is false).
        ValueError: no input requires a gradient.
    """
    given = list(inputs) if isinstance(inputs, (list, tuple)) else [inputs]
    checked = [each for each in given if isinstance(each, Tensor) and each.requires_grad]
    if not checked:
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, but none of them have "
            "requires_grad=True.\nMake the inputs with requires_grad=True, and of float64."
        )

    def loss() -> Tensor:
        result = func(*given)
        shape = result.array.shape
        weights = (
            np.cos(np.arange(result.array.size) + 1.0).reshape(shape).astype(result.array.dtype)
        )
        return (result * wrap(weights)).sum()

    kept = [each.gradient for each in checked]
    for each in checked:
        each.gradient = None
    backward(loss())
    analytical = [each.gradient for each in checked]
    for each, before in zip(checked, kept, strict=True):
        each.gradient = before
    for position, (tensor, found) in enumerate(zip(checked, analytical, strict=True)):
        expected = numerical_gradient(loss, tensor, eps)
        actual = np.zeros_like(expected) if found is None else found.array
        wrong = np.abs(actual - expected) > atol + rtol * np.abs(expected)
        if wrong.any():
            if not raise_exception:
                return False
            where = tuple(int(i) for i in np.argwhere(wrong)[0])
            raise GradcheckError(
                f"Jacobian mismatch for output 0 with respect to input {position}: at {where} the "
                f"gradient is {float(actual[where]):.6g}, its finite difference {expected[where]:.6g}; "
                f"{int(wrong.sum())} of {wrong.size} differ.\n"
                "Look at the backward of the operation, or use float64 inputs if these are float32."
            )
    return True
