"""The network of the first screen, as the library makes it; runs in a process of its own, as JSON.

It is the network of the lesson's first cell: two inputs, three hidden neurons with ReLU, one output.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import backprop as torch
from backprop import nn

INPUTS = [1.0, 2.0]
TARGET = 3.0
RATE = 0.05


def first_step() -> dict[str, Any]:
    """Return the network's numbers, what it says, and the blame of each number for the mistake.

    `network` and `blame` hold for each of the layers `hidden` and `output` the `weight`, (outputs, inputs),
    and the `bias`, (outputs,).
    """
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    hidden = model[:2](torch.tensor([INPUTS]))
    answer = model[2](hidden)
    loss = nn.MSELoss()(answer, torch.tensor([[TARGET]]))
    loss.backward()
    layers = {"hidden": model[0], "output": model[2]}
    return {
        "inputs": INPUTS,
        "target": TARGET,
        "rate": RATE,
        "network": {name: _numbers(layer.weight, layer.bias) for name, layer in layers.items()},
        "hidden": hidden[0].tolist(),
        "answer": answer.item(),
        "loss": loss.item(),
        "blame": {
            name: _numbers(layer.weight.grad, layer.bias.grad) for name, layer in layers.items()
        },
    }


def _numbers(weight: Any, bias: Any) -> dict[str, Any]:
    return {"weight": weight.tolist(), "bias": bias.tolist()}


if __name__ == "__main__":
    json.dump(first_step(), sys.stdout)
