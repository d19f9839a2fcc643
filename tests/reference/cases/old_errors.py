"""What goes wrong in old programs, and with which type of error."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.reference.cases.registry import Cases

CASES = Cases()

PROVOCATIONS = (
    "torch.FloatTensor(torch.ones(2).double())",
    "torch.FloatTensor(torch.tensor([1, 2]))",
    "torch.FloatTensor(1.5)",
    "torch.FloatTensor('a')",
    "torch.FloatTensor(None)",
    "torch.FloatTensor([None])",
    "torch.FloatTensor(True)",
    "torch.FloatTensor({1: 2})",
    "torch.FloatTensor(x for x in range(3))",
    "torch.FloatTensor(-1)",
    "torch.FloatTensor(2, -1)",
    "torch.FloatTensor(2, 3.5)",
    "torch.FloatTensor([1, 2], [3])",
    "torch.FloatTensor([[1, 2], [3]])",
    "torch.FloatTensor([1, 2], requires_grad=True)",
    "torch.FloatTensor([torch.ones(2), torch.ones(2)])",
    "torch.FloatTensor([1], device='cuda')",
    "torch.ByteTensor([300])",
    "torch.Tensor(1.5)",
    "torch.Tensor('a')",
    "torch.Tensor([1, 2], dtype=torch.float64)",
    "torch.Tensor([1, 2], [3])",
    "torch.Tensor(-1)",
    "torch.cuda.FloatTensor(2)",
    "torch.cuda.LongTensor([1])",
    "torch.tensor([1]).type('torch.cuda.FloatTensor')",
    "torch.tensor([1]).type(torch.cuda.FloatTensor)",
    "torch.tensor([1]).type('float')",
    "torch.tensor([1]).type(float)",
    "torch.tensor([1]).type(3)",
    "torch.set_default_tensor_type(torch.LongTensor)",
    "torch.set_default_tensor_type('torch.cuda.FloatTensor')",
    "torch.set_default_tensor_type(torch.float64)",
    "torch.set_default_dtype(torch.int64)",
    "torch.set_default_dtype('float64')",
    "torch.ones(2).new(torch.tensor([1, 2]))",
    "torch.ones(2).new_zeros(2, device='cuda')",
    "torch.autograd.Variable([1, 2])",
    "torch.autograd.Variable(torch.tensor([1, 2]), requires_grad=True)",
    "torch.range(3)",
    "torch.range(3, 1)",
    "1 - (torch.ones(2) > 0)",
    "torch.ones(2).masked_fill(torch.ByteTensor([1, 0]), 3)",
    "torch.masked_select(torch.ones(2), torch.ByteTensor([1, 0]))",
    "torch.tensor(1.0).data[0]",
)


def _error(program: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        try:
            eval(program, {"torch": torch, "nn": torch.nn, "np": np})
        except Exception as error:
            return {"type": type(error).__name__, "message": str(error)}
        return {"type": "none", "message": ""}

    CASES[program] = run


for _program in PROVOCATIONS:
    _error(_program)
