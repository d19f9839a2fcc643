"""Statements that ask for text and plain numbers: what a program prints."""

from __future__ import annotations

from tests.reference.fuzz.scope import Scope, floating

FORMS = [
    "str({0})",
    "repr({0})",
    "f'{{{0}}}'",
    "str({0}.shape)",
    "str({0}.dtype)",
    "{0}.tolist()",
    "len({0})",
]
FORMS += [
    "{0}.size()",
    "{0}.numel()",
    "{0}.dim()",
    "str({0}.grad)",
    "{0}.is_leaf",
    "{0}.requires_grad",
    "{0}.ndim",
]
FORMS += [
    "str({0}.detach().numpy())",
    "{0}.stride()",
    "{0}.is_contiguous()",
    "type({0}).__name__",
    "bool({0})",
]
FORMS += [
    "{0}.item()",
    "float({0})",
    "int({0})",
    "f'{{{0}:.3f}}'",
    "{0}.type()",
    "list({0})[0].shape",
    "str({0}[0])",
]
FORMS += [
    "type({0}.grad_fn).__name__",
    "{0}.element_size()",
    "str({0}.size(0))",
    "{0}.shape[-1]",
    "1 in {0}",
]
FORMS += [
    "'{{:8.4f}}'.format({0}.sum().item())",
    "{0}.data_ptr() == {0}.detach().data_ptr()",
    "{0}.nelement()",
]


def shown(scope: Scope) -> str:
    return f"s{scope.fresh()[1:]} = {scope.chance.choice(FORMS).format(scope.tensor())}"


def shown_number(scope: Scope) -> str:
    name = scope.tensor(lambda value: value.numel() == 1)
    form = scope.chance.choice(
        ["{0}.item()", "float({0})", "f'{{{0}:.4f}}'", "f'{{{0}}}'", "round(float({0}), 2)"]
    )
    return f"s{scope.fresh()[1:]} = {form.format(name)}"


def shown_module(scope: Scope) -> str:
    layers = [name for name in scope.values if name.startswith("layer")]
    if not layers:
        return f"s{scope.fresh()[1:]} = str({scope.tensor(floating)})"
    layer = scope.chance.choice(layers)
    form = scope.chance.choice(
        [
            "repr({0})",
            "list({0}.state_dict())",
            "[tuple(p.shape) for p in {0}.parameters()]",
            "[str(p.grad) for p in {0}.parameters()]",
            "{0}.training",
            "sum(p.numel() for p in {0}.parameters())",
        ]
    )
    return f"s{scope.fresh()[1:]} = {form.format(layer)}"


ALL = [shown, shown, shown_number, shown_module]
