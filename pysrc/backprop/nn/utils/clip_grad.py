"""Gradients kept within bounds, so that one bad step cannot throw a model far off."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from ...tensor import Tensor, wrap
from ..renamed import without_underscore

Tensors = Tensor | Iterable[Tensor]


def _gradients(parameters: Tensors) -> list[Tensor]:
    given = [parameters] if isinstance(parameters, Tensor) else list(parameters)
    return [each.gradient for each in given if each.gradient is not None]


def get_total_norm(
    tensors: Tensors,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """The p-norm of all elements of all tensors together: the norm of their norms.

    Raises:
        RuntimeError: it is infinite or NaN, if `error_if_nonfinite`.
    """
    given = [tensors] if isinstance(tensors, Tensor) else list(tensors)
    if not given:
        return wrap(np.zeros((), np.float32))
    order = float(norm_type)
    kind = given[0].array.dtype
    norms = np.array([_norm(each.array, order) for each in given], kind)
    total = np.asarray(_norm(norms, order), kind)
    if error_if_nonfinite and not math.isfinite(total):
        raise RuntimeError(
            f"The total norm of order {order} for gradients from `parameters` is non-finite, so it cannot "
            "be clipped. To disable this error and scale the gradients by the non-finite norm anyway, set "
            "`error_if_nonfinite=False`\nLook for the first NaN: often a smaller learning rate helps."
        )
    return wrap(total)


def _norm(x: np.ndarray, order: float) -> float:  # type: ignore[type-arg]
    return float(np.linalg.norm(x.reshape(-1), ord=order)) if x.size else 0.0


def clip_grad_norm_(
    parameters: Tensors,
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Shorten all gradients together, if their norm is above `max_norm`; return what it was.

    >>> import backprop as torch
    >>> w = torch.tensor([0.0, 0.0], requires_grad=True)
    >>> (w * torch.tensor([3.0, 4.0])).sum().backward()
    >>> torch.nn.utils.clip_grad_norm_([w], 1.0)
    tensor(5.)
    >>> w.grad
    tensor([0.6000, 0.8000])

    Args:
        parameters: tensors whose gradients are changed in place.
        max_norm: the longest that is allowed.
        norm_type: the p of the norm; infinity for the largest element.
        error_if_nonfinite: whether a norm of infinity or NaN is an error.
        foreach: how PyTorch does it; the same here.

    Source: Pascanu et al., On the Difficulty of Training Recurrent Neural Networks (2013).

    Raises:
        RuntimeError: the norm is infinite or NaN, if `error_if_nonfinite`.
    """
    gradients = _gradients(parameters)
    total = get_total_norm(gradients, norm_type, error_if_nonfinite)
    factor = min(float(max_norm) / (total.item() + 1e-6), 1.0)
    for gradient in gradients:
        gradient.array *= gradient.array.dtype.type(factor)
        gradient.version_counter[0] += 1
    return total


def clip_grad_value_(parameters: Tensors, clip_value: float, foreach: bool | None = None) -> None:
    """Keep every element of every gradient between ``-clip_value`` and ``clip_value``.

    Args:
        parameters: tensors whose gradients are changed in place.
        clip_value: the largest absolute value that is allowed.
        foreach: how PyTorch does it; the same here.
    """
    for gradient in _gradients(parameters):
        np.clip(gradient.array, -float(clip_value), float(clip_value), out=gradient.array)
        gradient.version_counter[0] += 1


clip_grad_norm = without_underscore(clip_grad_norm_, "torch.nn.utils")
