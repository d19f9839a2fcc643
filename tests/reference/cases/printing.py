"""The printed forms."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


@CASES
def printed_forms(torch: Any) -> dict[str, Any]:
    tensor = torch.tensor
    big = torch.arange(2000).reshape(40, 50)
    values = [
        tensor(3),
        tensor(2.5),
        tensor(True),
        tensor([]),
        tensor([1, 2, 3]),
        tensor([1.0, 2.0]),
        tensor([1.5, -2.25]),
        tensor([[1, 2], [3, 4]]),
        tensor([True, False]),
        tensor([1e-5, 1.0]),
        tensor([1e9, 1.0]),
        tensor([0.0, 0.0]),
        tensor([float("nan"), 1.5]),
        tensor([float("inf"), 1.0, -float("inf")]),
        tensor([float("nan")]),
        tensor([1e-7]),
        tensor([123456.0]),
        tensor([100000.5, 3.0]),
        tensor([1, 2], dtype=torch.int32),
        tensor([1.0], dtype=torch.float64),
        tensor([1.0, 2.0], requires_grad=True),
        tensor([1.0, 2.0], requires_grad=True) * 2,
        torch.zeros(2, 3, 4),
        torch.ones(3, 0),
        torch.linspace(0, 1, 30),
        torch.linspace(0, 1, 1500),
        big,
        big.float() / 7,
        torch.rand(3, 3, dtype=torch.float64) * 0 + 0.1,
        torch.zeros(2, 2).shape,
        torch.float32,
        torch.nn.Parameter(torch.ones(2)),
        torch.nn.Linear(2, 3, bias=False),
        torch.nn.Sequential(
            torch.nn.Sequential(torch.nn.Linear(1, 2), torch.nn.Tanh()), torch.nn.Flatten()
        ),
        torch.device("cpu"),
        tensor([[1.0, 5.0], [3.0, 2.0]]).max(dim=1),
        tensor([1e-3, 999.0]),
        tensor([-1.0, 22.0, 333.0]),
        (torch.ones(8, 8, requires_grad=True) * 1.5)[0],
    ]
    return {f"{place}": repr(value) for place, value in enumerate(values)}
