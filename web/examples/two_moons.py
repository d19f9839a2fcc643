"""Two moons.

Two classes lie in each other like two crescents, and no straight line separates them. A network bends
the line: each hidden neuron draws one straight edge, and the next layer puts the edges together. Run it,
and watch the boundary find its way between the moons while the network learns. Each step sees all points,
and Adam chooses how far each weight goes.

Things to try: use 2 hidden neurons, then 4, and count the bends. Put `nn.ReLU()` for `nn.Tanh()`, and see
the corners. Draw the moons with more noise, until there is no telling them apart.

Order: 35
Tags: training, classification, live
PyTorch: without the diagram
Tolerance: 0.05
"""

import math

import torch
import torch.nn as nn
from backprop import viz

torch.manual_seed(0)
angle = math.pi * torch.rand(60)
upper = torch.stack([angle.cos(), angle.sin()], dim=1)
lower = torch.stack([1 - angle.cos(), 0.5 - angle.sin()], dim=1)
X = torch.cat([upper, lower]) + 0.12 * torch.randn(120, 2)
y = torch.cat([torch.zeros(60, 1), torch.ones(60, 1)])

model = nn.Sequential(
    nn.Linear(2, 10),
    nn.Tanh(),
    nn.Linear(10, 10),
    nn.Tanh(),
    nn.Linear(10, 1),
)
loss_fn = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.03)
picture = viz.live(lambda: viz.boundary(model, X, y, threshold=0.0))

for step in range(126):
    logits = model(X)
    loss = loss_fn(logits, y)
    optimizer.zero_grad()
    loss.backward()
    if step % 25 == 0:
        right = ((logits > 0) == (y > 0.5)).float().mean().item()
        print(f"step {step:3d}   loss {loss.item():.2f}   right {right:4.0%}")
    optimizer.step()
    picture.update()  # viz draws as often as there is time for

picture  # viz shows how it ended
