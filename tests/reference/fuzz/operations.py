"""Statements that compute with tensors: elementwise, reductions, products."""

from __future__ import annotations

from tests.reference.fuzz.scope import Scope, floating, whole

UNARY = [
    "abs",
    "neg",
    "exp",
    "log",
    "log1p",
    "expm1",
    "sqrt",
    "rsqrt",
    "sin",
    "cos",
    "tan",
    "tanh",
    "sigmoid",
    "relu",
    "square",
    "reciprocal",
    "sign",
    "floor",
    "ceil",
    "round",
    "trunc",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "exp2",
    "log2",
    "log10",
    "isnan",
    "isfinite",
    "logical_not",
    "clone",
    "detach",
    "float",
    "double",
    "long",
    "bool",
    "int",
    "erf",
    "softplus",
    "gelu",
    "silu",
    "elu",
    "leaky_relu",
    "relu6",
    "selu",
    "mish",
    "hardtanh",
    "logsigmoid",
    "tanhshrink",
    "softsign",
    "frac",
    "positive",
    "deg2rad",
    "erfc",
    "sinc",
    "logit",
    "nan_to_num",
]
FUNCTIONAL = {
    "softplus",
    "gelu",
    "silu",
    "elu",
    "leaky_relu",
    "relu6",
    "selu",
    "mish",
    "hardtanh",
    "logsigmoid",
    "tanhshrink",
    "softsign",
}
BINARY = ["+", "-", "*", "/", "//", "%", "**", "==", "<", ">", "<=", ">=", "!=", "&", "|"]
NAMED = [
    "add",
    "sub",
    "mul",
    "div",
    "maximum",
    "minimum",
    "pow",
    "atan2",
    "fmod",
    "remainder",
    "eq",
    "lt",
    "gt",
    "logical_and",
    "logical_or",
    "where",
    "hypot",
    "floor_divide",
    "true_divide",
    "xlogy",
    "copysign",
    "logaddexp",
]
REDUCTIONS = [
    "sum",
    "mean",
    "max",
    "min",
    "argmax",
    "argmin",
    "prod",
    "std",
    "var",
    "any",
    "all",
    "logsumexp",
    "norm",
    "amax",
    "amin",
    "median",
    "count_nonzero",
    "cumsum",
    "cumprod",
    "softmax",
    "log_softmax",
    "sort",
    "argsort",
    "aminmax",
    "nansum",
    "nanmean",
    "logcumsumexp",
    "cummax",
    "mode",
]
NEED_DIM = {"logsumexp", "cumsum", "cumprod", "softmax", "log_softmax", "logcumsumexp", "cummax"}
FLAGS = {
    "keepdim=True": {
        "sum",
        "mean",
        "max",
        "min",
        "argmax",
        "argmin",
        "std",
        "var",
        "any",
        "all",
        "logsumexp",
        "amax",
        "amin",
    }
}


def unary(scope: Scope) -> str:
    name, operation = scope.tensor(), scope.chance.choice(UNARY)
    if operation in FUNCTIONAL:
        return f"{scope.fresh()} = F.{operation}({name})"
    if scope.chance.random() < 0.3 and operation not in {
        "detach",
        "float",
        "double",
        "long",
        "bool",
        "int",
    }:
        return f"{scope.fresh()} = torch.{operation}({name})"
    return f"{scope.fresh()} = {name}.{operation}()"


def binary(scope: Scope) -> str:
    left, operator = scope.tensor(), scope.chance.choice(BINARY)
    kind = scope.chance.random()
    if kind < 0.3:
        return f"{scope.fresh()} = {left} {operator} {scope.number()}"
    if kind < 0.45:
        return f"{scope.fresh()} = {scope.number()} {operator} {left}"
    return f"{scope.fresh()} = {left} {operator} {scope.tensor()}"


def named_binary(scope: Scope) -> str:
    left, operation, chance = scope.tensor(), scope.chance.choice(NAMED), scope.chance
    right = scope.number() if chance.random() < 0.25 else scope.tensor()
    if operation == "where":
        return f"{scope.fresh()} = torch.where({left} > 0, {left}, {right})"
    options = ", alpha=2" if operation in {"add", "sub"} and chance.random() < 0.3 else ""
    if operation == "div" and chance.random() < 0.5:
        options = f", rounding_mode={chance.choice(['floor', 'trunc'])!r}"
    call = f"{left}.{operation}({right}{options})"
    return f"{scope.fresh()} = " + (
        call if chance.random() < 0.5 else f"torch.{operation}({left}, {right}{options})"
    )


