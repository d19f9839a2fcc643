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


@CASES
def switches(torch: Any) -> dict[str, Any]:
    x = torch.ones(2, requires_grad=True)

    @torch.no_grad
    def without_brackets() -> bool:
        return (x * 2).requires_grad

    @torch.no_grad()
    def with_brackets() -> bool:
        return (x * 2).requires_grad

    @torch.set_grad_enabled(False)
    def switched() -> bool:
        return (x * 2).requires_grad

    @torch.inference_mode()
    def inferred() -> bool:
        return (x * 2).requires_grad

    found = [without_brackets(), with_brackets(), switched(), inferred(), (x * 2).requires_grad]
    with torch.no_grad():
        with torch.enable_grad():
            found.append((x * 2).requires_grad)
        found.append(torch.is_grad_enabled())
        with torch.set_grad_enabled(True):
            found.append(torch.is_grad_enabled())
    torch.set_grad_enabled(False)
    found.append(torch.is_grad_enabled())
    torch.set_grad_enabled(True)
    return {"found": repr(found), "at last": repr(torch.is_grad_enabled())}


@CASES
def a_function_of_several_results(torch: Any) -> dict[str, Any]:
    seen = []

    class Both(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Any, n: float) -> Any:
            place = x.argmax()
            ctx.save_for_backward(x)
            ctx.mark_non_differentiable(place)
            ctx.n = n
            return x * n, x * x, place

        @staticmethod
        def backward(ctx: Any, by_first: Any, by_second: Any, by_place: Any) -> Any:
            (x,) = ctx.saved_tensors
            seen.append((by_first, by_second, ctx.needs_input_grad))
            return by_first * ctx.n + by_second * 2 * x, None

    x = torch.tensor([1.0, 2.0], requires_grad=True)
    first, second, place = Both.apply(x, 3.0)
    found = {"printed": repr((first, second, place))}
    (first.sum() + second.sum()).backward()
    found["grad"], x.grad = x.grad, None
    Both.apply(x, 3.0)[0].sum().backward()
    return {**found, "grad of one": x.grad, "seen": repr(seen)}


@CASES
def a_function_with_a_context_of_its_own(torch: Any) -> dict[str, Any]:
    class Exp(torch.autograd.Function):
        @staticmethod
        def forward(x: Any) -> Any:
            return x.exp()

        @staticmethod
        def setup_context(ctx: Any, inputs: Any, output: Any) -> None:
            ctx.save_for_backward(output)

        @staticmethod
        def backward(ctx: Any, gradient: Any) -> Any:
            return gradient * ctx.saved_tensors[0], None

    class Doubled(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Any) -> Any:
            ctx.mark_dirty(x)
            return x.mul_(2)

        @staticmethod
        def backward(ctx: Any, gradient: Any) -> Any:
            return gradient * 2

    x = torch.tensor([0.5, 1.0], requires_grad=True)
    Exp.apply(x).sum().backward()
    found = {"exp": x.grad}
    x.grad = None
    y = x * 1
    same = Doubled.apply(y) is y
    y.sum().backward()
    found |= {"doubled": x.grad, "printed": repr((y, same))}
    changed = Exp.apply(x)
    changed.add_(1)
    try:
        changed.sum().backward()
    except RuntimeError as error:
        found["changed"] = str(error)[:60]
    return found


@CASES
def gradients_that_a_function_must_not_return(torch: Any) -> dict[str, Any]:
    class Wrong(torch.autograd.Function):
        answer: Any = None

        @staticmethod
        def forward(ctx: Any, x: Any, n: float) -> Any:
            return x * 1

        @staticmethod
        def backward(ctx: Any, gradient: Any) -> Any:
            return Wrong.answer(gradient)

    found = {}
    for name, answer in {
        "too few": lambda g: g,
        "not a tensor's": lambda g: (g, g),
        "another shape": lambda g: (g[:1].expand(3), None),
        "more None": lambda g: (g, None, None),
    }.items():
        Wrong.answer = staticmethod(answer)
        try:
            Wrong.apply(torch.ones(2, requires_grad=True), 2.0).sum().backward()
            found[name] = "nothing"
        except Exception as error:
            found[name] = f"{type(error).__name__}: {str(error)[:90]}".splitlines()[0]
    return found


@CASES
def an_anomaly(torch: Any) -> dict[str, Any]:
    x = torch.zeros(2, requires_grad=True)
    with torch.autograd.detect_anomaly():
        loss = (x.sqrt() * 0).sum()
        try:
            loss.backward()
        except RuntimeError as error:
            return {"message": str(error).splitlines()[0]}
    return {}
