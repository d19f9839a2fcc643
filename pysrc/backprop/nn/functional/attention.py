"""Attention: each place of a sequence asks, and takes from the places whose keys answer."""

from __future__ import annotations

import math

import numpy as np

from ...autograd.broadcasting import unbroadcast
from ...autograd.node import Gradients
from ...autograd.tape import tape
from ...dtypes import Array
from ...ops.operands import check_broadcast
from ...tensor import Tensor
from .regularization import kept

__all__ = ["scaled_dot_product_attention"]

_NAMES = {
    "float16": "c10::Half",
    "float32": "float",
    "float64": "double",
    "int64": "long int",
    "int32": "int",
    "bool": "bool",
}


def scaled_dot_product_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> Tensor:
    """``softmax(query key^T / sqrt(E) + mask) value``.

    Args:
        query: (..., L, E): what each of L places asks.
        key: (..., S, E): what each of S places answers to.
        value: (..., S, V): what is taken from there.
        attn_mask: broadcasts to (..., L, S): True where a place may take from another, or numbers that are
            added before the softmax. A place that may take from nowhere gets zeros.
        dropout_p: the share of the weights that become 0, also outside training.
        is_causal: whether each place takes only from those up to its own.
        scale: what the products are multiplied by; ``1 / sqrt(E)`` if left out.
        enable_gqa: whether several heads of the queries, in the third dimension from the end, share one of
            the keys and the values.

    Returns:
        (..., L, V).

    Source: Vaswani et al., Attention Is All You Need (2017).

    Raises:
        RuntimeError: the shapes or the types don't fit.
    """
    _refuse_types(query, key, value, attn_mask)
    if not 0 <= dropout_p <= 1:
        raise RuntimeError(
            f"dropout probability has to be between 0 and 1, but got {dropout_p:g}\n"
            "It is the share of the weights that become 0."
        )
    q, k, v = query.array, key.array, value.array
    shared = _heads_per_key(q, k, v) if enable_gqa else 1
    if shared > 1:
        k, v = np.repeat(k, shared, axis=-3), np.repeat(v, shared, axis=-3)
    _refuse_shapes(q, k, v)
    factor = q.dtype.type(1 / math.sqrt(q.shape[-1]) if scale is None else scale)
    scores = (q * factor) @ k.swapaxes(-1, -2)
    if is_causal:
        scores[..., np.tri(*scores.shape[-2:]) == 0] = -np.inf
    if attn_mask is not None:
        check_broadcast(scores.shape, attn_mask.array.shape)
        mask = attn_mask.array
        scores = np.where(mask, scores, -np.inf) if mask.dtype == bool else scores + mask
    weights = _softmax(scores.astype(q.dtype, copy=False))
    share = None
    if dropout_p == 1:
        share = np.zeros_like(weights)
    elif dropout_p:
        share = kept(weights.shape, dropout_p) * weights.dtype.type(1 / (1 - dropout_p))
    used = weights if share is None else weights * share
    y = used @ v

    def rule(grad: Array) -> Gradients:
        by_value = used.swapaxes(-1, -2) @ grad
        by_weights = grad @ v.swapaxes(-1, -2)
        if share is not None:
            by_weights = by_weights * share
        by_scores = weights * (by_weights - (by_weights * weights).sum(axis=-1, keepdims=True))
        by_key = by_scores.swapaxes(-1, -2) @ (q * factor)
        found = [
            unbroadcast((by_scores @ k) * factor, q.shape),
            _gathered(unbroadcast(by_key, k.shape), shared, key.array.shape),
            _gathered(unbroadcast(by_value, v.shape), shared, value.array.shape),
        ]
        if attn_mask is not None and attn_mask.requires_grad:
            found.append(unbroadcast(by_scores, attn_mask.array.shape))
        return tuple(found)

    inputs = [query, key, value]
    if attn_mask is not None and attn_mask.requires_grad:
        inputs.append(attn_mask)
    plain = len(inputs) > 3 or dropout_p > 0 or not (q.shape[:-2] == k.shape[:-2] == v.shape[:-2])
    name = _name(q, v, plain)
    return tape(y, name, inputs, rule, saved=inputs[:3])


