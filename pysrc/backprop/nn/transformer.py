"""Transformers: layers of attention that stand on each other."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from .. import dtypes
from ..autograd.grad_mode import is_grad_enabled
from ..ops.creation import full
from ..ops.diagonal import triu
from ..tensor import Tensor
from ..warning import warn
from . import functional, init
from .container import ModuleList
from .functional.multi_head_attention import added_mask
from .module import Module
from .normalization import LayerNorm
from .transformer_layers import (
    Activation,
    TransformerDecoderLayer,
    TransformerEncoderLayer,
)

__all__ = ["Transformer", "TransformerDecoder", "TransformerEncoder"]


class TransformerEncoder(Module):
    """Copies of an encoder layer, one on the other.

    >>> import backprop as torch
    >>> layer = torch.nn.TransformerEncoderLayer(4, nhead=2, batch_first=True)
    >>> torch.nn.TransformerEncoder(layer, num_layers=2)(torch.zeros(3, 5, 4)).shape
    torch.Size([3, 5, 4])

    Args:
        encoder_layer: what is copied, with its numbers.
        num_layers: how often.
        norm: what comes after the last; None for nothing.
        enable_nested_tensor: whether, where no gradient is wanted and the model is in eval mode, what is
            behind the end of a sequence is left out of the computation: zeros come out there.
        mask_check: whether that happens only where the ends of the sequences are masked.

    Shapes: those of the layer.
    """

    def __init__(
        self,
        encoder_layer: Module,
        num_layers: int,
        norm: Module | None = None,
        enable_nested_tensor: bool = True,
        mask_check: bool = True,
    ) -> None:
        super().__init__()
        self.layers = _copies(encoder_layer, num_layers)
        self.num_layers = num_layers
        self.norm = norm
        self.enable_nested_tensor = enable_nested_tensor
        self.mask_check = mask_check
        why_not = _why_computed_in_full(encoder_layer)
        self.use_nested_tensor = enable_nested_tensor and not why_not
        if enable_nested_tensor and why_not:
            warn(
                "enable_nested_tensor is True, but self.use_nested_tensor is False because encoder_layer"
                f"{why_not}"
            )

    def forward(
        self,
        src: Tensor,
        mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool | None = None,
    ) -> Tensor:
        """See the class; the masks are those of `MultiheadAttention`.

        Args:
            src: the sequence.
            mask: (L, L) or (B H, L, L).
            src_key_padding_mask: (B, L) or (L,).
            is_causal: whether `mask` keeps each place from those behind it; found out if left out.
        """
        other = None if mask is None else mask.dtype
        padding = added_mask(src_key_padding_mask, "src_key_padding_mask", src, other, "mask")
        mask = added_mask(mask, "mask", src)
        cut = mask is None and padding is not None and self._leaves_out(src, padding)
        causal = _is_causal(mask, is_causal, _length(self.layers[0], src))
        x = src
        for layer in self.layers:
            x = layer(x, src_mask=mask, is_causal=causal, src_key_padding_mask=padding)
        if cut and padding is not None:
            x = x.masked_fill(padding.ne(0).unsqueeze(-1), 0.0)
        return x if self.norm is None else self.norm(x)

    def _leaves_out(self, src: Tensor, padding: Tensor) -> bool:
        """Whether what is behind the ends of the sequences becomes zeros."""
        first = self.layers[0]
        if not self.use_nested_tensor or first.training or src.ndim != 3:
            return False
        if is_grad_enabled() and any(each.requires_grad for each in (src, *first.parameters())):
            return False
        masked = padding.array != 0
        return not self.mask_check or bool((np.diff(masked.astype(int), axis=1) >= 0).all())


def _why_computed_in_full(layer: Module) -> str:
    """Why sequences of this layer are never cut off at their ends, in PyTorch's words; else nothing."""
    if not isinstance(layer, TransformerEncoderLayer):
        return " was not TransformerEncoderLayer"
    attention = layer.self_attn
    if layer.norm_first:
        return ".norm_first was True"
    if not attention.batch_first:
        return (
            ".self_attn.batch_first was not True(use batch_first for better inference performance)"
        )
    if attention.in_proj_bias is None:
        return ".self_attn was passed bias=False"
    if not layer.activation_relu_or_gelu:
        return ".activation_relu_or_gelu was not True"
    if attention.num_heads % 2:
        return ".self_attn.num_heads is odd"
    return ""


class TransformerDecoder(Module):
    """Copies of a decoder layer, one on the other.

    Args:
        decoder_layer: what is copied, with its numbers.
        num_layers: how often.
        norm: what comes after the last; None for nothing.

    Shapes: those of the layer.
    """

    def __init__(self, decoder_layer: Module, num_layers: int, norm: Module | None = None) -> None:
        super().__init__()
        self.layers = _copies(decoder_layer, num_layers)
        self.num_layers = num_layers
        self.norm = norm

    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """See the class; the masks are those of `MultiheadAttention`."""
        causal = _is_causal(tgt_mask, tgt_is_causal, _length(self.layers[0], tgt))
        x = tgt
        for layer in self.layers:
            x = layer(
                x,
                memory,
                tgt_mask=tgt_mask,
                memory_mask=memory_mask,
                tgt_key_padding_mask=tgt_key_padding_mask,
                memory_key_padding_mask=memory_key_padding_mask,
                tgt_is_causal=causal,
                memory_is_causal=memory_is_causal,
            )
        return x if self.norm is None else self.norm(x)


