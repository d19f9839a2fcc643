"""A table of vectors that are learned."""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..autograd.grad_mode import no_grad
from ..ops.creation import zeros
from ..tensor import Tensor
from . import functional, init
from .module import Module
from .parameter import Parameter

__all__ = ["Embedding"]


class Embedding(Module):
    """A vector for each whole number, such as a word: see `functional.embedding`.

    The vectors start as normal numbers; that of `padding_idx` is 0, and stays so.

    >>> import backprop as torch
    >>> torch.nn.Embedding(10, 3)(torch.tensor([[1, 2], [4, 4]])).shape
    torch.Size([2, 2, 3])

    Args:
        num_embeddings: how many vectors there are.
        embedding_dim: how long each is.
        padding_idx: the number of one that is not learned; negative ones count from the end.
        max_norm: longer vectors are shortened to this norm when they are looked up.
        norm_type: the p of that norm.
        scale_grad_by_freq: whether the blame of a vector is divided by how often it was looked up.
        sparse: not available here.
        _weight: the vectors to start from, (num_embeddings, embedding_dim).
        _freeze: whether they are not learned.
        device: the CPU.
        dtype: of the vectors.

    Shapes: (...) to (..., embedding_dim).

    Raises:
        AssertionError: `padding_idx` is no row, or the given vectors have another shape.
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
        _weight: Tensor | None = None,
        _freeze: bool = False,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__()
        self.num_embeddings = num_embeddings
        self.embedding_dim = embedding_dim
        if padding_idx is not None:
            if not -num_embeddings <= padding_idx < num_embeddings:
                raise AssertionError(
                    "Padding_idx must be within num_embeddings\n"
                    f"There are {num_embeddings} rows, numbered from 0."
                )
            padding_idx %= num_embeddings
        self.padding_idx = padding_idx
        self.max_norm = max_norm
        self.norm_type = norm_type
        self.scale_grad_by_freq = scale_grad_by_freq
        self.sparse = sparse
        if _weight is None:
            table = zeros(num_embeddings, embedding_dim, dtype=dtype, device=device)
            self.weight = Parameter(table, requires_grad=not _freeze)
            self.reset_parameters()
        else:
            if _weight.array.shape != (num_embeddings, embedding_dim):
                raise AssertionError(
                    "Shape of weight does not match num_embeddings and embedding_dim\n"
                    f"It is {tuple(_weight.shape)}, and should be {(num_embeddings, embedding_dim)}."
                )
            self.weight = Parameter(_weight, requires_grad=not _freeze)

    def reset_parameters(self) -> None:
        """Draw the vectors afresh."""
        init.normal_(self.weight)
        if self.padding_idx is not None:
            with no_grad():
                self.weight[self.padding_idx] = 0

    @classmethod
    def from_pretrained(
        cls,
        embeddings: Tensor,
        freeze: bool = True,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
    ) -> Embedding:
        """A table of given vectors, (num_embeddings, embedding_dim), which `freeze` keeps as they are."""
        if embeddings.array.ndim != 2:
            raise AssertionError(
                "Embeddings parameter is expected to be 2-dimensional\nOne row is one vector."
            )
        rows, columns = embeddings.array.shape
        return cls(
            rows,
            columns,
            padding_idx,
            max_norm,
            norm_type,
            scale_grad_by_freq,
            sparse,
            _weight=embeddings,
            _freeze=freeze,
        )

    def forward(self, input: Tensor) -> Tensor:
        """See the class."""
        return functional.embedding(
            input,
            self.weight,
            self.padding_idx,
            self.max_norm,
            self.norm_type,
            self.scale_grad_by_freq,
            self.sparse,
        )

    def extra_repr(self) -> str:
        """The sizes, and what is not as usual."""
        text = f"{self.num_embeddings}, {self.embedding_dim}"
        usual = {"padding_idx": None, "max_norm": None, "norm_type": 2, "sparse": False}
        usual["scale_grad_by_freq"] = False
        for name in ("padding_idx", "max_norm", "norm_type", "scale_grad_by_freq", "sparse"):
            if getattr(self, name) != usual[name]:
                text += f", {name}={getattr(self, name)}"
        return text
