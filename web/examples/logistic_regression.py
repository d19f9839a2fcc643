"""Logistic regression.

Eighty students studied and slept for more or fewer hours than usual, and passed an exam or did not. One
neuron adds up the hours, each times a weight, and the sigmoid makes a probability of the sum: 0 becomes
one half. The loss is the surprise: minus the logarithm of the probability that the neuron gave to what
happened. The boundary, where it says one half, is a straight line; the students near it could do either.

Things to try: predict for a student of your own. Give the neuron no bias (`bias=False`), and say what
every line that it can draw has in common.

Order: 25
Tags: training, classification
PyTorch: without the diagram
"""

import torch
import torch.nn as nn
from backprop import viz

torch.manual_seed(0)
hours = 2 * torch.randn(80, 2)  # studied, slept
# The rule, which the neuron is not told: studying counts almost twice as much as sleep.
chance = torch.sigmoid(1.5 * hours[:, :1] + 0.8 * hours[:, 1:] + 0.5)
passed = (torch.rand(80, 1) < chance).float()

model = nn.Linear(2, 1)
# The loss takes the sum as it is and applies the sigmoid itself: so no rounding can turn it into log(0).
loss_fn = nn.BCEWithLogitsLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)

print("step    loss   right    weights")
for step in range(101):
    logits = model(hours)
    loss = loss_fn(logits, passed)
    optimizer.zero_grad()
    loss.backward()
    if step % 20 == 0:
        right = ((logits > 0) == (passed > 0.5)).float().mean().item()
        weights = "  ".join(f"{weight:6.3f}" for weight in model.weight[0].tolist())
        print(f"{step:4d}  {loss.item():.4f}   {right:4.0%}    {weights}")
    optimizer.step()

print()
for studied, slept in [(2.0, -1.0), (0.0, 0.0), (-1.0, 1.0)]:
    probability = torch.sigmoid(model(torch.tensor([[studied, slept]]))).item()
    print(f"{studied:+.0f} h studied, {slept:+.0f} h slept: passes with {probability:.0%}")

viz.boundary(model, hours, passed, threshold=0.0)
