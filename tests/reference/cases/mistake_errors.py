"""Typical mistakes of learners, and the error that each gives."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()

MISTAKES = """
    torch.sofmax
    torch.optim.Adm
    torch.autograd.Functon
    torch.utils.data.Dataloader
    nn.Linaer
    nn.relu
    nn.functional.sofmax
    nn.Linear(2, 2).wieght
    nn.Module().foo
    torch.ones(2).reshpe(1)
    torch.ones(2).float32()
    nn.Linear(10, 5)(torch.ones(8, 8))
    nn.Linear(10, 5)(torch.ones(8))
    nn.Linear(10, 5)(torch.ones(2, 8, 8))
    nn.MSELoss(torch.ones(2), torch.ones(2))
    nn.BCELoss(torch.ones(2), torch.ones(2))
    nn.CrossEntropyLoss(torch.ones(2, 3), torch.tensor([1, 2]))
    nn.Linear(2, 1)(3)
    nn.Linear(2, 1)([1.0, 2.0])
    nn.Linear(2)
    nn.Linear(2, 1)()
    nn.Linear(2, 1)(torch.ones(1, 2), torch.ones(1))
    nn.Sequential([nn.Linear(2, 1)])
    torch.optim.SGD(nn.Linear(2, 1), lr=0.1)
    torch.optim.Adam(lr=0.1)
    torch.ones(2, 3) @ torch.ones(2, 3)
    torch.ones(2, 3).view(4)
    torch.ones(2, 3).view(-1, 4)
    torch.ones(2, 3).t().view(6)
    torch.ones(2)[2]
    torch.ones(2)[0, 0]
    torch.ones(2, 3)[:, 5]
    torch.tensor(1.0)[0]
    torch.tensor([[1, 2], [3]])
    torch.tensor('a')
    torch.tensor([1, None])
    torch.tensor(None)
    torch.ones(2).backward()
    torch.ones(2, requires_grad=True).numpy()
    int(torch.ones(2))
    float(torch.ones(2))
    bool(torch.ones(2))
    len(torch.tensor(1))
    list(torch.tensor(1))
    torch.cat(torch.ones(2), torch.ones(2))
    torch.cat([torch.ones(2), 3])
    torch.stack(torch.ones(2), torch.ones(2))
    torch.cat([])
    torch.mean(torch.tensor([1, 2]))
    torch.ones(2).sum(5)
    torch.ones(2).item()
    torch.ones(2)()
    torch.nn()
    nn.CrossEntropyLoss()(torch.ones(2, 3))
    nn.functional.mse_loss(torch.ones(2))
    nn.BatchNorm1d(2)(torch.ones(1, 2))
    nn.Embedding(3, 2)(torch.ones(2))
    nn.Module()(1)
    nn.ModuleList([1])
    nn.Linear(2, 1).load_state_dict('a')
    nn.Linear(2, 1).load_state_dict({'weight': torch.ones(1, 2)})
    torch.ones(3)[torch.tensor([5])]
    torch.ones(2, 3).squeeze(5)
    torch.from_numpy([1])
"""


def _mistake(program: str) -> None:
    def run(torch: Any) -> dict[str, Any]:
        try:
            eval(program, {"torch": torch, "nn": torch.nn})
        except Exception as error:
            return {"type": type(error).__name__, "message": str(error)}
        return {"type": "none", "message": ""}

    CASES[program] = run


for _program in MISTAKES.strip().splitlines():
    _mistake(_program.strip())
