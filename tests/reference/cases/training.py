"""The first program, and a hundred steps of training."""

from __future__ import annotations

from typing import Any

from tests.reference.cases.registry import Cases

CASES = Cases()


@CASES
def the_first_program(torch: Any) -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    x = torch.tensor([[1.0, 2.0]])
    target = torch.tensor([[3.0]])
    prediction = model(x)
    loss = nn.MSELoss()(prediction, target)
    loss.backward()
    found = {
        "line": f"Loss: {loss.item():.4f}",
        "model": repr(model),
        "prediction": repr(prediction),
    }
    found["loss"] = repr(loss)
    for name, parameter in model.named_parameters():
        found[name] = parameter.detach()
        found[f"{name} printed"] = repr(parameter)
        found[f"{name} grad"] = parameter.grad
    return found


def _train(torch: Any, steps: int, activation: str, **options: Any) -> dict[str, Any]:
    nn = torch.nn
    torch.manual_seed(3)
    model = nn.Sequential(nn.Linear(2, 8), getattr(nn, activation)(), nn.Linear(8, 1))
    x = torch.randn(32, 2)
    y = (x[:, :1] * x[:, 1:]).sign()
    optimizer = torch.optim.SGD(model.parameters(), **options)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = nn.MSELoss()(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return {"losses": torch.stack(losses), "weight": model[0].weight.detach()}


TRAINING = {
    "plain": ("Tanh", {"lr": 0.1}),
    "relu": ("ReLU", {"lr": 0.05}),
    "sigmoid": ("Sigmoid", {"lr": 0.5}),
    "momentum": ("Tanh", {"lr": 0.05, "momentum": 0.9}),
    "nesterov": ("Tanh", {"lr": 0.05, "momentum": 0.9, "nesterov": True}),
    "dampening": ("Tanh", {"lr": 0.1, "momentum": 0.9, "dampening": 0.5}),
    "weight decay": ("Tanh", {"lr": 0.1, "weight_decay": 0.1}),
    "maximize": ("Tanh", {"lr": 0.001, "maximize": True}),
}


def _training(name: str) -> None:
    activation, options = TRAINING[name]
    CASES[f"training {name}"] = lambda torch: _train(torch, 100, activation, **options)


for _name in TRAINING:
    _training(_name)
