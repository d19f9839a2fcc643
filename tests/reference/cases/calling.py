"""How functions may be called: NumPy's words for arguments, `size=`, `out=`, Python's types as dtypes."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

REDUCTIONS = "sum mean prod std var all any argmax argmin amax amin logsumexp".split()  # noqa: SIM905
#: Each of a matrix (3, 4), called by a name that both have, in NumPy's words.
NUMPYS_WORDS: dict[str, Callable[[Any, Any], Any]] = {
    **{
        f"{name} {how}": call
        for name in [
            "sum",
            "mean",
            "prod",
            "std",
            "var",
            "all",
            "any",
            "argmax",
            "argmin",
            "amax",
            "amin",
            "logsumexp",
        ]
        for how, call in {
            "axis": lambda torch, x, name=name: getattr(torch, name)(x, axis=1),
            "method": lambda torch, x, name=name: getattr(x, name)(axis=0, keepdims=True),
            "both": lambda torch, x, name=name: getattr(torch, name)(x, axis=-1, keepdims=True),
        }.items()
    },
    **{
        f"{name} {how}": call
        for name in ["max", "min", "median"]
        for how, call in {
            "axis": lambda torch, x, name=name: getattr(torch, name)(x, axis=1).values,
            "method": lambda torch, x, name=name: getattr(x, name)(axis=0, keepdims=True).indices,
        }.items()
    },
    **{
        f"{name} axis": lambda torch, x, name=name: getattr(torch, name)(x, axis=1)
        for name in [
            "softmax",
            "log_softmax",
            "cumsum",
            "cumprod",
            "argsort",
            "diff",
            "unsqueeze",
            "squeeze",
        ]
    },
    "sort": lambda torch, x: x.sort(axis=0).values,
    "cat": lambda torch, x: torch.cat([x, x], axis=1),
    "stack": lambda torch, x: torch.stack((x, x), axis=-1),
    "unbind": lambda torch, x: x.unbind(axis=1)[0],
    "x": lambda torch, x: torch.exp(x=x),
    "a": lambda torch, x: torch.sum(a=x, axis=0),
    "x1, x2": lambda torch, x: torch.add(x1=x, x2=x),
    "input, other": lambda torch, x: torch.mul(input=x, other=2),
}


@CASES
def numpys_words(torch: Any) -> dict[str, Any]:
    x = torch.arange(12.0).reshape(3, 4) / 8 + 0.25
    return {name: call(torch, x) for name, call in NUMPYS_WORDS.items()}


@CASES
def gradients_by_numpys_words(torch: Any) -> dict[str, Any]:
    x = (torch.arange(12.0).reshape(3, 4) / 8).requires_grad_()
    (x - x.max(axis=1, keepdims=True).values).sum(axis=0).prod().backward()
    return {"grad": x.grad}


@CASES
def factories(torch: Any) -> dict[str, Any]:
    torch.manual_seed(3)
    like = torch.ones(2, 3)
    return {
        "zeros": torch.zeros(size=(2, 3)),
        "ones": torch.ones(size=(2,), dtype=int),
        "empty": torch.empty(size=(2, 0)),
        "full": torch.full(size=(2, 2), fill_value=1.5, dtype=float),
        "rand": torch.rand(size=(2, 3)),
        "randn": torch.randn(size=[2, 3], dtype=torch.float64),
        "randint": torch.randint(10, size=(2, 2)),
        "randint low": torch.randint(low=3, high=10, size=(5,)),
        "normal": torch.normal(0.0, 1.0, size=(2, 2), dtype=torch.float64),
        "normal grad": repr(torch.normal(0.0, 1.0, (2,), requires_grad=True)),
        "randperm": torch.randperm(5, dtype=torch.float32, requires_grad=True),
        "rand_like": torch.rand_like(like, generator=torch.Generator().manual_seed(1)),
        "randn_like": torch.randn_like(like, generator=torch.Generator().manual_seed(1)),
        "randint_like": torch.randint_like(like, 2, 9, device="cpu"),
        "tril_indices": torch.tril_indices(3, 3, dtype=torch.int32),
        "layout": torch.zeros(2, layout=torch.strided, pin_memory=False),
        "new_zeros": like.new_zeros(size=(2,)),
    }


@CASES
def shapes_by_name(torch: Any) -> dict[str, Any]:
    x = torch.arange(6.0)
    return {
        "view": x.view(size=(2, 3)),
        "reshape": torch.reshape(x, shape=(3, 2)),
        "expand": x.expand(size=(2, 6)),
        "permute": x.view(2, 3).permute(dims=(1, 0)),
        "repeat": x.repeat(repeats=(2,)),
        "tile": x.tile(dims=(2,)),
        "flip": x.flip(dims=(0,)),
    }


@CASES
def pythons_types(torch: Any) -> dict[str, Any]:
    x = torch.tensor([1.5, 0.0])
    return {
        "tensor": torch.tensor([1, 2], dtype=float),
        "to": x.to(float),
        "to dtype": x.to(dtype=int),
        "to bool": x.to(bool),
        "sum": x.sum(dtype=float),
        "arange": torch.arange(3, dtype=float),
        "as_tensor": torch.as_tensor([1.5], dtype=bool),
    }


OUTS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "exp": lambda torch, x, out: torch.exp(x, out=out),
    "add": lambda torch, x, out: torch.add(x, 1, out=out),
    "matmul": lambda torch, x, out: torch.matmul(x, x.T, out=out),
    "sum": lambda torch, x, out: torch.sum(x, 1, out=out),
    "cat": lambda torch, x, out: torch.cat([x, x], out=out),
    "eq": lambda torch, x, out: torch.eq(x, 1, out=out),
    "clamp": lambda torch, x, out: torch.clamp(x, 0.5, 1, out=out),
    "arange": lambda torch, x, out: torch.arange(3, out=out),
    "zeros": lambda torch, x, out: torch.zeros(2, 3, out=out),
    "argmax": lambda torch, x, out: torch.argmax(x, 1, out=out),
    "cumsum": lambda torch, x, out: torch.cumsum(x, 0, out=out),
    "None": lambda torch, x, out: torch.exp(x, out=None),
}


@CASES
def out(torch: Any) -> dict[str, Any]:
    x = torch.arange(6.0).reshape(2, 3) / 4
    found: dict[str, Any] = {}
    for name, call in OUTS.items():
        for kind in ("float32", "float64", "int64"):
            target = torch.empty(0, dtype=getattr(torch, kind))
            try:
                result = call(torch, x, target)
            except (RuntimeError, TypeError) as error:
                found[f"{name} {kind}"] = type(error).__name__ if name == "cat" else str(error)
                found[f"{name} {kind}"] = found[f"{name} {kind}"].splitlines()[0]
                continue
            found[f"{name} {kind}"] = result
            found[f"{name} {kind} is it"] = str(result is target)
    del found["clamp float64"], found["clamp int64"], found["cat int64"]
    return found


@CASES
def out_of_several(torch: Any) -> dict[str, Any]:
    x = torch.tensor([[3.0, 1.0, 2.0], [0.0, 5.0, 4.0]])
    values, places = torch.empty(0), torch.empty(0, dtype=torch.int64)
    found = torch.sort(x, 1, out=(values, places))
    most = torch.max(x, 0, out=(torch.empty(0), places))
    return {"is it": str(found[0] is values), "values": values, "max": most[0], "places": places}


@CASES
def out_in_the_same_memory(torch: Any) -> dict[str, Any]:
    x = torch.zeros(3, 2)
    torch.add(torch.ones(2), 1, out=x[1])
    torch.mul(x, 3, out=x)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        torch.exp(torch.zeros(3), out=torch.empty(2))
    return {"x": x, "warning": str(caught[0].message).split(". ")[0]}


@CASES
def out_with_a_gradient(torch: Any) -> dict[str, Any]:
    x = torch.ones(2, requires_grad=True)
    try:
        torch.exp(x, out=torch.empty(2))
    except RuntimeError as error:
        said = str(error).splitlines()[0]
    with torch.no_grad():
        found = torch.exp(x, out=torch.empty(2))
    return {"said": said, "without": found, "eq": torch.eq(x, 1, out=torch.empty(2))}
