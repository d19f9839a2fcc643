"""Lengths and angles of vectors."""

from __future__ import annotations

import math

import numpy as np

from ...autograd.tape import tape
from ...dtypes import Array
from ...ops.matrices import norm
from ...ops.operands import operands
from ...ops.repetition import broadcast_tensors
from ...tensor import Tensor

__all__ = ["cosine_similarity", "normalize", "pairwise_distance", "pdist"]


def normalize(input: Tensor, p: float = 2.0, dim: int = 1, eps: float = 1e-12) -> Tensor:
    """Vectors along `dim`, each divided by its p-norm (or by `eps`, if that is larger)."""
    length = norm(input, p, dim, keepdim=True).clamp(min=eps)
    return input / length.expand(input.array.shape)


def cosine_similarity(x1: Tensor, x2: Tensor, dim: int = 1, eps: float = 1e-8) -> Tensor:
    """``x1 . x2 / (|x1| |x2|)`` along `dim`: 1 for the same direction, 0 for a right angle."""
    x1, x2 = broadcast_tensors(*operands(x1, x2))
    first = x1 / norm(x1, 2, dim, keepdim=True).clamp(min=eps)
    second = x2 / norm(x2, 2, dim, keepdim=True).clamp(min=eps)
    return (first * second).sum(dim)


def pairwise_distance(
    x1: Tensor, x2: Tensor, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False
) -> Tensor:
    """The p-norm of ``x1 - x2 + eps`` along the last dimension: (N, D) or (D,) to (N,) or ().

    >>> import backprop as torch
    >>> pairwise_distance(torch.zeros(1, 2), torch.tensor([[3.0, 4.0]]))
    tensor([5.0000])
    """
    return norm(x1 - x2 + eps, p, -1, keepdim=keepdim)


def pdist(input: Tensor, p: float = 2) -> Tensor:
    """The p-distances of all pairs of rows, (N, D) to (N (N - 1) / 2,): first with second, and so on.

    Raises:
        RuntimeError: it is no matrix, or p is negative.
    """
    x = input.array
    if x.ndim != 2:
        raise RuntimeError(
            f"pdist only supports 2D tensors, got: {x.ndim}D\nEach row is one point."
        )
    if p < 0:
        raise RuntimeError("pdist only supports non-negative p values\nThe usual distance has 2.")
    first, second = np.triu_indices(len(x), 1)
    difference = x[first] - x[second]
    size = np.abs(difference)
    if p == 0:
        distances = (size > 0).sum(axis=1).astype(x.dtype)
    elif math.isinf(p):
        distances = size.max(axis=1, initial=0)
    else:
        distances = ((size**p).sum(axis=1) ** (1 / p)).astype(x.dtype)

    def rule(grad: Array) -> Array:
        length = distances[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            if p == 0:
                slope = np.zeros_like(size)
            elif math.isinf(p):
                slope = np.sign(difference) * (size == length)
            else:
                slope = np.sign(difference) * (size / length) ** (p - 1)
        # Two points in one place have no direction; PyTorch gives them no blame.
        share = np.where(length == 0, 0, slope * grad[:, None]).astype(x.dtype)
        full = np.zeros_like(x)
        np.add.at(full, first, share)
        np.subtract.at(full, second, share)
        return full

    return tape(distances, "PdistBackward0", (input,), rule, saved=(input,), saves_result=True)
