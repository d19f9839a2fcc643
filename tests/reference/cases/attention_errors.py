"""What goes wrong with attention."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

MISTAKES = {
    "product: types": "F(ones(2, 3), ones(2, 3), ones(2, 3).double())",
    "product: whole numbers": "F(ones(2, 3).long(), ones(2, 3).long(), ones(2, 3).long())",
    "product: one dimension": "F(ones(3), ones(2, 3), ones(2, 3))",
    "product: widths": "F(ones(1, 2, 3, 4), ones(1, 2, 3, 3), ones(1, 2, 3, 4))",
    "product: mask": "F(*[ones(1, 2, 5, 4)] * 3, attn_mask=ones(5, 6))",
    "product: mask of whole numbers": "F(*[ones(1, 2, 5, 4)] * 3, attn_mask=ones(5, 5).long())",
    "product: mask in double": "F(*[ones(1, 2, 5, 4)] * 3, attn_mask=ones(5, 5).double())",
    "product: dropout": "F(*[ones(1, 2, 5, 4)] * 3, dropout_p=2.0)",
    "product: shared": "F(ones(1, 3, 5, 4), *[ones(1, 2, 5, 4)] * 2, enable_gqa=True)",
    "nothing": "nn.MultiheadAttention(0, 1)",
    "no heads": "nn.MultiheadAttention(4, 0)",
    "heads": "nn.MultiheadAttention(4, 3)",
    "four dimensions": "A(*[ones(1, 2, 3, 4)] * 3)",
    "keys without a batch": "A(ones(2, 3, 4), ones(3, 4), ones(3, 4))",
    "query without a batch": "A(ones(3, 4), ones(2, 3, 4), ones(2, 3, 4))",
    "padding": "A(*[ones(3, 2, 4)] * 3, key_padding_mask=ones(3).bool())",
    "padding of one": "A(*[ones(3, 4)] * 3, key_padding_mask=ones(1, 3).bool())",
    "padding turned": "A(*[ones(3, 2, 4)] * 3, key_padding_mask=ones(3, 2).bool())",
    "padding of whole numbers": "A(*[ones(3, 2, 4)] * 3, key_padding_mask=ones(2, 3).long())",
    "mask of one dimension": "A(*[ones(3, 2, 4)] * 3, attn_mask=ones(3))",
    "mask": "A(*[ones(3, 2, 4)] * 3, attn_mask=ones(2, 3))",
    "mask of heads": "A(*[ones(3, 2, 4)] * 3, attn_mask=ones(2, 3, 3))",
    "mask of heads of one": "A(*[ones(3, 4)] * 3, attn_mask=ones(3, 3, 3))",
    "mask of whole numbers": "A(*[ones(3, 2, 4)] * 3, attn_mask=ones(3, 3).long())",
    "hint alone": "A(*[ones(3, 2, 4)] * 3, is_causal=True)",
    "width": "A(*[ones(3, 2, 6)] * 3)",
    "values": "A(ones(3, 2, 4), ones(3, 2, 4), ones(4, 2, 4))",
    "values of their own": "nn.MultiheadAttention(4, 2, vdim=3)(*[ones(3, 2, 4)] * 2, ones(4, 2, 3))",
    "activation": "nn.TransformerEncoderLayer(4, 2, activation='cube')",
    "batches": "nn.Transformer(4, 2, 1, 1, 4)(ones(3, 2, 4), ones(3, 1, 4))",
    "numbers": "nn.Transformer(4, 2, 1, 1, 4)(ones(3, 2, 4), ones(3, 2, 6))",
}


def _mistake(name: str, text: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        product = torch.nn.functional.scaled_dot_product_attention
        names = {"nn": torch.nn, "F": product, "ones": torch.ones}
        try:
            eval(text, names | {"A": torch.nn.MultiheadAttention(4, 2)})
        except Exception as error:
            return {"type": type(error).__name__, "message": str(error)}
        return {"type": "none", "message": ""}

    CASES[name] = run


for _name, _text in MISTAKES.items():
    _mistake(_name, _text)