def _softmax(scores: Array) -> Array:
    """Of each row; zeros where all of a row is -infinity."""
    top = scores.max(axis=-1, keepdims=True, initial=-np.inf)
    top[np.isneginf(top)] = 0
    weights = np.exp(scores - top)
    total = weights.sum(axis=-1, keepdims=True)
    weights /= np.where(total == 0, 1, total)
    return weights


def _name(q: Array, v: Array, plain: bool) -> str:
    """What PyTorch calls it: there it is one operation only in some cases."""
    if q.ndim == 4 and q.shape[-1] == v.shape[-1] and not plain:
        return "ScaledDotProductFlashAttentionForCpuBackward0"
    return "MmBackward0" if q.ndim == 2 else "UnsafeViewBackward0"


def _heads_per_key(q: Array, k: Array, v: Array) -> int:
    if min(q.ndim, k.ndim, v.ndim) < 3 or q.shape[-3] % k.shape[-3] or k.shape[-3] != v.shape[-3]:
        raise RuntimeError(
            "Number of heads in key and value must divide the number of heads in \n"
            f"The queries are of shape {list(q.shape)}, the keys {list(k.shape)}, the values {list(v.shape)}."
        )
    return int(q.shape[-3] // k.shape[-3])


def _gathered(grad: Array, shared: int, shape: tuple[int, ...]) -> Array:
    """The blame of a head that several share: the sum of theirs."""
    if shared == 1:
        return grad
    return grad.reshape(*shape[:-2], shared, *shape[-2:]).sum(axis=-3)


def _refuse_types(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None) -> None:
    kinds = [each.dtype for each in (query, key, value)]
    q, k, v = [_NAMES.get(kind.name, kind.name) for kind in kinds]
    if len(set(kinds)) > 1:
        raise RuntimeError(
            "Expected query, key, and value to have the same dtype, but got query.dtype: "
            f"{q} key.dtype: {k} and value.dtype: {v} instead.\nConvert them with .to(query.dtype)."
        )
    if min(query.ndim, key.ndim, value.ndim) < 2:
        raise RuntimeError(
            "Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: "
            f"{query.ndim} key.dim: {key.ndim} and value.dim: {value.ndim} instead.\n"
            "The last two dimensions are the places and the numbers of each."
        )
    if query.array.dtype.kind != "f":
        raise RuntimeError(
            f"expected m1 and m2 to have the same dtype, but got: float != {q}\n"
            "Convert the tensors first, with .float()."
        )
    if mask is not None and mask.array.dtype != bool and mask.dtype != query.dtype:
        m = _NAMES.get(mask.dtype.name, mask.dtype.name)
        raise RuntimeError(
            "Expected attn_mask dtype to be bool or float or to match query dtype, but got attn_mask.dtype: "
            f"{m} and  query.dtype: {q} instead.\nConvert the mask with .bool() or .to(query.dtype)."
        )


def _refuse_shapes(q: Array, k: Array, v: Array) -> None:
    check_broadcast(q.shape[:-2], k.shape[:-2])
    check_broadcast(q.shape[:-2], v.shape[:-2])
    if q.shape[-1] != k.shape[-1]:
        raise RuntimeError(
            f"Expected size for first two dimensions of batch2 tensor to be: [{math.prod(q.shape[:-2])}, "
            f"{q.shape[-1]}] but got: [{math.prod(k.shape[:-2])}, {k.shape[-1]}].\n"
            "A query and a key have equally many numbers."
        )
    if k.shape[-2] != v.shape[-2]:
        raise RuntimeError(
            f"Expected size for first two dimensions of batch2 tensor to be: [{math.prod(q.shape[:-2])}, "
            f"{k.shape[-2]}] but got: [{math.prod(v.shape[:-2])}, {v.shape[-2]}].\n"
            "There is one value for each key."
        )