class Transformer(Module):
    """An encoder that reads one sequence, and a decoder that writes another and looks at what was read.

    All matrices start as `init.xavier_uniform_` has it.

    Args:
        d_model: E, the numbers of each place.
        nhead: how many heads each attention has.
        num_encoder_layers: how many layers read.
        num_decoder_layers: how many layers write.
        dim_feedforward, dropout, activation: as of `TransformerEncoderLayer`.
        custom_encoder: another encoder.
        custom_decoder: another decoder.
        layer_norm_eps, batch_first, norm_first, bias, device, dtype: as of `TransformerEncoderLayer`.

    Shapes: (S, B, E) and (L, B, E) to (L, B, E), with B first if `batch_first`, or without B.

    Source: Vaswani et al., Attention Is All You Need (2017).
    """

    def __init__(
        self,
        d_model: int = 512,
        nhead: int = 8,
        num_encoder_layers: int = 6,
        num_decoder_layers: int = 6,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: str | Activation = functional.relu,
        custom_encoder: Any = None,
        custom_decoder: Any = None,
        layer_norm_eps: float = 1e-05,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Any = None,
        dtype: dtypes.dtype | None = None,
    ) -> None:
        super().__init__()
        options = (d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps)
        more = (batch_first, norm_first, bias, device, dtype)
        own: dict[str, Any] = {"bias": bias, "device": device, "dtype": dtype}
        if custom_encoder is None:
            layer: Module = TransformerEncoderLayer(*options, *more)
            norm = LayerNorm(d_model, layer_norm_eps, **own)
            custom_encoder = TransformerEncoder(layer, num_encoder_layers, norm)
        self.encoder = custom_encoder
        if custom_decoder is None:
            layer = TransformerDecoderLayer(*options, *more)
            norm = LayerNorm(d_model, layer_norm_eps, **own)
            custom_decoder = TransformerDecoder(layer, num_decoder_layers, norm)
        self.decoder = custom_decoder
        self._reset_parameters()
        self.d_model = d_model
        self.nhead = nhead
        self.batch_first = batch_first

    def _reset_parameters(self) -> None:
        for parameter in self.parameters():
            if parameter.ndim > 1:
                init.xavier_uniform_(parameter)

    def forward(
        self,
        src: Tensor,
        tgt: Tensor,
        src_mask: Tensor | None = None,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        src_is_causal: bool | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """See the class; the masks are those of `MultiheadAttention`.

        Raises:
            RuntimeError: the batches, or the numbers of each place, are not as many as they should be.
        """
        batch = 0 if self.batch_first else 1
        if src.ndim == 3 and src.shape[batch] != tgt.shape[batch]:
            raise RuntimeError(
                "the batch number of src and tgt must be equal\n"
                f"They are of shape {list(src.shape)} and {list(tgt.shape)}; see batch_first."
            )
        if src.shape[-1] != self.d_model or tgt.shape[-1] != self.d_model:
            raise RuntimeError(
                "the feature number of src and tgt must be equal to d_model\n"
                f"They are of shape {list(src.shape)} and {list(tgt.shape)}, d_model is {self.d_model}."
            )
        memory = self.encoder(
            src,
            mask=src_mask,
            src_key_padding_mask=src_key_padding_mask,
            is_causal=src_is_causal,
        )
        y: Tensor = self.decoder(
            tgt,
            memory,
            tgt_mask=tgt_mask,
            memory_mask=memory_mask,
            tgt_key_padding_mask=tgt_key_padding_mask,
            memory_key_padding_mask=memory_key_padding_mask,
            tgt_is_causal=tgt_is_causal,
            memory_is_causal=memory_is_causal,
        )
        return y

    @staticmethod
    def generate_square_subsequent_mask(
        sz: int, device: Any = None, dtype: dtypes.dtype | None = None
    ) -> Tensor:
        """The mask that keeps each place from those behind it: -infinity above the diagonal, else 0."""
        return triu(full((sz, sz), float("-inf"), dtype=dtype, device=device), diagonal=1)


def _copies(layer: Module, count: int) -> ModuleList:
    return ModuleList([copy.deepcopy(layer) for _ in range(count)])


def _length(layer: Any, x: Tensor) -> int:
    """How many places a sequence has."""
    return x.shape[1 if x.ndim == 3 and layer.self_attn.batch_first else 0]


def _is_causal(mask: Tensor | None, said: bool | None, length: int) -> bool:
    """Whether a mask keeps each place from those behind it."""
    if said is not None or mask is None:
        return bool(said)
    causal = Transformer.generate_square_subsequent_mask(length, dtype=mask.dtype)
    return mask.shape == causal.shape and bool((mask.array == causal.array).all())
