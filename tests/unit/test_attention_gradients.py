"""Attention against finite differences."""

from __future__ import annotations

from typing import Any

import backprop as torch
import pytest
from backprop import nn
from backprop.autograd import gradcheck
from backprop.nn.functional import scaled_dot_product_attention

OPTIONS: dict[str, dict[str, Any]] = {
    "plain": {},
    "causal": {"is_causal": True},
    "scaled": {"scale": 0.7},
    "masked": {"attn_mask": torch.tensor([[True, False, True], [False] * 3, [True] * 3])},
    "shared": {"enable_gqa": True},
}


def numbers(*shape: int) -> Any:
    return torch.randn(*shape, dtype=torch.float64).requires_grad_()


@pytest.mark.parametrize("name", OPTIONS)
def test_product(name: str) -> None:
    torch.manual_seed(1)
    heads = 1 if name == "shared" else 2
    q, k, v = numbers(2, 2, 3, 2), numbers(2, heads, 3, 2), numbers(2, heads, 3, 4)

    def run(*given: Any) -> Any:
        return scaled_dot_product_attention(*given, **OPTIONS[name])

    assert gradcheck(run, [q, k, v])


def test_a_mask_may_be_learned() -> None:
    torch.manual_seed(2)
    given = [numbers(2, 3, 2), numbers(2, 4, 2), numbers(2, 4, 2), numbers(3, 4)]
    assert gradcheck(lambda q, k, v, mask: scaled_dot_product_attention(q, k, v, mask), given)


@pytest.mark.parametrize("need_weights", [False, True])
def test_heads(need_weights: bool) -> None:
    torch.manual_seed(3)
    layer = nn.MultiheadAttention(4, 2, kdim=3, vdim=2, add_bias_kv=True).double()
    given = [numbers(3, 2, 4), numbers(2, 2, 3), numbers(2, 2, 2)]

    def run(*rest: Any) -> Any:
        y, weights = layer(*rest[:3], need_weights=need_weights)
        return y if weights is None else torch.cat([y.reshape(-1), weights.reshape(-1)])

    assert gradcheck(run, [*given, *layer.parameters()])


def test_what_returns_weights_computes_the_same() -> None:
    torch.manual_seed(4)
    layer, x = nn.MultiheadAttention(6, 3), torch.randn(5, 2, 6)
    mask = nn.Transformer.generate_square_subsequent_mask(5)
    with_weights, weights = layer(x, x, x, attn_mask=mask)
    without, none = layer(x, x, x, attn_mask=mask, need_weights=False)
    assert none is None
    assert torch.allclose(with_weights, without, atol=1e-6)
    assert torch.allclose(weights.sum(-1), torch.ones(2, 5))
    assert not weights.triu(1).any()
