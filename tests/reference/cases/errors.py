"""What goes wrong, and with which type of error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


def _error(name: str, provoke: Callable[[Any], Any]) -> None:
    def run(torch: Any) -> dict[str, Any]:
        try:
            provoke(torch)
        except Exception as error:
            return {"type": type(error).__name__, "message": str(error)}
        return {"type": "none", "message": ""}

    CASES[f"error {name}"] = run


def _twice(torch: Any) -> None:
    x = torch.ones(2, requires_grad=True)
    loss = (x * x).sum()
    loss.backward()
    loss.backward()


def _changed(torch: Any) -> None:
    x = torch.ones(2, requires_grad=True)
    y = x * 2
    loss = (y * y).sum()
    y += 1
    loss.backward()


ERRORS = {
    "matmul": lambda torch: torch.ones(1, 2) @ torch.ones(3, 4),
    "linear": lambda torch: torch.nn.Linear(3, 1)(torch.ones(1, 2)),
    "broadcast": lambda torch: torch.ones(2, 3) + torch.ones(2, 4),
    "backward twice": _twice,
    "backward of a vector": lambda torch: (torch.ones(2, requires_grad=True) * 2).backward(),
    "backward of nothing": lambda torch: torch.ones(1).backward(),
    "in place": _changed,
    "leaf in place": lambda torch: torch.ones(2, requires_grad=True).add_(1),
    "integers": lambda torch: torch.tensor([1, 2], requires_grad=True),
    "integers later": lambda torch: torch.tensor([1, 2]).requires_grad_(),
    "empty optimizer": lambda torch: torch.optim.SGD([], lr=0.1),
    "negative rate": lambda torch: torch.optim.SGD([torch.ones(1)], lr=-1),
    "item": lambda torch: torch.ones(2).item(),
    "bool": lambda torch: bool(torch.ones(2)),
    "numpy": lambda torch: torch.ones(2, requires_grad=True).numpy(),
    "reshape": lambda torch: torch.ones(6).reshape(4, 2),
    "mean of integers": lambda torch: torch.tensor([1, 2]).mean(),
    "index": lambda torch: torch.ones(3)[5],
    "dim": lambda torch: torch.ones(3).sum(dim=2),
    "cat": lambda torch: torch.cat([torch.ones(2, 2), torch.ones(2, 3)]),
    "stack": lambda torch: torch.stack([torch.ones(2), torch.ones(3)]),
    "strings": lambda torch: torch.tensor(["a"]),
    "ragged": lambda torch: torch.tensor([[1, 2], [3]]),
    "type of matmul": lambda torch: torch.ones(2, 2) @ torch.ones(2, 2, dtype=torch.float64),
    "no module": lambda torch: torch.nn.Sequential(torch.nn.ReLU),
    "retain_grad": lambda torch: torch.ones(1).retain_grad(),
    "missing keys": lambda torch: torch.nn.Linear(1, 1).load_state_dict({}),
    "unused": lambda torch: torch.autograd.grad(
        torch.ones(1, requires_grad=True) * 2, torch.ones(1, requires_grad=True)
    ),
}
for _name, _provoke in ERRORS.items():
    _error(_name, _provoke)
