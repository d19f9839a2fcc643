"""The corners of operations: division by 0, powers of 0, numbers before tensors, tensors of no dimensions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

DIVISIONS: dict[str, Callable[[Any, Any], Any]] = {
    "// 0": lambda torch, n: n // 0,
    "% 0": lambda torch, n: n % 0,
    "// tensor": lambda torch, n: n // torch.tensor([0]),
    "% tensor": lambda torch, n: n % torch.tensor([2, 0]),
    "fmod": lambda torch, n: torch.fmod(n, 0),
    "trunc": lambda torch, n: torch.div(n, 0, rounding_mode="trunc"),
    "floor": lambda torch, n: torch.div(n, 0, rounding_mode="floor"),
    "/ 0": lambda torch, n: n / 0,
    "float // 0": lambda torch, n: n.float() // 0,
    "7 // n": lambda torch, n: 7 // n,
    "7 % n": lambda torch, n: 7 % n,
    "-7 // n": lambda torch, n: -7 // n,
    "-7 % n": lambda torch, n: -7 % n,
    "7.5 // n": lambda torch, n: 7.5 // n,
    "7.5 % n": lambda torch, n: 7.5 % n,
    "7 % 0": lambda torch, n: 7 % (n - n),
    "7 / n": lambda torch, n: 7 / n,
}


@CASES
def divided(torch: Any) -> dict[str, Any]:
    n, found = torch.tensor([2, -3]), {}
    for name, run in DIVISIONS.items():
        try:
            found[name] = run(torch, n)
        except RuntimeError as error:
            found[name] = str(error).splitlines()[0]
    return found


SLOPES: dict[str, Callable[[Any, Any, Any], Any]] = {
    "0 ** x": lambda torch, x, y: 0 ** (x + 1),
    "0 ** any": lambda torch, x, y: 0**x,
    "torch.pow(2, x)": lambda torch, x, y: torch.pow(2, x),
    "x ** y": lambda torch, x, y: (x * 0) ** y,
    "atan2": lambda torch, x, y: torch.atan2(x * y, y * x),
    "7 / x": lambda torch, x, y: 7 / (x + 3),
    "x % 2": lambda torch, x, y: x % 2,
    "x fmod 2": lambda torch, x, y: torch.fmod(x, 2),
}


@CASES
def slopes(torch: Any) -> dict[str, Any]:
    found = {}
    for name, run in SLOPES.items():
        x = torch.tensor([0.0, -1.0, 2.0], requires_grad=True)
        y = torch.tensor([0.0, 1.0, 0.0], requires_grad=True)
        z = run(torch, x, y)
        z.sum().backward()
        found |= {name: z.detach(), f"{name}: grad_fn": z.grad_fn.name(), f"{name}: x": x.grad}
        if y.grad is not None:
            found[f"{name}: y"] = y.grad
    return found


REDUCTIONS = """
    sum mean prod max min median argmax argmin all any amax amin std var norm logsumexp softmax
    log_softmax cumsum cumprod sort argsort count_nonzero
