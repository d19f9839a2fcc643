"""Attention as a layer."""

from __future__ import annotations

from typing import Any

from .. import dtypes
from ..ops.creation import zeros
from ..tensor import Tensor
from . import init
from .functional.multi_head_attention import multi_head_attention_forward
from .linear import Linear
from .module import Module
from .parameter import Parameter

__all__ = ["MultiheadAttention"]


class NonDynamicallyQuantizableLinear(Linear):
    """A linear layer, under the name by which PyTorch prints the last one of an attention."""


class MultiheadAttention(Module):
    """Each place of a sequence takes from the places whose keys answer to its query, by several heads.

    Queries, keys and values are linear in what is given; each head has its part of them, computes
    ``softmax(q k^T / sqrt(E / H)) v`` from it, and a linear layer puts the heads together again.

    >>> import backprop as torch
    >>> attention = torch.nn.MultiheadAttention(4, num_heads=2, batch_first=True)
    >>> x = torch.zeros(3, 5, 4)
    >>> y, weights = attention(x, x, x)
    >>> y.shape, weights.shape
    (torch.Size([3, 5, 4]), torch.Size([3, 5, 5]))

    Args:
        embed_dim: E, the numbers of each place.
        num_heads: H, which divides E.
        dropout: the share of the weights that become 0 while training.
        bias: whether the linear layers have one.
        add_bias_kv: whether there is a key, with its value, that is learned.
        add_zero_attn: whether there is a key of zeros, with a value of zeros.
        kdim: the numbers of each place of the keys; E if left out.
        vdim: likewise of the values.
        batch_first: whether the batch comes before the places.
        device: the CPU.
        dtype: of the parameters.

    Shapes: query (L, B, E), key (S, B, kdim) and value (S, B, vdim), with B first if `batch_first`, or all
    without B. The output is as the query; the weights are (B, L, S).

    Source: Vaswani et al., Attention Is All You Need (2017).

    Raises:
        ValueError: a size is not above 0.
        AssertionError: the heads don't divide E.
    """

    in_proj_weight: Parameter | None
    in_proj_bias: Parameter | None
    bias_k: Parameter | None
    bias_v: Parameter | None

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        dropout: float = 0.0,
        bias: bool = True,
        add_bias_kv: bool = False,
        add_zero_attn: bool = False,
        kdim: int | None = None,
        vdim: int | None = None,
        batch_first: bool = False,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        if embed_dim <= 0 or num_heads <= 0:
            raise ValueError(
                f"embed_dim and num_heads must be greater than 0, got embed_dim={embed_dim} and "
                f"num_heads={num_heads} instead\nEach head has embed_dim / num_heads numbers."
            )
        super().__init__()
        self.embed_dim = embed_dim
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self.num_heads = num_heads
        self.dropout = dropout
        self.batch_first = batch_first
        self.head_dim = embed_dim // num_heads
        if self.head_dim * num_heads != embed_dim:
            raise AssertionError(
                f"embed_dim must be divisible by num_heads\n{embed_dim} is no multiple of {num_heads}."
            )

        def parameter(*shape: int) -> Parameter:
            return Parameter(zeros(*shape, dtype=dtype, device=device))

        if self._qkv_same_embed_dim:
            self.in_proj_weight = parameter(3 * embed_dim, embed_dim)
            for name in ("q_proj_weight", "k_proj_weight", "v_proj_weight"):
                self.register_parameter(name, None)
        else:
            self.q_proj_weight = parameter(embed_dim, embed_dim)
            self.k_proj_weight = parameter(embed_dim, self.kdim)
            self.v_proj_weight = parameter(embed_dim, self.vdim)
            self.register_parameter("in_proj_weight", None)
        self.register_parameter("in_proj_bias", parameter(3 * embed_dim) if bias else None)
        self.out_proj = NonDynamicallyQuantizableLinear(
            embed_dim, embed_dim, bias=bias, device=device, dtype=dtype
        )
        self.bias_k = parameter(1, 1, embed_dim) if add_bias_kv else None
        self.bias_v = parameter(1, 1, embed_dim) if add_bias_kv else None
        self.add_zero_attn = add_zero_attn
        self._reset_parameters()

    @property
    def _qkv_same_embed_dim(self) -> bool:
        return self.kdim == self.embed_dim and self.vdim == self.embed_dim

    def _reset_parameters(self) -> None:
        """Draw the parameters afresh, but for the last layer's weight, which draws its own."""
        if self.in_proj_weight is not None:
            init.xavier_uniform_(self.in_proj_weight)
        else:
            for each in (self.q_proj_weight, self.k_proj_weight, self.v_proj_weight):
                init.xavier_uniform_(each)
        if self.in_proj_bias is not None and self.out_proj.bias is not None:
            init.zeros_(self.in_proj_bias)
            init.zeros_(self.out_proj.bias)
        for extra in (self.bias_k, self.bias_v):
            if extra is not None:
                init.xavier_normal_(extra)

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        key_padding_mask: Tensor | None = None,
        need_weights: bool = True,
        attn_mask: Tensor | None = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Tensor, Tensor | None]:
        """The output and the weights.

        Args:
            query: see the class.
            key: likewise.
            value: likewise.
            key_padding_mask: (B, S) or (S,): True where there is nothing to take, or numbers that are added.
            need_weights: whether the weights are returned; it is faster without.
            attn_mask: (L, S) or (B H, L, S): True where a place may not take from another, or numbers that
                are added.
            average_attn_weights: whether the weights are the heads' mean, or (B, H, L, S).
            is_causal: says of the mask that it keeps each place from those behind it.
        """
        turned = self.batch_first and query.ndim == 3
        if turned:
            query, key, value = (each.transpose(0, 1) for each in (query, key, value))
        y, weights = multi_head_attention_forward(
            query,
            key,
            value,
            self.embed_dim,
            self.num_heads,
            self.in_proj_weight,
            self.in_proj_bias,
            self.bias_k,
            self.bias_v,
            self.add_zero_attn,
            self.dropout,
            self.out_proj.weight,
            self.out_proj.bias,
            self.training,
            key_padding_mask,
            need_weights,
            attn_mask,
            not self._qkv_same_embed_dim,
            self.q_proj_weight,
            self.k_proj_weight,
            self.v_proj_weight,
            average_attn_weights=average_attn_weights,
            is_causal=is_causal,
        )
        return (y.transpose(1, 0) if turned else y), weights
