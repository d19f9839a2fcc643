"""The types of results."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


@CASES
def types_of_mixed_operands(torch: Any) -> dict[str, Any]:
    kinds = [torch.float32, torch.float64, torch.int64, torch.int32, torch.uint8, torch.bool]
    found = {}
    for a in kinds:
        for b in kinds:
            for name, shape in (("", (2,)), (" 0-d", ())):
                left, right = torch.ones(2, dtype=a), torch.ones(shape, dtype=b)
                found[f"{a} + {b}{name}"] = repr((left + right).dtype)
                found[f"{a} / {b}{name}"] = repr((left / right).dtype)
        if a is not torch.bool:
            found[f"{a} * 2"] = repr((torch.ones(2, dtype=a) * 2).dtype)
        found[f"{a} * 2.0"] = repr((torch.ones(2, dtype=a) * 2.0).dtype)
        found[f"2 - {a}"] = repr((2 - torch.ones(2, dtype=a)).dtype) if a is not torch.bool else ""
    return found
