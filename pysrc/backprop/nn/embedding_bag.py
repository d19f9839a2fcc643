"""A table of vectors that are learned, of which bags are looked up."""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..autograd.grad_mode import no_grad
from ..ops.creation import zeros
from ..tensor import Tensor
from . import functional, init
from .module import Module
from .parameter import Parameter

__all__ = ["EmbeddingBag"]


class EmbeddingBag(Module):
    """One vector for each bag of whole numbers, such as words: see `functional.embedding_bag`.

    The vectors start as normal numbers; that of `padding_idx` is 0, and stays so.

    Args:
        num_embeddings: how many vectors there are.
        embedding_dim: how long each is.
        max_norm: longer vectors are shortened to this norm when they are looked up.
        norm_type: the p of that norm.
        scale_grad_by_freq: whether the blame of a vector is divided by how often it was looked up.
        mode: "sum", "mean" or "max".
        sparse: not available here.
        _weight: the vectors to start from, (num_embeddings, embedding_dim).
        include_last_offset: whether the last of the offsets is where the last bag ends.
        padding_idx: the number of one that counts for nothing; negative ones count from the end.
        device: the CPU.
        dtype: of the vectors.

    Shapes: (B, N), or (N,) and offsets of (B,), to (B, embedding_dim).

    Raises:
        AssertionError: `padding_idx` is no row, or the given vectors have another shape.
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        mode: str = "mean",
        sparse: bool = False,
        _weight: Tensor | None = None,
        include_last_offset: bool = False,
        padding_idx: int | None = None,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        self.max_norm = max_norm
        self.norm_type = norm_type
        self.scale_grad_by_freq = scale_grad_by_freq
        self.mode = mode
        self.sparse = sparse
        self.include_last_offset = include_last_offset
        if padding_idx is not None:
            if not -num_embeddings <= padding_idx < num_embeddings:
                raise AssertionError(
                    "padding_idx must be within num_embeddings\n"
                    f"There are {num_embeddings} rows, numbered from 0."
                )
            padding_idx %= num_embeddings
        self.padding_idx = padding_idx
        if _weight is None:
            table = zeros(num_embeddings, embedding_dim, dtype=dtype, device=device)
            self.weight = Parameter(table)
            self.reset_parameters()
        else:
            if _weight.array.shape != (num_embeddings, embedding_dim):
                raise AssertionError(
                    "Shape of weight does not match num_embeddings and embedding_dim\n"
                    f"It is {tuple(_weight.shape)}, and should be {(num_embeddings, embedding_dim)}."
                )
            self.weight = Parameter(_weight)

    def reset_parameters(self) -> None:
        """Draw the vectors afresh."""
        init.normal_(self.weight)
        if self.padding_idx is not None:
            with no_grad():
                self.weight[self.padding_idx] = 0

    def forward(
        self,
        input: Tensor,
        offsets: Tensor | None = None,
        per_sample_weights: Tensor | None = None,
    ) -> Tensor:
        """See the class."""
        return functional.embedding_bag(
            input,
            self.weight,
            offsets,
            self.max_norm,
            self.norm_type,
            self.scale_grad_by_freq,
            self.mode,
            self.sparse,
            per_sample_weights,
            self.include_last_offset,
            self.padding_idx,
        )

    def extra_repr(self) -> str:
        """The sizes, and what is not as usual."""
        text = f"{self.num_embeddings}, {self.embedding_dim}"
        if self.max_norm is not None:
            text += f", max_norm={self.max_norm}"
        if self.norm_type != 2:
            text += f", norm_type={self.norm_type}"
        if self.scale_grad_by_freq:
            text += f", scale_grad_by_freq={self.scale_grad_by_freq}"
        text += f", mode={self.mode!r}"
        if self.padding_idx is not None:
            text += f", padding_idx={self.padding_idx}"
        return text
