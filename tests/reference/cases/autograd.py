"""Accumulation, hooks, in-place changes, and functions of one's own."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


@CASES
def autograd_rules(torch: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    (x * x).sum().backward()
    (x * 3).sum().backward()
    found["accumulated"] = x.grad
    loss = (x**3).sum()
    found["grad"] = torch.autograd.grad(loss, x, retain_graph=True)[0]
    found["again"] = torch.autograd.grad(loss, x)[0]
    y = x * 2
    y.retain_grad()
    seen = []
    y.register_hook(lambda gradient: seen.append(gradient.clone()))
    y.register_hook(lambda gradient: gradient * 10)
    x.grad = None
    (y * y).sum().backward()
    found["hook saw"] = seen[0]
    found["hook changed"] = x.grad
    with torch.no_grad():
        found["no grad"] = repr(x * 2)
    z = x.detach()
    found["detached"] = repr(z)
    w = torch.ones(3, requires_grad=True)
    v = w * 2
    v[1] = x[0] * 5
    x.grad = None
    (v * v).sum().backward()
    found["assigned w"], found["assigned x"] = w.grad, x.grad
    u = torch.ones(2, 2, requires_grad=True)
    (u.clone().mul_(x[0].detach()).add_(1) ** 2).sum().backward()
    found["in place"] = u.grad
    a = torch.tensor([[1.0, -1.0]], requires_grad=True)
    a.backward(torch.tensor([[2.0, 3.0]]))
    found["given"] = a.grad
    shared = torch.ones(2, requires_grad=True)
    (shared + shared * shared).sum().backward()
    found["shared"] = shared.grad
    return found


@CASES
def a_function_of_ones_own(torch: Any) -> dict[str, Any]:
    class Clip(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Any, limit: float) -> Any:
            ctx.save_for_backward(x)
            ctx.limit = limit
            return x.clamp(max=limit)

        @staticmethod
        def backward(ctx: Any, grad: Any) -> Any:
            (x,) = ctx.saved_tensors
            return grad * (x < ctx.limit), None

    x = torch.tensor([0.5, 1.5], requires_grad=True)
    y = Clip.apply(x, 1.0)
    y.sum().backward()
    return {"y": y.detach(), "printed": repr(y), "grad": x.grad}
