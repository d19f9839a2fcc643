"""What goes wrong with models that are called as functions."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

GIVEN = {
    "no such module": "{'a.foo': torch.ones(1, 2)}",
    "twice": "({'weight': torch.ones(1, 2)}, {'weight': torch.ones(1, 2)})",
    "a list of numbers": "[3]",
    "a number": "3",
    "no tensor": "{'weight': 3}",
}


def _error(name: str, given: str, strict: bool) -> None:
    def run(torch: Any) -> dict[str, Any]:
        try:
            model = torch.nn.Linear(2, 1)
            weights = eval(given, {"torch": torch})
            torch.func.functional_call(model, weights, torch.ones(1, 2), strict=strict)
        except Exception as error:
            return {"type": type(error).__name__, "message": str(error)}
        return {"type": "none", "message": ""}

    CASES[name] = run


for _name, _given in GIVEN.items():
    _error(_name, _given, False)
_error("missing", "{'weight': torch.ones(1, 2)}", True)
_error(
    "unexpected", "{'weight': torch.ones(1, 2), 'bias': torch.ones(1), 'c': torch.ones(1)}", True
)