def reduction(scope: Scope) -> str:
    name, operation, chance = scope.tensor(), scope.chance.choice(REDUCTIONS), scope.chance
    options = []
    if operation in NEED_DIM or chance.random() < 0.6:
        word = chance.choice(["dim", "dim", "dim", "axis"])
        options.append(f"{word}={scope.dim(name)}")
        if operation in FLAGS["keepdim=True"] and chance.random() < 0.4:
            options.append(chance.choice(["keepdim=True", "keepdim=True", "keepdims=True"]))
    if operation in {"std", "var"} and chance.random() < 0.3:
        options.append(chance.choice(["unbiased=False", "correction=0"]))
    if operation in {"sum", "prod"} and chance.random() < 0.1:
        options.append("dtype=torch.float64")
    if chance.random() < 0.4:
        return f"{scope.fresh()} = torch.{operation}({', '.join([name, *options])})"
    return f"{scope.fresh()} = {name}.{operation}({', '.join(options)})"


def product(scope: Scope) -> str:
    left = scope.tensor(lambda value: value.dim() > 0)
    inner = scope.values[left].shape[-1]
    right = scope.tensor(
        lambda value: value.dim() > 0 and value.shape[-2 if value.dim() > 1 else 0] == inner
    )
    if scope.values[left].dim() == scope.values[right].dim() == 2 and scope.chance.random() < 0.4:
        call = scope.chance.choice(
            [
                f"torch.mm({left}, {right})",
                f"torch.einsum('ij,jk->ik', {left}, {right})",
                f"torch.einsum('ij,jk', {left}, {right})",
                f"torch.addmm(torch.ones(1), {left}, {right}, beta=0.5)",
            ]
        )
        return f"{scope.fresh()} = {call}"
    form = scope.chance.choice(["{} @ {}", "torch.matmul({}, {})", "{}.matmul({})"])
    return f"{scope.fresh()} = {form.format(left, right)}"


def in_place(scope: Scope) -> str:
    name = scope.tensor()
    other = scope.number() if scope.chance.random() < 0.5 else scope.tensor()
    return scope.chance.choice(
        [
            f"{name}.add_({other})",
            f"{name}.mul_({other})",
            f"{name} += {other}",
            f"{name} *= {other}",
            f"{name} -= {other}",
            f"{name} /= {other}",
            f"{name}.zero_()",
            f"{name}.fill_({scope.number()})",
            f"{name}.clamp_(min=0)",
            f"{name}.copy_({other})" if not other[0].isdigit() else f"{name}.sub_({other})",
            f"{name}.relu_()",
            f"{name}.exp_()",
            f"{name}.div_({other})",
            f"{name}.uniform_()",
            f"{name}.normal_(mean=0.0, std=0.1)",
            f"{name}.masked_fill_({name} > 1, 0)",
        ]
    )


def clamped(scope: Scope) -> str:
    name = scope.tensor()
    call = scope.chance.choice(
        [
            "clamp(0, 1)",
            "clamp(min=0.5)",
            "clamp(max=2)",
            "clip(-1, 1)",
            "lerp({0}, 0.3)",
            "pow(2)",
            "pow(0.5)",
            "addcmul({0}, {0}, value=0.5)",
            "type(torch.float64)",
            "to(torch.float32)",
            "masked_fill({0} > 0, -1.0)",
            "float().renorm(2, 0, 1.0)",
            "bincount()",
            "unique()",
            "dist({0})",
            "cov()",
            "diff()",
            "trace()",
            "isclose({0})",
            "allclose({0})",
            "equal({0})",
            "histc(bins=4)",
            "bucketize({0})",
            "quantile(0.5)",
        ]
    ).format(name)
    if call.startswith("bincount"):
        name = scope.tensor(whole)
    if call.startswith(("histc", "quantile", "lerp")):
        name = scope.tensor(floating)
    prefix = scope.fresh("b" if call.startswith(("allclose", "equal")) else "t")
    return f"{prefix} = {name}.{call}"


ALL = [unary, unary, binary, binary, named_binary, reduction, reduction, product, in_place, clamped]
