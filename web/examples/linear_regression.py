"""Linear regression.

Two hundred houses have three numbers each, and a price that was made from them by a rule: 2 times the
first, minus 1 times the second, plus 0.5, and some noise. The third number has no part in it. One
neuron is shown the houses and the prices, and never the rule. Gradient descent finds the rule all the
same: each step moves every weight a little against its gradient. In the picture a weight's width is
its size, and a dashed line is a negative weight.

Things to try: make the noise larger, or show it 5 houses only, and see which weight suffers.

Order: 20
Tags: training, regression
PyTorch: without the diagram
"""

import torch
import torch.nn as nn
from backprop import viz

torch.manual_seed(0)
houses = torch.randn(200, 3)
rule = torch.tensor([[2.0, -1.0, 0.0]])
prices = houses @ rule.T + 0.5 + 0.1 * torch.randn(200, 1)

model = nn.Linear(3, 1)
loss_fn = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

print("step     loss    weights                      bias")
for step in range(51):
    loss = loss_fn(model(houses), prices)
    optimizer.zero_grad()
    loss.backward()
    if step % 10 == 0:
        weights = "  ".join(f"{weight:7.4f}" for weight in model.weight[0].tolist())
        print(f"{step:4d}  {loss.item():7.4f}    {weights}    {model.bias.item():7.4f}")
    optimizer.step()

viz.network(model, houses)
