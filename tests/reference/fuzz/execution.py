"""Runs a program, statement by statement, and writes down what can be seen of it."""

from __future__ import annotations

import math
import re
import warnings
from dataclasses import dataclass, field
from typing import Any

SEED = 1234


@dataclass(frozen=True)
class Seen:
    """What one value shows. `bits` and `numbers` are of tensors only; `text` is what is printed."""

    kind: str
    text: str
    dtype: str = ""
    shape: tuple[int, ...] = ()
    grad_fn: str = ""
    requires_grad: bool = False
    numbers: tuple[Any, ...] = ()
    bits: bytes = b""


@dataclass
class Step:
    """What one statement did: an error (its type, its first line), or every value that it changed."""

    error: tuple[str, str] | None = None
    changed: dict[str, Seen] = field(default_factory=dict)


def namespace(library: Any) -> dict[str, Any]:
    """What a program finds: the library under PyTorch's names, seeded."""
    library.manual_seed(SEED)
    return {"torch": library, "nn": library.nn, "F": library.nn.functional}


def perform(statement: str, names: dict[str, Any]) -> tuple[str, str] | None:
    """Run one statement; the type of its error and the first line of its words, if it raises one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            exec(statement, names)
        except Exception as error:
            words = str(error).strip().split("\n")[0]
            return type(error).__name__, words
    return None


def run(program: list[str], library: Any) -> list[Step]:
    """What every statement of the program did under a library."""
    names = namespace(library)
    before: dict[str, Seen] = {}
    steps = []
    for statement in program:
        step = Step(perform(statement, names))
        after = observe(names)
        step.changed = {
            name: seen for name, seen in after.items() if not same(before.get(name), seen)
        }
        before = after
        steps.append(step)
    return steps


def same(before: Seen | None, after: Seen) -> bool:
    return (
        before is not None
        and (before.bits, before.text) == (after.bits, after.text)
        and (before.shape, before.grad_fn, before.requires_grad)
        == (after.shape, after.grad_fn, after.requires_grad)
    )


def observe(names: dict[str, Any]) -> dict[str, Seen]:
    """Every value of a program and, as `t1.grad`, the gradient of every leaf."""
    found = {}
    for name, value in names.items():
        if re.fullmatch(r"[tbsg]\d+", name) is None:
            continue
        found[name] = look(value)
        # Only of a tensor that can be looked at.
        if found[name].dtype and value.is_leaf and value.grad is not None:
            found[f"{name}.grad"] = look(value.grad)
    for name, value in names.items():
        if name.startswith("layer"):
            for key, parameter in value.named_parameters():
                if parameter.grad is not None:
                    found[f"{name}.{key}.grad"] = look(parameter.grad)
    return found


def look(value: Any) -> Seen:
    """All that is to be seen of one value; an error, where it can't be looked at."""
    try:
        return _look(value)
    except RuntimeError as error:
        # Of a view whose base was changed PyTorch does not even say the grad_fn.
        return Seen(type(error).__name__, str(error).split("\n")[0])


def _look(value: Any) -> Seen:
    if type(value).__name__ not in {"Tensor", "Parameter"}:
        kind = type(value).__name__
        if isinstance(value, float):
            return Seen(kind, repr(value), numbers=(value,))
        if isinstance(value, tuple | list) and value and type(value[0]).__name__ == "Tensor":
            return Seen(kind, "\n".join(repr(each) for each in value))
        return Seen(kind, repr(value))
    flat = value.detach().reshape(-1)
    return Seen(
        kind=type(value).__name__,
        text=repr(value),
        dtype=str(value.dtype),
        shape=tuple(value.shape),
        grad_fn=value.grad_fn.name() if value.grad_fn is not None else "",
        requires_grad=bool(value.requires_grad),
        numbers=tuple(flat.tolist()),
        bits=flat.numpy().tobytes(),
    )


def close(found: tuple[Any, ...], expected: tuple[Any, ...]) -> bool:
    """Whether numbers agree to four digits, by the largest of them."""
    scale = max((abs(x) for x in expected if math.isfinite(x)), default=0.0)
    return len(found) == len(expected) and all(
        (x != x and y != y) or x == y or abs(x - y) <= 1e-4 * abs(y) + 1e-6 * min(scale, 1e6)
        for x, y in zip(found, expected, strict=True)
    )
