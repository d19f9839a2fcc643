"""Modules and layers."""

from __future__ import annotations

import copy
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


@CASES
def modules(torch: Any) -> dict[str, Any]:
    nn = torch.nn

    class Block(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.scale = nn.Parameter(torch.ones(2))
            self.register_buffer("mean", torch.zeros(2))
            self.inner = nn.Sequential(nn.Linear(2, 2), nn.Sigmoid())

        def forward(self, x: Any) -> Any:
            return self.inner(x) * self.scale + self.mean

    torch.manual_seed(5)
    block = Block()
    twin = copy.deepcopy(block)
    message = twin.load_state_dict(block.state_dict())
    calls = []
    handle = block.inner[0].register_forward_hook(
        lambda module, args, out: calls.append(tuple(out.shape))
    )
    result = block(torch.ones(3, 2))
    handle.remove()
    block(torch.ones(3, 2))
    return {
        "names": ", ".join(name for name, _ in block.named_parameters()),
        "state": ", ".join(block.state_dict()),
        "modules": ", ".join(name for name, _ in block.named_modules()),
        "printed": repr(block),
        "loaded": repr(message),
        "calls": repr(calls),
        "result": result.detach(),
        "count": repr(sum(p.numel() for p in block.parameters())),
        "training": repr((block.training, block.eval().inner.training)),
        "double": repr(block.double()(torch.ones(1, 2, dtype=torch.float64)).dtype),
    }


@CASES
def linear_shapes(torch: Any) -> dict[str, Any]:
    torch.manual_seed(2)
    layer = torch.nn.Linear(3, 2)
    found = {}
    for name, shape in {"vector": (3,), "matrix": (4, 3), "batch": (2, 5, 3)}.items():
        layer.zero_grad()
        x = torch.rand(*shape, requires_grad=True)
        layer(x).pow(2).sum().backward()
        found[f"{name} x"], found[f"{name} weight"], found[f"{name} bias"] = (
            x.grad,
            layer.weight.grad,
            layer.bias.grad,
        )
    return found
