"""Attention by several heads at once, each with a part of the numbers: in operations of tensors."""

from __future__ import annotations

import math
from typing import Any

from ...ops.batches import baddbmm
from ...ops.creation import zeros, zeros_like
from ...ops.joining import cat
from ...ops.linear import linear
from ...ops.linear_algebra import bmm
from ...tensor import Tensor
from ...warning import warn
from .activation import softmax
from .attention import scaled_dot_product_attention
from .padding import pad
from .regularization import dropout

__all__ = ["multi_head_attention_forward"]


def multi_head_attention_forward(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    embed_dim_to_check: int,
    num_heads: int,
    in_proj_weight: Tensor | None,
    in_proj_bias: Tensor | None,
    bias_k: Tensor | None,
    bias_v: Tensor | None,
    add_zero_attn: bool,
    dropout_p: float,
    out_proj_weight: Tensor,
    out_proj_bias: Tensor | None,
    training: bool = True,
    key_padding_mask: Tensor | None = None,
    need_weights: bool = True,
    attn_mask: Tensor | None = None,
    use_separate_proj_weight: bool = False,
    q_proj_weight: Tensor | None = None,
    k_proj_weight: Tensor | None = None,
    v_proj_weight: Tensor | None = None,
    static_k: Tensor | None = None,
    static_v: Tensor | None = None,
    average_attn_weights: bool = True,
    is_causal: bool = False,
) -> tuple[Tensor, Tensor | None]:
    """What `MultiheadAttention` computes: see there.

    Args:
        query: (L, B, E) or (L, E).
        key: (S, B, K) or (S, K).
        value: (S, B, V) or (S, V).
        embed_dim_to_check: E.
        num_heads: H, into which E is divided.
        in_proj_weight: (3 E, E), for queries, keys and values, if K and V are E.
        in_proj_bias: (3 E,) or None.
        bias_k: (1, 1, E), a key that is learned, or None.
        bias_v: likewise its value.
        add_zero_attn: whether there is also a key of zeros, with a value of zeros.
        dropout_p: the share of the weights that become 0 while training.
        out_proj_weight: (E, E).
        out_proj_bias: (E,) or None.
        training: whether weights are dropped.
        key_padding_mask: (B, S) or (S,): True where there is nothing to take, or numbers that are added.
        need_weights: whether the weights are returned.
        attn_mask: (L, S) or (B H, L, S): True where a place may not take from another, or numbers.
        use_separate_proj_weight: whether the next three are given instead of `in_proj_weight`.
        q_proj_weight: (E, E).
        k_proj_weight: (E, K).
        v_proj_weight: (E, V).
        static_k: (B H, S, E / H), instead of what is made of the keys.
        static_v: likewise of the values.
        average_attn_weights: whether the weights are (B, L, S), or (B, H, L, S) for each head.
        is_causal: says of the mask that it keeps each place from those behind it.

    Returns:
        The output, of the query's shape, and the weights or None.

    Raises:
        AssertionError: shapes or types don't fit.
        RuntimeError: a mask has the wrong shape, or is missing.
    """
    alone = _refuse_shapes(query, key, value, key_padding_mask, attn_mask, num_heads)
    if alone:
        query, key, value = (each.unsqueeze(1) for each in (query, key, value))
        if key_padding_mask is not None:
            key_padding_mask = key_padding_mask.unsqueeze(0)
    length, batch, width = query.shape
    rows, head = batch * num_heads, width // num_heads
    other = None if attn_mask is None else attn_mask.dtype
    key_padding_mask = added_mask(key_padding_mask, "key_padding_mask", query, other, "attn_mask")
    if is_causal and attn_mask is None:
        raise RuntimeError(
            "Need attn_mask if specifying the is_causal hint. You may use the Transformer module method "
            "`generate_square_subsequent_mask` to create this mask.\nThe hint alone masks nothing."
        )
    is_causal = is_causal and key_padding_mask is None and not need_weights
    attn_mask = None if is_causal else added_mask(attn_mask, "attn_mask", query)
    if width != embed_dim_to_check:
        raise AssertionError(
            f"was expecting embedding dimension of {embed_dim_to_check}, but got {width}\n"
            "That is how many numbers each place of the query has."
        )
    if head * num_heads != width:
        raise AssertionError(
            f"embed_dim {width} not divisible by num_heads {num_heads}\nEach head has an equal part."
        )
    if use_separate_proj_weight:
        if key.shape[:2] != value.shape[:2]:
            raise AssertionError(
                f"key's sequence and batch dims {key.shape[:2]} do not match value's {value.shape[:2]}\n"
                "There is one value for each key."
            )
        matrices: Any = (q_proj_weight, k_proj_weight, v_proj_weight)
    else:
        if key.shape != value.shape:
            raise AssertionError(
                f"key shape {key.shape} does not match value shape {value.shape}\n"
                "With other sizes, give kdim and vdim."
            )
        assert in_proj_weight is not None
        matrices = in_proj_weight.chunk(3)
    biases: Any = (None, None, None) if in_proj_bias is None else in_proj_bias.chunk(3)
    # Three products, and not one that is cut in three: the gradient of a cut is a sum of whole copies.
    q, k, v = (
        linear(each, matrix, bias)
        for each, matrix, bias in zip((query, key, value), matrices, biases, strict=True)
    )
    attn_mask = _of_heads(attn_mask, (length, len(key.array)), rows)
    if bias_k is not None and bias_v is not None:
        k, v = cat([k, bias_k.repeat(1, batch, 1)]), cat([v, bias_v.repeat(1, batch, 1)])
        attn_mask, key_padding_mask = _one_longer(attn_mask), _one_longer(key_padding_mask)
    q = q.reshape(length, rows, head).transpose(0, 1)
    k = k.reshape(-1, rows, head).transpose(0, 1) if static_k is None else static_k
    v = v.reshape(-1, rows, head).transpose(0, 1) if static_v is None else static_v
    if add_zero_attn:
        k = cat([k, zeros(rows, 1, head, dtype=k.dtype)], 1)
        v = cat([v, zeros(rows, 1, head, dtype=v.dtype)], 1)
        attn_mask, key_padding_mask = _one_longer(attn_mask), _one_longer(key_padding_mask)
    keys = k.shape[1]
    if key_padding_mask is not None:
        _refuse_padding(key_padding_mask, batch, keys)
        padding = key_padding_mask.reshape(batch, 1, 1, keys).expand(-1, num_heads, -1, -1)
        padding = padding.reshape(rows, 1, keys)
        attn_mask = padding if attn_mask is None else attn_mask + padding
    p = dropout_p if training else 0.0
    weights = None
    if need_weights:
        scaled, turned = q * math.sqrt(1.0 / head), k.transpose(-2, -1)
        scores = bmm(scaled, turned) if attn_mask is None else baddbmm(attn_mask, scaled, turned)
        weights = softmax(scores, dim=-1)
        if p > 0:
            weights = dropout(weights, p)
        y = bmm(weights, v).transpose(0, 1).reshape(length * batch, width)
        weights = weights.view(batch, num_heads, length, keys)
        if average_attn_weights:
            weights = weights.mean(dim=1)
    else:
        if attn_mask is not None:
            one = len(attn_mask.array) == 1
            attn_mask = (
                attn_mask.unsqueeze(0) if one else attn_mask.view(batch, num_heads, -1, keys)
            )
        q, k, v = (each.reshape(batch, num_heads, -1, head) for each in (q, k, v))
        y = scaled_dot_product_attention(q, k, v, attn_mask, p, is_causal)
        y = y.permute(2, 0, 1, 3).reshape(length * batch, width)
    y = linear(y, out_proj_weight, out_proj_bias).view(length, batch, width)
    if alone:
        return y.squeeze(1), None if weights is None else weights.squeeze(0)
    return y, weights


