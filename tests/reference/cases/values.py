"""What operations give by type of element and shape."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

#: Each of one tensor; what it raises is recorded by its type.
FUNCTIONS = {
    "abs": lambda torch, x: x.abs(),
    "neg": lambda torch, x: -x,
    "add 1": lambda torch, x: x + 1,
    "mul 1.5": lambda torch, x: x * 1.5,
    "div": lambda torch, x: x / 2,
    "floor_divide": lambda torch, x: x // 2,
    "remainder": lambda torch, x: x % 2,
    "pow": lambda torch, x: x**2,
    "rsub": lambda torch, x: 1 - x,
    "exp": lambda torch, x: x.exp(),
    "sqrt": lambda torch, x: x.sqrt(),
    "sin": lambda torch, x: x.sin(),
    "sigmoid": lambda torch, x: x.sigmoid(),
    "relu": lambda torch, x: x.relu(),
    "round": lambda torch, x: x.round(),
    "floor": lambda torch, x: x.floor(),
    "sign": lambda torch, x: x.sign(),
    "clamp": lambda torch, x: x.clamp(0, 1),
    "sum": lambda torch, x: x.sum(),
    "sum dim": lambda torch, x: x.sum(0),
    "mean": lambda torch, x: x.mean(),
    "prod": lambda torch, x: x.prod(),
    "var": lambda torch, x: x.var(),
    "std": lambda torch, x: x.std(),
    "max": lambda torch, x: x.max(),
    "min dim": lambda torch, x: x.min(0),
    "amax": lambda torch, x: x.amax(),
    "argmax": lambda torch, x: x.argmax(),
    "argmin dim": lambda torch, x: x.argmin(0, keepdim=True),
    "any": lambda torch, x: x.any(),
    "all": lambda torch, x: x.all(0),
    "norm": lambda torch, x: x.norm(),
    "logsumexp": lambda torch, x: x.logsumexp(0),
    "softmax": lambda torch, x: x.softmax(0) if x.numel() else x,
    "cumsum": lambda torch, x: x.cumsum(0),
    "cumprod": lambda torch, x: x.cumprod(0),
    "sort": lambda torch, x: x.sort(),
    "argsort": lambda torch, x: x.argsort(descending=True, stable=True),
    "topk": lambda torch, x: x.topk(1).values,
    "unique": lambda torch, x: x.unique(),
    "count_nonzero": lambda torch, x: x.count_nonzero(),
    "nonzero": lambda torch, x: x.nonzero(),
    "isnan": lambda torch, x: x.isnan(),
    "isfinite": lambda torch, x: x.isfinite(),
    "eq": lambda torch, x: x == 1,
    "lt": lambda torch, x: x < 1,
    "invert": lambda torch, x: ~x,
    "and": lambda torch, x: x & x,
    "logical_not": lambda torch, x: x.logical_not(),
    "logical_xor": lambda torch, x: torch.logical_xor(x, x),
    "flip": lambda torch, x: x.flip(0),
    "roll": lambda torch, x: x.roll(1),
    "tril": lambda torch, x: x.tril(),
    "t": lambda torch, x: x.t(),
    "reshape": lambda torch, x: x.reshape(-1),
    "squeeze": lambda torch, x: x.squeeze(),
    "unsqueeze": lambda torch, x: x.unsqueeze(-1),
    "repeat": lambda torch, x: x.repeat(2, 2),
    "cat": lambda torch, x: torch.cat([x, x]),
    "stack": lambda torch, x: torch.stack([x, x]),
    "chunk": lambda torch, x: x.chunk(2)[0],
    "where": lambda torch, x: torch.where(x > 0, x, 0),
    "masked_fill": lambda torch, x: x.masked_fill(x > 0, 0),
    "zeros_like": lambda torch, x: torch.zeros_like(x),
    "full_like": lambda torch, x: torch.full_like(x, 1),
    "new_ones": lambda torch, x: x.new_ones(2),
    "float": lambda torch, x: x.float(),
    "long": lambda torch, x: x.long(),
    "bool": lambda torch, x: x.bool(),
    "matmul": lambda torch, x: x @ x.t(),
    "type": lambda torch, x: x.type(),
    "facts": lambda torch, x: (x.numel(), x.dim(), x.size(), x.element_size(), x.nbytes),
    "item": lambda torch, x: x.sum().item(),
    "tolist": lambda torch, x: x.tolist(),
}
KINDS = ["float32", "float64", "float16", "int64", "int32", "uint8", "bool"]
#: PyTorch adds up the half precision numbers of these in full precision.
ROUNDED = {"sigmoid", "softmax", "logsumexp", "var", "std", "norm", "mean"}
SHAPES = {
    "matrix": [[3.0, 0.0, 1.0], [1.0, 2.0, 1.0]],
    "vector": [2.0, 0.0, 1.0],
    "number": 2.0,
    "empty": [],
    "empty rows": [[], []],
}


def _value(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        found = {}
        for shape, data in SHAPES.items():
            for kind in KINDS if shape == "matrix" else ["float32", "int64"]:
                if kind == "float16" and name in ROUNDED:
                    continue
                x = torch.tensor(data, dtype=getattr(torch, kind))
                try:
                    found[f"{shape} {kind}"] = str(FUNCTIONS[name](torch, x))
                except Exception as error:
                    found[f"{shape} {kind}"] = type(error).__name__
        return found

    CASES[name] = run


for _name in FUNCTIONS:
    _value(_name)
