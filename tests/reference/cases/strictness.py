"""What PyTorch refuses: numbers for tensors, other types, gradients of other shapes; and shifted bits."""

from __future__ import annotations

import warnings
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

#: Expressions of x, whole numbers; y, floats that require a gradient; b, bools.
EXPRESSIONS = (
    "torch.exp(3)",
    "torch.sqrt(2)",
    "torch.sum([1, 2])",
    "torch.mean(3.0)",
    "torch.relu([1.0])",
    "torch.matmul(y, [1, 2])",
    "y.matmul([1, 2])",
    "torch.maximum(y, 1)",
    "y.minimum(True)",
    "torch.atan2(y, 3)",
    "y.atan2(other=3)",
    "torch.logaddexp(y, 1.5)",
    "torch.hypot(y, 0)",
    "x.logical_or(10)",
    "torch.logical_and(x, 0.1)",
    "torch.fmax(y, 2.0)",
    "torch.gcd(x, 2)",
    "x << 1",
    "x >> torch.tensor([1, 0, 70])",
    "2 << x.abs()",
    "b << 1",
    "b << b",
    "y >> 1",
    "x << 1.5",
    "x << 'a'",
    "torch.bitwise_right_shift(x, 1)",
    "x.to(torch.int8) << 7",
    "b ** b",
    "b ** 2",
    "b ** True",
    "b % b",
    "b % 2",
    "torch.fmod(b, b)",
    "x ** torch.tensor([-1, -2, -3])",
    "torch.tensor([1, -1, 0]) ** torch.tensor([-3, -3, -2])",
    "2 ** torch.tensor([-1, 0, 3])",
    "x ** -1",
    "x.dist(x)",
    "x.addcmul(x, x, value=0.5)",
    "x.addcmul(x, x, value=-2)",
    "torch.sub(torch.ones(1, 3), torch.ones(2, 1), alpha=2)",
    "torch.ones(1, 3).double().add(torch.ones(2, 1).double(), alpha=0.5)",
    "y // 2",
    "2 // y",
    "torch.floor_divide(y, y)",
    "torch.div(y, 2, rounding_mode='floor')",
    "(y // 2).sum().backward()",
    "y.lerp(y.double(), 0.5)",
    "x.lerp(x, 0.5)",
    "y.lerp(y, torch.tensor(0.5, dtype=torch.float64))",
    "y.lerp(y, torch.tensor([0.5, 0, 1], dtype=torch.float64))",
    "b @ b",
    "b[None] @ b[:, None]",
    "b[None] @ b",
    "b[None, None] @ b[None, :, None]",
    "b.diff()",
    "x.diff(n=2)",
    "torch.zeros(0).softmax(0)",
    "torch.zeros(3, 0).log_softmax(1)",
    "torch.tensor(1.0).mT",
    "torch.tensor(1.0).T",
    "torch.nn.Linear(0, 3)(torch.ones(2, 0)).shape",
    "torch.ones(3, dtype=torch.bool).copy_(2)",
    "torch.ones(3).copy_(2.5)",
    "torch.ones(3).copy_([1, 2, 3])",
    "torch.typename(x)",
    "torch.typename([1])",
    "torch.functional.einsum('i,i', x, x)",
)


def _answer(code: str, names: dict[str, Any]) -> str:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            found = repr(eval(code, names))
        except (RuntimeError, NotImplementedError, TypeError, ValueError) as error:
            found = f"{type(error).__name__}: {str(error).splitlines()[0]}"
    told = [
        str(each.message).partition(" (Trig")[0].partition(" See g")[0].splitlines()[0]
        for each in caught
    ]
    return " | ".join([found, *told])


@CASES
def expressions(torch: Any) -> dict[str, Any]:
    names = {
        "torch": torch,
        "x": torch.tensor([1, -5, 6]),
        "y": torch.tensor([1.5, 2.0, -3.0], requires_grad=True),
        "b": torch.tensor([True, False, True]),
    }
    return {code: _answer(code, names) for code in EXPRESSIONS}


@CASES
def gradients(torch: Any) -> dict[str, Any]:
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    names = {"torch": torch, "x": x, "y": x * 2, "kept": x * 3}
    names["kept"].retain_grad()
    found = {name: _answer(f"{name}.grad", names) for name in ("x", "y", "kept")}
    for value in (
        "torch.ones(3)",
        "torch.ones(2).double()",
        "torch.ones(2).long()",
        "3",
        "x",
        "None",
    ):
        answer = _answer(f"x.__setattr__('grad', {value})", names)
        found[f"x.grad = {value}"] = answer.partition(". The gradient must")[0]
    x.grad = torch.ones(2)
    found["after"] = x.grad
    del x.grad
    return found | {"deleted": _answer("x.grad", names)}


@CASES
def bits_in_place(torch: Any) -> dict[str, Any]:
    x = torch.tensor([1, 2, 7])
    seen = x[:]
    x <<= 2
    x >>= torch.tensor([1, 0, 1])
    x &= 14
    x |= 1
    x ^= 3
    return {"x": x, "seen": seen}


@CASES
def scores_in_another_order(torch: Any) -> dict[str, Any]:
    torch.manual_seed(4)
    scores = torch.linspace(-1, 1, 12).reshape(3, 4).T
    return {"chosen": torch.nn.functional.gumbel_softmax(scores, dim=-1)}


@CASES
def weighted_order(torch: Any) -> dict[str, Any]:
    sampler = torch.utils.data.WeightedRandomSampler
    torch.manual_seed(3)
    drawn = list(sampler([1.0, 2.0, 0.0, 4.0], 12))
    alone = list(sampler(torch.tensor([1, 2, 3, 4]), 4, replacement=False))
    return {"drawn": torch.tensor(drawn), "alone": torch.tensor(alone)}
