"""What old programs write, and PyTorch 2.13 still takes."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from tests.reference.cases.registry import Cases

CASES = Cases()


def _program(name: str, *lines: str) -> None:
    """A case of expressions: their printed forms, and what they warn of."""

    def run(torch: Any) -> dict[str, Any]:
        found = {}
        known = {"torch": torch, "nn": torch.nn, "F": torch.nn.functional, "np": np}
        for line in lines:
            with warnings.catch_warnings(record=True) as given:
                warnings.simplefilter("always")
                found[line] = repr(eval(line, known))
            if name not in ("numbers before tensors", "default tensor type"):
                # Of those two PyTorch warns once a process only.
                found[line] += "".join(f" {each.category.__name__}" for each in given)
        return found

    CASES[name] = run


_program(
    "tensor types by data",
    "torch.FloatTensor([1, 2]), torch.FloatTensor([[1, 2], [3, 4]]), torch.FloatTensor((1, 2))",
    "torch.FloatTensor(), torch.FloatTensor(range(3)), torch.FloatTensor([True, False])",
    "torch.FloatTensor(np.array([1.0, 2.0])), torch.LongTensor(np.array([1.5, 2.0]))",
    "torch.FloatTensor([torch.tensor(1.0), torch.tensor(2.0)]), torch.FloatTensor(torch.ones(2))",
    "torch.LongTensor([1, 2]), torch.LongTensor([1.7, 2]), torch.IntTensor([1]), torch.ShortTensor([1])",
    "torch.ByteTensor([1]), torch.ByteTensor([-1]), torch.CharTensor([1]), torch.DoubleTensor([1])",
    "torch.HalfTensor([1]), torch.BoolTensor([1, 0])",
    "torch.FloatTensor([1], device='cpu'), torch.FloatTensor(data=[1])",
)
_program(
    "tensor types by size",
    "torch.FloatTensor(2, 3).shape, torch.FloatTensor(3).shape, torch.FloatTensor(torch.Size([2, 3])).shape",
    "torch.LongTensor(2, 3).dtype, torch.BoolTensor(2).dtype, torch.FloatTensor(size=(2, 3)).shape",
    "torch.Tensor(3).shape, torch.Tensor(2, 3).shape, torch.Tensor(torch.Size([2])).shape",
)
_program(
    "tensor types asked",
    "isinstance(torch.ones(2), torch.FloatTensor), isinstance(torch.ones(2), torch.LongTensor)",
    "isinstance(torch.tensor([1]), torch.LongTensor), isinstance(3, torch.FloatTensor)",
    "isinstance(nn.Parameter(torch.ones(2)), torch.FloatTensor)",
    "isinstance(torch.ones(2), torch.cuda.FloatTensor), issubclass(torch.FloatTensor, torch.Tensor)",
    "torch.FloatTensor, torch.cuda.LongTensor, torch.FloatTensor.dtype, torch.FloatTensor.is_cuda",
    "torch.FloatTensor.layout, torch.ones(2).layout, torch.FloatTensor.__name__",
    "torch.ones(2).type(), torch.tensor([1]).type(), torch.tensor([True]).type()",
)
_program(
    "tensor types converted to",
    "torch.tensor([1.7]).type(torch.LongTensor), torch.tensor([1.7]).type('torch.LongTensor')",
    "torch.tensor([1]).type('torch.FloatTensor'), torch.tensor([1]).type(dtype=torch.float64)",
    "torch.tensor([1]).type(torch.Tensor), torch.tensor([1]).type('torch.Tensor')",
    "torch.tensor([1.5], requires_grad=True).type(torch.DoubleTensor)",
    "nn.Linear(2, 2).type(torch.DoubleTensor).weight.dtype, nn.Linear(2, 2).type(torch.float64).bias.dtype",
)
_program(
    "tensors of old",
    "torch.Tensor([1, 2]), torch.Tensor(), torch.Tensor((1, 2)), torch.Tensor(np.ones(2))",
    "torch.Tensor(torch.tensor([1, 2])), torch.Tensor(torch.ones(2))",
    "torch.ones(2).new(3).shape, torch.ones(2).new(), torch.ones(2).new(2, 3).shape",
    "torch.ones(2).new([1, 2]), torch.tensor([1]).new([1.5, 2]), torch.ones(2).new(torch.ones(2))",
    "torch.ones(2).new_zeros(size=(2,)), torch.ones(2).new_zeros(2, device='cpu')",
    "torch.ones(2).new_full((2,), 3), torch.tensor([1]).new_full((2,), 3.7)",
)
_program(
    "default tensor type",
    "torch.set_default_tensor_type('torch.DoubleTensor'), torch.ones(1).dtype, torch.Tensor([1]).dtype",
    "torch.set_default_tensor_type(torch.FloatTensor), torch.ones(1).dtype, torch.Tensor(1).dtype",
)
_program(
    "variables",
    "torch.autograd.Variable(torch.ones(2)), torch.autograd.Variable(torch.ones(2), requires_grad=True)",
    "torch.autograd.Variable(torch.ones(2), True), torch.autograd.Variable()",
    "torch.autograd.Variable(torch.ones(2), volatile=True)",
    "torch.autograd.Variable(torch.ones(2, requires_grad=True) * 2)",
    "isinstance(torch.ones(2), torch.autograd.Variable), isinstance(3, torch.autograd.Variable)",
    "isinstance(nn.Parameter(torch.ones(1)), torch.autograd.Variable)",
    "torch.ones(2).volatile, setattr(torch.ones(2), 'volatile', True)",
    "torch.ones(1).data[0], torch.ones(2).nelement(), torch.ones(2).ndimension()",
)
_program(
    "ranges of old",
    "torch.range(0, 3)",
    "torch.range(1, 4, 0.5)",
    "torch.range(0, 3, dtype=torch.int64)",
    "torch.range(3, 1, -1)",
)
_program(
    "functions renamed",
    "F.tanh(torch.tensor([1.0])), F.sigmoid(torch.tensor([1.0]))",
    "F.softmax(torch.tensor([[1.0, 2.0]]))",
    "nn.LogSoftmax()(torch.tensor([1.0, 2.0]))",
    "nn.init.constant(torch.ones(1), 3)",
    "nn.init.eye(torch.ones(2, 2)), nn.init.dirac(torch.ones(1, 1, 1))",
    "[f(torch.ones(2, 2)).shape for f in (nn.init.uniform, nn.init.normal, nn.init.xavier_normal)]",
    "[f(torch.ones(2, 2)).shape for f in (nn.init.kaiming_normal, nn.init.kaiming_uniform)]",
    "nn.init.xavier_uniform.__name__, nn.init.orthogonal(torch.ones(1, 1)).shape",
    "nn.utils.clip_grad_norm([torch.ones(1, requires_grad=True)], 1.0)",
)
_program(
    "numbers before tensors",
    "torch.ones(2).add_(2, torch.ones(2))",
    "torch.ones(2).add(2, torch.ones(2))",
    "torch.add(torch.ones(2), 2, torch.ones(2))",
    "torch.ones(2).sub_(2, torch.ones(2))",
    "torch.ones(2).addcmul_(2, torch.ones(2), torch.ones(2))",
    "torch.addcdiv(torch.ones(2), 2, torch.ones(2), torch.ones(2))",
    "torch.addmm(2, torch.ones(2, 2), 3, torch.ones(2, 2), torch.ones(2, 2))",
    "torch.ones(2, 2).addmm_(2, torch.ones(2, 2), torch.ones(2, 2))",
    "torch.ones(2).add_(torch.ones(2), alpha=2), torch.add(torch.ones(2), 2)",
)
