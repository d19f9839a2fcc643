"""What an index picks and where it puts: numbers, slices, None, dots, lists, tensors and masks, mixed."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.reference.cases.registry import Cases

CASES = Cases()

#: Each of a tensor (2, 3, 4), as it stands between the brackets.
INDICES = """
0, :, [0, 2]
[0, 1], :, [0, 2]
:, 0, [0, 1]
0, [0, 1]
[0, 1], 0
[0, 1], :, 0
0, :, None, [0, 2]
None, 0, :, [0, 2]
0, ..., [0, 2]
..., [0, 2], 0
[0, 1], None, [0, 2]
[1], 0:2, [0, 2], None
None, [0, 1], None, 0
...
()
None
..., None
None, ...
..., ...
0, ..., ...
True
False
torch.tensor(True)
0, True
True, [0, 1]
torch.tensor(1)
torch.tensor(1), :, torch.tensor([0, 2])
torch.tensor([True, False])
torch.tensor([1, 0], dtype=torch.uint8)
:, torch.tensor([True, False, True])
0, :, torch.tensor([True, False, True, False])
0, ..., torch.tensor([True, False, True, True])
torch.tensor([[True, False, True], [False, False, True]])
torch.tensor([[True, False, True], [False, False, True]]), 1
torch.tensor([[True, False, True], [False, False, True]]), [1, 2, 3]
x > 5
x > 50
[[0, 1], [1, 0]]
[True, False]
[slice(None), 0]
[0, None]
[torch.tensor(0), torch.tensor(1)]
(0, 1),
(0, 1), 0
[]
:, []
0, []
np.array([0, 1])
np.array([True, False])
np.int64(1)
range(2)
[0.0, 1.0]
0, :, torch.tensor([[0, 1], [2, 3]])
torch.tensor([[0, 1], [1, 0]]), :, torch.tensor([0, 1])
torch.tensor([0, 1], dtype=torch.int32)
:torch.tensor(1)
:, :
0, :
:, 0:1
1:100
2:1
::2, 1:3
torch.tensor([0.0])
torch.tensor([0, 1], dtype=torch.int8)
1.0
'a'
{}
5
0, 5
None, 7
0, 0, 0, 0
[5]
:, [0, 5]
[0, 1], [0, 5]
[0, 1], [0, 1, 2]
[0], :, [1], :
::-1
::0
torch.tensor([True, False, True])
:, torch.ones(2, dtype=torch.bool)
torch.tensor([[True], [False]])
"""

#: What is put where in a tensor (2, 3, 4) of zeros; `ones` has the numbers from 1 on, in a shape.
ASSIGNMENTS = """
0 = ones(1, 3, 4)
0 = ones(1, 1, 3, 4)
0 = ones(2, 3, 4)
0, 0 = ones(1, 4)
0, 0, 0 = ones(1)
0, 0, 0 = ones(1, 1)
0, 0, 0 = torch.tensor(5)
... = ones(1, 2, 3, 4)
..., 0 = ones(2, 1)
..., 0 = ones(2)
[0, 1] = ones(1, 2, 3, 4)
[0, 1], [1, 2] = ones(1, 2, 4)
0, :, [0, 2] = ones(3, 2)
0, :, [0, 2] = ones(3, 1)
0, :, [0, 2] = ones(2, 3)
[0, 1], :, 0 = ones(2, 3)
None, 0, :, [0, 2] = ones(1, 3, 2)
x == 0 = ones(24)
x == 0 = ones(1, 24)
x == 0 = ones(23)
x == 0 = 7
x == 0 = torch.tensor(2.5, dtype=torch.float64)
x > 0 = 7
:, torch.tensor([True, False, True]) = ones(1, 4)
True = 3
False = 3
0 = torch.ones(4, dtype=torch.int64)
[0] = torch.ones(4, dtype=torch.int64)
[0] = torch.tensor(2.5, dtype=torch.float64)
[0] = np.float64(2.5)
0 = [1.0, 2.0, 3.0, 4.0]
0 = np.arange(4.0)
0 = 'a'
0 = None
5 = 1
0, 0, 0, 0 = 1
[5] = 1
'a' = 1
"""


class _Index:
    def __getitem__(self, index: Any) -> Any:
        return index


def _outcome(torch: Any, run: Any) -> Any:
    try:
        return run()
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"


def _read(text: str, torch: Any, x: Any) -> Any:
    names = {"torch": torch, "np": np, "x": x, "I": _Index()}
    return eval(f"I[{text}]", names)


@CASES
def picked(torch: Any) -> dict[str, Any]:
    x = torch.arange(24.0).reshape(2, 3, 4)
    lines = INDICES.strip().splitlines()
    return {line: _outcome(torch, lambda line=line: x[_read(line, torch, x)]) for line in lines}


@CASES
def picked_with_a_gradient(torch: Any) -> dict[str, Any]:
    found = {}
    for line in INDICES.strip().splitlines():
        x = torch.arange(24.0).reshape(2, 3, 4).requires_grad_()
        try:
            y = x[_read(line, torch, x.detach())]
        except (IndexError, TypeError, ValueError):
            continue
        (y * torch.arange(1.0, y.numel() + 1).reshape(y.shape)).sum().backward()
        found[line] = x.grad
        found[f"{line}: grad_fn"] = y.grad_fn.name()
    return found


def _ones(torch: Any, *shape: int) -> Any:
    return torch.arange(1.0, int(np.prod(shape)) + 1).reshape(shape)


@CASES
def put(torch: Any) -> dict[str, Any]:
    found = {}
    for line in ASSIGNMENTS.strip().splitlines():
        x = torch.zeros(2, 3, 4)
        place, value = line.rsplit(" = ", 1)
        names = {"torch": torch, "np": np, "ones": lambda *shape: _ones(torch, *shape)}

        def change(x: Any = x, place: str = place, value: str = value, names: Any = names) -> Any:
            x[_read(place, torch, x)] = eval(value, names)
            return x

        found[line] = _outcome(torch, change)
    return found


@CASES
def put_with_a_gradient(torch: Any) -> dict[str, Any]:
    found = {}
    for line in ASSIGNMENTS.strip().splitlines():
        place, value = line.rsplit(" = ", 1)
        if not value.startswith("ones"):
            continue
        w = torch.ones(2, 3, 4, requires_grad=True)
        y = w * 2
        if place in ("x == 0",):
            place = "x == 2"
        v = eval(value, {"ones": lambda *shape: _ones(torch, *shape)}).requires_grad_()
        try:
            y[_read(place, torch, y.detach())] = v
        except RuntimeError:
            continue
        (y * torch.arange(24.0).reshape(2, 3, 4)).sum().backward()
        found |= {
            f"{line}: by w": w.grad,
            f"{line}: by v": v.grad,
            line: repr(y).split("grad_fn=")[-1],
        }
    return found


@CASES
def numbers_put_into_types(torch: Any) -> dict[str, Any]:
    found = {}
    for kind in ("int64", "uint8", "bool", "float64", "float16"):
        for number in (3.7, 300, 2**40, 2**70, float("nan"), True, -1):
            x = torch.zeros(2, dtype=getattr(torch, kind))

            def change(x: Any = x, number: Any = number) -> Any:
                x[0] = number
                return x

            found[f"{number} into {kind}"] = _outcome(torch, change)
            if number in (300, -1):
                found[f"{kind} + {number}"] = _outcome(torch, lambda x=x, number=number: x + number)
    # What a negative number or NaN becomes as an unsigned one is left to the processor.
    return {name: value for name, value in found.items() if "nan into bool" not in name}


@CASES
def numbers_that_fill(torch: Any) -> dict[str, Any]:
    return {
        f"{number} {kind}": _outcome(
            torch, lambda kind=kind, number=number: torch.full((1,), number, dtype=kind)
        )
        for kind in (torch.uint8, torch.int64, torch.float32)
        for number in (300, -1, 2.7, float("nan"), 2**70)
        if not (number == -1 and kind is torch.uint8)
    }
