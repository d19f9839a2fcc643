"""Every operation, forward and backward."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases, differentiate

CASES = Cases()


UNARY = {
    "neg": lambda torch, x: -x,
    "abs": lambda torch, x: (x - 1).abs(),
    "exp": lambda torch, x: x.exp(),
    "expm1": lambda torch, x: x.expm1(),
    "log": lambda torch, x: x.log(),
    "log1p": lambda torch, x: x.log1p(),
    "log2": lambda torch, x: x.log2(),
    "log10": lambda torch, x: x.log10(),
    "sqrt": lambda torch, x: x.sqrt(),
    "rsqrt": lambda torch, x: x.rsqrt(),
    "reciprocal": lambda torch, x: x.reciprocal(),
    "sin": lambda torch, x: x.sin(),
    "cos": lambda torch, x: x.cos(),
    "tanh": lambda torch, x: x.tanh(),
    "sigmoid": lambda torch, x: x.sigmoid(),
    "relu": lambda torch, x: torch.relu(x - 1),
    "square": lambda torch, x: x.square(),
    "cube": lambda torch, x: x**3,
    "rpow": lambda torch, x: 2**x,
    "clamp": lambda torch, x: x.clamp(0.8, 1.6),
    "round": lambda torch, x: x.round(),
    "sum": lambda torch, x: x.sum(),
    "sum_dim": lambda torch, x: x.sum(dim=0),
    "sum_keepdim": lambda torch, x: x.sum(1, keepdim=True),
    "mean": lambda torch, x: x.mean(),
    "mean_dim": lambda torch, x: x.mean(-1),
    "prod": lambda torch, x: x.prod(),
    "prod_dim": lambda torch, x: x.prod(1),
    "var": lambda torch, x: x.var(),
    "std_dim": lambda torch, x: x.std(dim=0),
    "max": lambda torch, x: x.max(),
    "max_dim": lambda torch, x: x.max(dim=1).values,
    "min_dim": lambda torch, x: x.min(dim=0, keepdim=True).values,
    "norm": lambda torch, x: x.norm(),
    "logsumexp": lambda torch, x: x.logsumexp(1),
    "softmax": lambda torch, x: x.softmax(1),
    "log_softmax": lambda torch, x: torch.log_softmax(x, 0),
    "reshape": lambda torch, x: x.reshape(4, 3),
    "view": lambda torch, x: x.view(-1),
    "flatten": lambda torch, x: x.flatten(),
    "transpose": lambda torch, x: x.transpose(0, 1),
    "t": lambda torch, x: x.t(),
    "capital_t": lambda torch, x: x.T,
    "permute": lambda torch, x: x.permute(1, 0),
    "unsqueeze": lambda torch, x: x.unsqueeze(1),
    "squeeze": lambda torch, x: x.reshape(3, 1, 4).squeeze(1),
    "expand": lambda torch, x: x.unsqueeze(0).expand(2, -1, -1),
    "repeat": lambda torch, x: x.repeat(2, 1),
    "row": lambda torch, x: x[1],
    "element": lambda torch, x: x[1, 2],
    "slice": lambda torch, x: x[:, 1:3],
    "mask": lambda torch, x: x[x > 1],
    "places": lambda torch, x: x[torch.tensor([0, 2, 0])],
    "gather": lambda torch, x: x.gather(1, torch.tensor([[0], [3], [1]])),
    "masked_fill": lambda torch, x: x.masked_fill(x > 1, 0.0),
    "where": lambda torch, x: torch.where(x > 1, x, -x),
    "cat": lambda torch, x: torch.cat([x, 2 * x], dim=1),
    "stack": lambda torch, x: torch.stack([x, x.exp()]),
    "tril": lambda torch, x: torch.tril(x),
    "flip": lambda torch, x: x.flip(0),
    "clone": lambda torch, x: x.clone(),
    "double": lambda torch, x: x.double(),
}


def _unary(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        return differentiate(torch, lambda x: UNARY[name](torch, x), (3, 4))

    CASES[f"unary {name}"] = run


for _name in UNARY:
    _unary(_name)

BINARY = {
    "add": lambda torch, a, b: a + b,
    "sub": lambda torch, a, b: a - b,
    "mul": lambda torch, a, b: a * b,
    "div": lambda torch, a, b: a / b,
    "pow": lambda torch, a, b: a**b,
    "maximum": lambda torch, a, b: torch.maximum(a, b),
    "minimum": lambda torch, a, b: torch.minimum(a, b),
    "remainder": lambda torch, a, b: a % b,
    "mse": lambda torch, a, b: ((a - b) ** 2).mean(),
}
SHAPES = {
    "same": ((2, 3), (2, 3)),
    "row": ((2, 3), (3,)),
    "column": ((2, 1), (2, 3)),
    "outer": ((4, 1), (3,)),
    "scalar": ((2, 3), ()),
    "deep": ((2, 1, 3), (4, 1)),
}


def _binary(name: str, shapes: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        return differentiate(torch, lambda a, b: BINARY[name](torch, a, b), *SHAPES[shapes])

    CASES[f"binary {name} {shapes}"] = run


for _name in BINARY:
    for _shapes in SHAPES:
        _binary(_name, _shapes)

PRODUCTS = {
    "matrices": ((2, 3), (3, 4)),
    "vector matrix": ((3,), (3, 4)),
    "matrix vector": ((2, 3), (3,)),
    "vectors": ((3,), (3,)),
    "batches": ((5, 2, 3), (5, 3, 4)),
    "batch and matrix": ((5, 2, 3), (3, 4)),
    "broadcast batches": ((2, 1, 2, 3), (4, 3, 2)),
}


def _product(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        found = differentiate(torch, torch.matmul, *PRODUCTS[name])
        del found["printed"]  # PyTorch's names of batched products differ with its version
        return found

    CASES[f"matmul {name}"] = run


for _name in PRODUCTS:
    _product(_name)
