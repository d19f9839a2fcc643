"""Lengths and angles of vectors."""

from __future__ import annotations

from ...ops.matrices import norm
from ...ops.operands import operands
from ...ops.repetition import broadcast_tensors
from ...tensor import Tensor

__all__ = ["cosine_similarity", "normalize"]


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