"""


@CASES
def of_no_dimensions(torch: Any) -> dict[str, Any]:
    found = {}
    for name in REDUCTIONS.split():
        for dim in (0, -1):
            result = getattr(torch.tensor(3.0), name)(dim=dim)
            found[f"{name} {dim}"] = str(tuple(result) if isinstance(result, tuple) else result)
        try:
            getattr(torch.tensor(3.0), name)(dim=1)
        except IndexError as error:
            found[f"{name} 1"] = str(error).splitlines()[0]
    x = torch.tensor(3.0, requires_grad=True)
    results = [x.sum(dim=0), x.max(dim=0).values, x.prod(0), x.mean(0), x.amax(0), x.logsumexp(0)]
    sum(results).backward()
    return {**found, "grad": x.grad}


#: Each of two matrices, gone back through twice.
TWICE: dict[str, Callable[[Any, Any, Any], Any]] = {
    "add": lambda torch, x, y: x + y,
    "add number": lambda torch, x, y: x + 2,
    "rsub": lambda torch, x, y: 2 - x,
    "neg": lambda torch, x, y: -x,
    "mean": lambda torch, x, y: x.mean(),
    "mean dim": lambda torch, x, y: x.mean(0),
    "sum": lambda torch, x, y: x.sum(0),
    "view": lambda torch, x, y: x.view(4),
    "clone": lambda torch, x, y: x.clone(),
    "cat": lambda torch, x, y: torch.cat([x, y]),
    "stack": lambda torch, x, y: torch.stack([x, y]),
    "t": lambda torch, x, y: x.t(),
    "slice": lambda torch, x, y: x[:, 1],
    "cumsum": lambda torch, x, y: x.cumsum(0),
    "double": lambda torch, x, y: x.double(),
    "triu": lambda torch, x, y: x.triu(),
    "expand": lambda torch, x, y: x.expand(2, 2, 2),
    "repeat": lambda torch, x, y: x.repeat(2, 1),
    "floor": lambda torch, x, y: x.floor(),
    "split": lambda torch, x, y: x.split(1)[0],
    "lerp": lambda torch, x, y: torch.lerp(x, y, 0.5),
    "pad": lambda torch, x, y: torch.nn.functional.pad(x, (1, 1)),
    "mul": lambda torch, x, y: x * 2,
    "exp": lambda torch, x, y: x.exp(),
    "matmul": lambda torch, x, y: x @ y,
    "pow": lambda torch, x, y: x**2,
    "list": lambda torch, x, y: x[[0, 1]],
    "mask": lambda torch, x, y: x[x > 1],
    "max": lambda torch, x, y: x.max(0).values,
    "sort": lambda torch, x, y: x.sort().values,
    "gather": lambda torch, x, y: x.gather(0, torch.tensor([[0, 1]])),
    "where": lambda torch, x, y: torch.where(x > 1, x, y),
    "relu": lambda torch, x, y: x.relu(),
    "masked_fill": lambda torch, x, y: x.masked_fill(x > 1, 0.0),
    "softmax": lambda torch, x, y: x.softmax(0),
    "dropout": lambda torch, x, y: torch.nn.functional.dropout(x, 0.5),
    "pooled": lambda torch, x, y: torch.nn.functional.max_pool2d(x[None], 2),
    "loss": lambda torch, x, y: torch.nn.functional.mse_loss(x, y),
    "mul, then add": lambda torch, x, y: (x * 2) + 1,
}


@CASES
def backward_twice(torch: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, run in TWICE.items():
        x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
        y = torch.tensor([[2.0, 1.0], [0.5, 3.0]], requires_grad=True)
        z = run(torch, x, y)
        z.backward(torch.ones_like(z))
        try:
            z.backward(torch.ones_like(z))
        except RuntimeError as error:
            found[name] = str(error).splitlines()[0]
        else:
            found[name] = x.grad
    return found


@CASES
def compared_with_what_is_no_number(torch: Any) -> dict[str, Any]:
    x = torch.ones(2)
    found = {"== None": str(x == None), "!= None": str(x != None)}  # noqa: E711
    found |= {"None ==": str(x == None), "text": str(x == "a"), "list": str(x != [1, 1])}  # noqa: E711
    return found | {"is in": str(x in [None, "a"])}


@CASES
def different_elements_with_a_gradient(torch: Any) -> dict[str, Any]:
    x = torch.tensor([3.0, 1.0, 3.0], requires_grad=True)
    found = torch.unique(x, return_counts=True)
    try:
        found[0].sum().backward()
    except NotImplementedError as error:
        said = str(error).splitlines()[0]
    return {"printed": str(found), "said": said}


@CASES
def arguments_of_grad(torch: Any) -> dict[str, Any]:
    x, unused = torch.ones(2, requires_grad=True), torch.ones(1, requires_grad=True)
    y = (x * 3).sum()
    found = torch.autograd.grad(
        outputs=y, inputs=x, retain_graph=True, only_inputs=True, is_grads_batched=False
    )
    by_place = torch.autograd.grad(y, (x, unused), None, True, False, True, True)
    return {"grad": found[0], "by place": by_place[0], "unused": str(by_place[1])}


@CASES
def similarity_where_it_broadcasts(torch: Any) -> dict[str, Any]:
    similarity = torch.nn.functional.cosine_similarity
    a = torch.ones(2, 1, requires_grad=True)
    b = torch.arange(1.0, 7.0).reshape(2, 3).requires_grad_()
    found = similarity(a, b)
    found.sum().backward()
    third = similarity(torch.ones(2, 3, 1), torch.arange(1.0, 13.0).reshape(2, 1, 6), dim=-1)
    return {"found": found.detach(), "grad": b.grad, "of three dimensions": third}


@CASES
def elementwise_mean(torch: Any) -> dict[str, Any]:
    x, y = torch.tensor([1.0, 3.0]), torch.zeros(2)
    return {
        "function": torch.nn.functional.mse_loss(x, y, reduction="elementwise_mean"),
        "layer": torch.nn.L1Loss(reduction="elementwise_mean")(x, y),
    }


@CASES
def types_of_three(torch: Any) -> dict[str, Any]:
    ones = {"float": torch.ones(2), "double": torch.ones(2, dtype=torch.float64)}
    ones |= {"long": torch.ones(2, dtype=torch.int64)}
    ones |= {"double 0-d": torch.tensor(2.0, dtype=torch.float64), "float 0-d": torch.tensor(2.0)}
    found = {}
    for first, a in ones.items():
        for second, b in ones.items():
            for third, c in ones.items():
                for name in ("addcmul", "addcdiv"):
                    try:
                        result = str(getattr(torch, name)(a, b, c))
                    except RuntimeError as error:
                        result = str(error)[:60]
                    found[f"{name}: {first}, {second}, {third}"] = result
    return found


@CASES
def sums_of_einsum(torch: Any) -> dict[str, Any]:
    return {
        "bools": torch.einsum("i->", torch.tensor([True, True])),
        "int32": torch.einsum("ij->j", torch.ones(2, 2, dtype=torch.int32)),
        "ints": torch.einsum("i,i->", torch.arange(3), torch.arange(3)),
    }
