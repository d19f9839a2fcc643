"""Exclusive or.

The answer is to be 1 where exactly one of two inputs is 1. No straight line separates those two cases
from the other two, so the best that a single layer can do is to answer one half, always: a loss of
0.25. Four hidden neurons bend the line. The network below starts from random weights and has learned
the rule after 400 steps. In the picture each neuron shows what it says to every pair of inputs: filled
where that is above 0. Each hidden neuron draws one straight line, and the output puts them together.

Things to try: leave out `nn.Tanh()`, and the loss never falls below 0.25. Use 2 hidden neurons, and
some seeds get stuck.

Order: 30
Tags: training, classification
PyTorch: without the diagram
"""

import torch
import torch.nn as nn
from backprop import viz

X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])

torch.manual_seed(0)
model = nn.Sequential(
    nn.Linear(2, 4),
    nn.Tanh(),
    nn.Linear(4, 1),
)
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

for step in range(1, 401):
    loss = loss_fn(model(X), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step == 1 or step % 50 == 0:
        print(f"step {step:3d}   loss {loss.item():.4f}")

print()
for inputs, answer in zip(X, model(X)):
    a, b = inputs.tolist()
    print(f"{a:.0f} xor {b:.0f}:  {answer.item():.2f}")

viz.network(model, X, show="weights", maps=True)