def added_mask(
    mask: Tensor | None, name: str, like: Tensor, other: Any = None, other_name: str = ""
) -> Tensor | None:
    """A mask as numbers that are added to the products: -infinity where it is True.

    Raises:
        AssertionError: it has whole numbers.
    """
    if mask is None:
        return None
    if mask.array.dtype.kind not in "bf":
        raise AssertionError(
            f"only bool and floating types of {name} are supported\nConvert it with .bool()."
        )
    if other is not None and other != mask.dtype:
        warn(
            f"Support for mismatched {name} and {other_name} is deprecated. Use same type for both instead."
        )
    if mask.array.dtype.kind == "f":
        return mask
    return zeros_like(mask, dtype=like.dtype).masked_fill_(mask, float("-inf"))


def _one_longer(mask: Tensor | None) -> Tensor | None:
    return None if mask is None else pad(mask, (0, 1))


def _of_heads(mask: Tensor | None, sizes: tuple[int, int], rows: int) -> Tensor | None:
    """The mask with a dimension for the heads of all sequences."""
    if mask is None:
        return None
    expected = sizes if mask.ndim == 2 else (rows, *sizes)
    if mask.shape != expected:
        raise RuntimeError(
            f"The shape of the {mask.ndim}D attn_mask is {mask.shape}, but should be {expected}.\n"
            "It says for each place of the query from which places it may not take."
        )
    return mask.unsqueeze(0) if mask.ndim == 2 else mask


def _refuse_padding(mask: Tensor, batch: int, keys: int) -> None:
    for axis, size in enumerate((batch, keys)):
        if mask.shape[axis] != size:
            raise AssertionError(
                f"Expected key_padded_mask.shape[{axis}] to be {size}, but got {mask.shape[axis]}\n"
                "It has a row for each sequence, and in it one number for each key."
            )


def _refuse_shapes(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    padding: Tensor | None,
    mask: Tensor | None,
    num_heads: int,
) -> bool:
    """Raise AssertionError where dimensions don't fit; return whether there is no batch."""
    n = query.ndim
    if n not in (2, 3):
        raise AssertionError(
            f"query should be unbatched 2D or batched 3D tensor but received {n}-D query tensor\n"
            "The places, the batch, and the numbers of each place."
        )
    start = f"For {'batched' if n == 3 else 'unbatched'} ({n}-D) `query`, expected "
    if key.ndim != n or value.ndim != n:
        raise AssertionError(
            f"{start}`key` and `value` to be {n}-D but found {key.ndim}-D and {value.ndim}-D tensors "
            "respectively\nAll three have a batch, or none has."
        )
    if padding is not None and padding.ndim != n - 1:
        raise AssertionError(
            f"{start}`key_padding_mask` to be `None` or {n - 1}-D but found {padding.ndim}-D tensor instead\n"
            "It has one number for each key."
        )
    if mask is not None and mask.ndim not in (2, 3):
        raise AssertionError(
            f"{start}`attn_mask` to be `None`, 2-D or 3-D but found {mask.ndim}-D tensor instead\n"
            "It has one number for each place and each key."
        )
    if n == 2 and mask is not None and mask.ndim == 3:
        expected = (num_heads, query.shape[0], key.shape[0])
        if mask.shape != expected:
            raise AssertionError(
                f"Expected `attn_mask` shape to be {expected} but got {mask.shape}\n"
                "Three dimensions are the heads, the places and the keys."
            )
    return n == 2
