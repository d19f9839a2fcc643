"""The operations that courses use less often, forward and backward."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases, differentiate

CASES = Cases()

#: Each of a matrix (3, 4) with elements from 0.3 to 2.3.
OPERATIONS = {
    "exp2": lambda torch, x: x.exp2(),
    "tan": lambda torch, x: (x / 2).tan(),
    "asin": lambda torch, x: (x / 3).asin(),
    "acos": lambda torch, x: (x / 3).acos(),
    "atan": lambda torch, x: x.atan(),
    "sinh": lambda torch, x: x.sinh(),
    "cosh": lambda torch, x: x.cosh(),
    "atan2": lambda torch, x: torch.atan2(x, x.flip(0)),
    "floor": lambda torch, x: x.floor(),
    "ceil": lambda torch, x: torch.ceil(x),
    "trunc": lambda torch, x: x.trunc(),
    "sign": lambda torch, x: (x - 1).sign(),
    "clamp low": lambda torch, x: x.clamp(min=0.7),
    "clamp_min": lambda torch, x: x.clamp_min(1.0),
    "clamp_max": lambda torch, x: torch.clamp_max(x, 1.0),
    "nan_to_num": lambda torch, x: (x / (x > 1)).nan_to_num(posinf=3.0),
    "fmod": lambda torch, x: torch.fmod(x, 0.7),
    "lerp": lambda torch, x: torch.lerp(x, x * x, 0.3),
    "lerp tensor": lambda torch, x: torch.lerp(x, x * x, x / 3),
    "addcmul": lambda torch, x: torch.addcmul(x, x, x, value=0.5),
    "addcdiv": lambda torch, x: x.addcdiv(x, x + 1, value=-2),
    "div floor": lambda torch, x: torch.div(x, 0.4, rounding_mode="floor"),
    "var 0": lambda torch, x: x.var(unbiased=False),
    "var dim": lambda torch, x: x.var(1, correction=0, keepdim=True),
    "var dims": lambda torch, x: x.var((0, 1)),
    "std": lambda torch, x: torch.std(x),
    "std biased": lambda torch, x: x.std(0, False),
    "norm 1": lambda torch, x: x.norm(1),
    "norm 3": lambda torch, x: x.norm(3, dim=1),
    "norm inf": lambda torch, x: x.norm(float("inf")),
    "norm keepdim": lambda torch, x: x.norm(dim=0, keepdim=True),
    "amax": lambda torch, x: x.amax(1),
    "amin": lambda torch, x: x.amin((0, 1)),
    "amax ties": lambda torch, x: x.round().amax(0, keepdim=True),
    "max ties": lambda torch, x: x.round().max(),
    "median": lambda torch, x: x.median(),
    "median dim": lambda torch, x: x.median(1).values,
    "sum dims": lambda torch, x: x.sum((0, 1), keepdim=True),
    "mean dims": lambda torch, x: x.mean((0, 1)),
    "logsumexp dims": lambda torch, x: torch.logsumexp(x, (0, 1)),
    "cumsum": lambda torch, x: x.cumsum(1),
    "cumprod": lambda torch, x: x.cumprod(0),
    "cumprod zero": lambda torch, x: (x * (x > 1)).cumprod(1),
    "diff": lambda torch, x: x.diff(),
    "sort": lambda torch, x: x.sort().values,
    "sort down": lambda torch, x: x.sort(0, descending=True)[0],
    "topk": lambda torch, x: x.topk(2).values,
    "topk small": lambda torch, x: x.topk(2, dim=0, largest=False).values,
    "einsum": lambda torch, x: torch.einsum("ij,kj->ik", x, x),
    "einsum sum": lambda torch, x: torch.einsum("ij->", x),
    "einsum diagonal": lambda torch, x: torch.einsum("ii->i", x[:, :3] * 1),
    "einsum dots": lambda torch, x: torch.einsum("...j,j->...", x, x[0]),
    "einsum implicit": lambda torch, x: torch.einsum("ij,jk", x, x.T),
    "einsum batch": lambda torch, x: torch.einsum("bij,bjk->bik", x.view(3, 2, 2), x.view(3, 2, 2)),
    "outer": lambda torch, x: torch.outer(x[0], x[:, 0]),
    "inner": lambda torch, x: torch.inner(x, x),
    "dot": lambda torch, x: torch.dot(x[0], x[1]),
    "mm": lambda torch, x: torch.mm(x, x.t()),
    "mv": lambda torch, x: torch.mv(x, x[0]),
    "bmm": lambda torch, x: torch.bmm(x.view(3, 2, 2), x.view(3, 2, 2)),
    "addmm": lambda torch, x: torch.addmm(x[:, :3], x, x.t()),
    "trace": lambda torch, x: x[:, :3].trace(),
    "diagonal": lambda torch, x: x.diagonal(1),
    "diag": lambda torch, x: torch.diag(x[0]),
    "triu": lambda torch, x: x.triu(1),
    "ravel": lambda torch, x: x.ravel(),
    "unflatten": lambda torch, x: x.unflatten(1, (2, -1)),
    "swapaxes": lambda torch, x: x.swapaxes(0, 1),
    "movedim": lambda torch, x: x.view(3, 2, 2).movedim(0, 2),
    "mT": lambda torch, x: x.view(3, 2, 2).mT,
    "narrow": lambda torch, x: x.narrow(1, 1, 2),
    "select": lambda torch, x: x.select(1, 2),
    "split": lambda torch, x: x.split(3, dim=1)[0],
    "split sizes": lambda torch, x: torch.split(x, [1, 2])[1],
    "chunk": lambda torch, x: x.chunk(2, dim=1)[1],
    "tensor_split": lambda torch, x: torch.tensor_split(x, 3, dim=1)[0] * 2,
    "unbind": lambda torch, x: x.unbind(1)[2],
    "roll": lambda torch, x: x.roll(1, 0),
    "fliplr": lambda torch, x: torch.fliplr(x),
    "broadcast_to": lambda torch, x: torch.broadcast_to(x, (2, 3, 4)),
    "tile": lambda torch, x: torch.tile(x, (2,)),
    "repeat_interleave": lambda torch, x: x.repeat_interleave(2, dim=1),
    "meshgrid": lambda torch, x: torch.meshgrid(x[0], x[:, 0], indexing="xy")[1] * 1,
    "take": lambda torch, x: x.take(torch.tensor([0, 5, 5])),
    "take_along_dim": lambda torch, x: x.take_along_dim(x.argmax(1, keepdim=True), 1),
    "index_select": lambda torch, x: torch.index_select(x, 1, torch.tensor([3, 0])),
    "masked_select": lambda torch, x: x.masked_select(x > 1),
    "where number": lambda torch, x: torch.where(x > 1, x, 0.0),
    "scatter": lambda torch, x: x.scatter(1, torch.tensor([[0], [1], [2]]), 5.0),
    "scatter source": lambda torch, x: x.scatter(0, torch.tensor([[2, 1, 0, 0]]), x[:1] * 3),
    "scatter_add": lambda torch, x: x.scatter_add(0, torch.tensor([[2, 1, 0, 0]]), x[:1] * 3),
    "index_add": lambda torch, x: x.index_add(0, torch.tensor([0, 0]), x[:2], alpha=2),
    "index_copy": lambda torch, x: x.index_copy(0, torch.tensor([2]), x[:1] * 2),
    "index_fill": lambda torch, x: x.index_fill(1, torch.tensor([1]), 0.5),
    "hstack": lambda torch, x: torch.hstack([x, x]),
    "vstack": lambda torch, x: torch.vstack([x, x[0]]),
    "column_stack": lambda torch, x: torch.column_stack([x[0], x[1]]),
    "dstack": lambda torch, x: torch.dstack([x, x]),
    "new axis": lambda torch, x: x[None],
    "step": lambda torch, x: x[:, ::2],
    "negative": lambda torch, x: x[-1],
    "two lists": lambda torch, x: x[[0, 2], [1, 1]],
    "dots": lambda torch, x: x[..., -1],
    "bool list": lambda torch, x: x[torch.tensor([True, False, True])],
}
#: PyTorch takes these apart into operations whose last one's name says nothing of it.
UNNAMED = {"einsum", "outer", "inner", "addmm", "diff", "take_along_dim", "repeat_interleave"}


def _operation(name: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        found = differentiate(torch, lambda x: OPERATIONS[name](torch, x), (3, 4))
        if name.partition(" ")[0] in UNNAMED:
            del found["printed"]
        return found

    CASES[name] = run


for _name in OPERATIONS:
    _operation(_name)
