"""Attention and the layers of transformers: draws, outputs, weights, gradients, printed forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

Make = Callable[[Any], Any]


def _summed(y: Any, torch: Any) -> Any:
    slopes = torch.linspace(-1, 2, y.numel(), dtype=y.dtype).reshape(y.shape)
    return (y * slopes).nan_to_num().sum()


def _product(name: str, shapes: list[tuple[int, ...]], **options: Any) -> None:
    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(4)
        kind = getattr(torch, options.get("kind", "float32"))
        inputs = [torch.randn(shape, dtype=kind).requires_grad_() for shape in shapes]
        given = {key: value for key, value in options.items() if key not in ("kind", "mask")}
        if "mask" in options:
            given["attn_mask"] = options["mask"](torch)
        y = torch.nn.functional.scaled_dot_product_attention(*inputs, **given)
        _summed(y, torch).backward()
        found = {"y": y.detach(), "grad_fn": repr(y).split("grad_fn=")[-1]}
        found |= {f"grad {place}": each.grad for place, each in enumerate(inputs)}
        if "mask" in options and given["attn_mask"].requires_grad:
            found["mask grad"] = given["attn_mask"].grad
        return found

    CASES[f"product {name}"] = run


def _some(torch: Any) -> Any:
    mask = torch.ones(5, 6).tril(2).bool()
    mask[1] = False
    return mask


ALIKE: list[tuple[int, ...]] = [(2, 3, 5, 4), (2, 3, 6, 4), (2, 3, 6, 4)]
_product("of heads", ALIKE)
_product("of heads in double", ALIKE, kind="float64")
_product("of batches", [(2, 5, 4), (2, 6, 4), (2, 6, 4)])
_product("of one", [(5, 4), (6, 4), (6, 4)])
_product("of wide values", [*ALIKE[:2], (2, 3, 6, 2)])
_product("causal", ALIKE, is_causal=True)
_product("causal and square", [(1, 2, 4, 3)] * 3, is_causal=True)
_product("scaled", ALIKE, scale=0.3)
_product("masked", ALIKE, mask=_some)
_product("masked by numbers", ALIKE, mask=lambda torch: torch.randn(5, 6))
_product("learned mask", ALIKE, mask=lambda torch: torch.randn(3, 5, 6).requires_grad_())
_product("broadcast", [(2, 3, 5, 4), (2, 1, 6, 4), (6, 4)])
_product("shared heads", [(2, 4, 5, 3), (2, 2, 6, 3), (2, 2, 6, 3)], enable_gqa=True)
_product("dropped", ALIKE, dropout_p=0.4)
_product("all dropped", ALIKE, dropout_p=1.0)


def _attention(name: str, make: Make, shapes: list[tuple[int, ...]], **options: Any) -> None:
    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(5)
        layer = make(torch.nn)
        found = {"printed": repr(layer), "state": ", ".join(layer.state_dict())}
        for title, value in layer.state_dict().items():
            found[title] = value.clone()
        inputs = [torch.randn(shape).requires_grad_() for shape in shapes]
        fed = inputs * 3 if len(inputs) == 1 else [inputs[0], inputs[1], inputs[-1]]
        given = {key: each(torch) if callable(each) else each for key, each in options.items()}
        y, weights = layer(*fed, **given)
        total = _summed(y, torch)
        found |= {"y": y.detach(), "grad_fn": repr(y).split("grad_fn=")[-1]}
        if weights is not None:
            found |= {"weights": weights.detach(), "w": repr(weights).split("grad_fn=")[-1]}
            total = total + _summed(weights, torch)
        total.backward()
        for place, each in enumerate(inputs):
            found[f"grad {place}"] = each.grad
        for title, parameter in layer.named_parameters():
            found[f"{title} grad"] = parameter.grad
        return found

    CASES[f"heads {name}"] = run


def _causal(torch: Any) -> Any:
    return torch.nn.Transformer.generate_square_subsequent_mask(5)


def _padding(torch: Any) -> Any:
    return torch.tensor([[False] * 5, [False] * 3 + [True] * 2])


SELF: list[tuple[int, ...]] = [(5, 2, 4)]
PLAIN: Make = lambda nn: nn.MultiheadAttention(4, 2)  # noqa: E731
_attention("to itself", PLAIN, SELF)
_attention("to itself without weights", PLAIN, SELF, need_weights=False)
_attention("each head", PLAIN, SELF, average_attn_weights=False)
_attention("to another", PLAIN, [(5, 2, 4), (3, 2, 4)])
_attention("of one", PLAIN, [(5, 4)])
_attention("of one without weights", PLAIN, [(5, 4)], need_weights=False)
_attention("causal", PLAIN, SELF, attn_mask=_causal)
_attention("causal hint", PLAIN, SELF, attn_mask=_causal, is_causal=True, need_weights=False)
_attention("padded", PLAIN, SELF, key_padding_mask=_padding)
_attention("padded, causal", PLAIN, SELF, key_padding_mask=_padding, attn_mask=_causal)
_attention(
    "padded without weights",
    PLAIN,
    SELF,
    key_padding_mask=_padding,
    attn_mask=lambda torch: torch.ones(5, 5).triu(1).bool(),
    need_weights=False,
)
_attention("of each head's mask", PLAIN, SELF, attn_mask=lambda torch: torch.randn(4, 5, 5))
_attention(
    "of other sizes",
    lambda nn: nn.MultiheadAttention(4, 2, kdim=3, vdim=5),
    [(5, 2, 4), (3, 2, 3), (3, 2, 5)],
)
_attention(
    "with more keys",
    lambda nn: nn.MultiheadAttention(4, 2, add_bias_kv=True, add_zero_attn=True),
    SELF,
    attn_mask=_causal,
    key_padding_mask=_padding,
)
_attention("without bias", lambda nn: nn.MultiheadAttention(4, 2, bias=False), SELF)
_attention("batch first", lambda nn: nn.MultiheadAttention(4, 1, batch_first=True), [(2, 5, 4)])
_attention("dropped", lambda nn: nn.MultiheadAttention(4, 2, dropout=0.4), SELF)
_attention(
    "dropped without weights",
    lambda nn: nn.MultiheadAttention(4, 2, 0.4),
    SELF,
    need_weights=False,
)
_attention("in use", lambda nn: nn.MultiheadAttention(4, 2, 0.4).eval(), SELF)

TRANSFORMERS: dict[str, tuple[Make, list[tuple[int, ...]], dict[str, Any]]] = {
    "encoder layer": (lambda nn: nn.TransformerEncoderLayer(4, 2, 6), SELF, {}),
    "encoder layer of gelu": (
        lambda nn: nn.TransformerEncoderLayer(4, 2, 6, 0.0, "gelu", norm_first=True, bias=False),
        SELF,
        {"src_key_padding_mask": _padding},
    ),
    "encoder": (
        lambda nn: nn.TransformerEncoder(
            nn.TransformerEncoderLayer(4, 2, 6, batch_first=True), 2, nn.LayerNorm(4)
        ),
        [(2, 5, 4)],
        {"src_key_padding_mask": _padding, "mask": lambda torch: _causal(torch).isinf()},
    ),
    "decoder layer": (lambda nn: nn.TransformerDecoderLayer(4, 2, 6), [*SELF, (3, 2, 4)], {}),
    "decoder": (
        lambda nn: nn.TransformerDecoder(
            nn.TransformerDecoderLayer(4, 2, 6, norm_first=True, activation="gelu"), 2
        ),
        [*SELF, (3, 2, 4)],
        {"tgt_mask": _causal, "tgt_is_causal": True},
    ),
    "transformer": (
        lambda nn: nn.Transformer(4, 2, 1, 2, 6, batch_first=True),
        [(2, 3, 4), (2, 5, 4)],
        {"tgt_mask": _causal, "tgt_key_padding_mask": lambda torch: _padding(torch).float()},
    ),
    "transformer of one": (lambda nn: nn.Transformer(4, 2, 1, 1, 6), [(3, 4), (5, 4)], {}),
}


def _transformer(name: str) -> None:
    make, shapes, options = TRANSFORMERS[name]

    def run(torch: Any) -> dict[str, Any]:
        torch.manual_seed(6)
        model = make(torch.nn)
        found = {"printed": repr(model), "state": ", ".join(model.state_dict())}
        for title, value in model.state_dict().items():
            found[title] = value.clone()
        given = {key: each(torch) if callable(each) else each for key, each in options.items()}
        inputs = [torch.randn(shape).requires_grad_() for shape in shapes]
        y = model(*inputs, **given)
        _summed(y, torch).backward()
        found |= {"y": y.detach(), "grad_fn": repr(y).split("grad_fn=")[-1]}
        for place, each in enumerate(inputs):
            found[f"grad {place}"] = each.grad
        for title, parameter in model.named_parameters():
            found[f"{title} grad"] = parameter.grad
        model.eval()
        with torch.no_grad():
            found["in use"] = model(*inputs, **given)
        return found

    CASES[name] = run


for _name in TRANSFORMERS:
    _transformer(_name)


@CASES
def what_is_padded_comes_out_as_zeros(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(7)
    layer = nn.TransformerEncoderLayer(4, 2, 6, batch_first=True)
    x, found = torch.randn(2, 5, 4), {}
    holes = torch.tensor([[False] * 5, [False, True, False, True, True]])
    for name, model in {
        "encoder": nn.TransformerEncoder(layer, 2).eval(),
        "with norm": nn.TransformerEncoder(layer, 1, nn.LayerNorm(4)).eval(),
        "in full": nn.TransformerEncoder(layer, 1, enable_nested_tensor=False).eval(),
    }.items():
        found[f"{name} with a graph"] = model(x, src_key_padding_mask=_padding(torch)).detach()
        with torch.no_grad():
            found[name] = model(x, src_key_padding_mask=_padding(torch))
            found[f"{name} of holes"] = model(x, src_key_padding_mask=holes)
    return found


@CASES
def masks(torch: Any) -> dict[str, Any]:
    make = torch.nn.Transformer.generate_square_subsequent_mask
    return {"three": repr(make(3)), "double": repr(make(2, dtype=torch.float64).dtype)}
