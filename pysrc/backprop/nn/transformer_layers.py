"""The layers of a transformer: attention, and two linear layers for each place, each around a shortcut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .. import dtypes
from ..tensor import Tensor
from . import functional
from .activation import GELU, ReLU
from .attention import MultiheadAttention
from .dropout import Dropout
from .linear import Linear
from .module import Module
from .normalization import LayerNorm

__all__ = ["TransformerDecoderLayer", "TransformerEncoderLayer"]

Activation = Callable[[Tensor], Tensor]


def _activation(given: str | Activation) -> Activation:
    if not isinstance(given, str):
        return given
    if given not in ("relu", "gelu"):
        raise RuntimeError(
            f"activation should be relu/gelu, not {given}\nOr give a function of a tensor."
        )
    return functional.relu if given == "relu" else functional.gelu


class TransformerEncoderLayer(Module):
    """Attention of a sequence to itself, then two linear layers, each added to what went in and normalized.

    Args:
        d_model: E, the numbers of each place.
        nhead: how many heads the attention has.
        dim_feedforward: how many numbers there are between the two linear layers.
        dropout: the share that becomes 0 while training, of the attention's weights and of what is added.
        activation: between the two: "relu", "gelu", or a function.
        layer_norm_eps: see `LayerNorm`.
        batch_first: whether the batch comes before the places.
        norm_first: whether what goes into the two parts is normalized, and not what comes out.
        bias: whether the layers have one.
        device: the CPU.
        dtype: of the parameters.

    Shapes: (L, B, E), or (B, L, E) if `batch_first`, or (L, E); unchanged.

    Source: Vaswani et al., Attention Is All You Need (2017).
    """

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: str | Activation = functional.relu,
        layer_norm_eps: float = 1e-05,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__()
        own: dict[str, Any] = {"bias": bias, "device": device, "dtype": dtype}
        self.self_attn = MultiheadAttention(d_model, nhead, dropout, batch_first=batch_first, **own)
        self.linear1 = Linear(d_model, dim_feedforward, **own)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, **own)
        self.norm_first = norm_first
        self.norm1 = LayerNorm(d_model, layer_norm_eps, **own)
        self.norm2 = LayerNorm(d_model, layer_norm_eps, **own)
        self.dropout1 = Dropout(dropout)
        self.dropout2 = Dropout(dropout)
        self.activation = _activation(activation)

    @property
    def activation_relu_or_gelu(self) -> int:
        """1 if the activation is ReLU, 2 if it is GELU, otherwise 0."""
        if self.activation is functional.relu or isinstance(self.activation, ReLU):
            return 1
        return 2 * (self.activation is functional.gelu or isinstance(self.activation, GELU))

    def forward(
        self,
        src: Tensor,
        src_mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool = False,
    ) -> Tensor:
        """See the class; the masks are those of `MultiheadAttention`."""
        masks = (src_mask, src_key_padding_mask, is_causal)
        x = src
        if self.norm_first:
            x = x + self._sa_block(self.norm1(x), *masks)
            return x + self._ff_block(self.norm2(x))
        x = self.norm1(x + self._sa_block(x, *masks))
        y: Tensor = self.norm2(x + self._ff_block(x))
        return y

    def _sa_block(
        self,
        x: Tensor,
        attn_mask: Tensor | None,
        key_padding_mask: Tensor | None,
        is_causal: bool = False,
    ) -> Tensor:
        """The attention to itself."""
        y = _attend(self.self_attn, x, x, attn_mask, key_padding_mask, is_causal)
        dropped: Tensor = self.dropout1(y)
        return dropped

    def _ff_block(self, x: Tensor) -> Tensor:
        """The two linear layers."""
        y = self.linear2(self.dropout(self.activation(self.linear1(x))))
        dropped: Tensor = self.dropout2(y)
        return dropped


class TransformerDecoderLayer(Module):
    """As `TransformerEncoderLayer`, with attention to another sequence, the memory, after that to itself.

    Args:
        d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias,
            device, dtype: as of `TransformerEncoderLayer`.

    Shapes: (L, B, E) and the memory (S, B, E) to (L, B, E), with B first if `batch_first`, or without B.

    Source: Vaswani et al., Attention Is All You Need (2017).
    """

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: str | Activation = functional.relu,
        layer_norm_eps: float = 1e-05,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__()
        own: dict[str, Any] = {"bias": bias, "device": device, "dtype": dtype}
        self.self_attn = MultiheadAttention(d_model, nhead, dropout, batch_first=batch_first, **own)
        self.multihead_attn = MultiheadAttention(
            d_model, nhead, dropout, batch_first=batch_first, **own
        )
        self.linear1 = Linear(d_model, dim_feedforward, **own)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, **own)
        self.norm_first = norm_first
        self.norm1 = LayerNorm(d_model, layer_norm_eps, **own)
        self.norm2 = LayerNorm(d_model, layer_norm_eps, **own)
        self.norm3 = LayerNorm(d_model, layer_norm_eps, **own)
        self.dropout1 = Dropout(dropout)
        self.dropout2 = Dropout(dropout)
        self.dropout3 = Dropout(dropout)
        self.activation = _activation(activation)

    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool = False,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """See the class; the masks are those of `MultiheadAttention`."""
        own = (tgt_mask, tgt_key_padding_mask, tgt_is_causal)
        other = (memory_mask, memory_key_padding_mask, memory_is_causal)
        x = tgt
        if self.norm_first:
            x = x + self._sa_block(self.norm1(x), *own)
            x = x + self._mha_block(self.norm2(x), memory, *other)
            return x + self._ff_block(self.norm3(x))
        x = self.norm1(x + self._sa_block(x, *own))
        x = self.norm2(x + self._mha_block(x, memory, *other))
        y: Tensor = self.norm3(x + self._ff_block(x))
        return y

    def _sa_block(
        self,
        x: Tensor,
        attn_mask: Tensor | None,
        key_padding_mask: Tensor | None,
        is_causal: bool = False,
    ) -> Tensor:
        """The attention to itself."""
        dropped: Tensor = self.dropout1(
            _attend(self.self_attn, x, x, attn_mask, key_padding_mask, is_causal)
        )
        return dropped

    def _mha_block(
        self,
        x: Tensor,
        mem: Tensor,
        attn_mask: Tensor | None,
        key_padding_mask: Tensor | None,
        is_causal: bool = False,
    ) -> Tensor:
        """The attention to the memory."""
        dropped: Tensor = self.dropout2(
            _attend(self.multihead_attn, x, mem, attn_mask, key_padding_mask, is_causal)
        )
        return dropped

    def _ff_block(self, x: Tensor) -> Tensor:
        """The two linear layers."""
        y = self.linear2(self.dropout(self.activation(self.linear1(x))))
        dropped: Tensor = self.dropout3(y)
        return dropped


def _attend(
    attention: Module,
    x: Tensor,
    source: Tensor,
    attn_mask: Tensor | None,
    key_padding_mask: Tensor | None,
    is_causal: bool,
) -> Tensor:
    y, _ = attention(
        x,
        source,
        source,
        attn_mask=attn_mask,
        key_padding_mask=key_padding_mask,
        is_causal=is_causal,
        need_weights=False,
    )
    found: Tensor = y
    return found
