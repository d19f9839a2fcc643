"""Three spiral arms.

Three classes wind around each other, so whoever wants to tell them apart by the two coordinates alone has
to wind as well. The network has one output for each class, and the largest decides. Nobody tells it of
angles or turns: two hidden layers find them. Points are taken in random batches of 50, a pass through all
of them is an epoch.

Things to try: turn the arms further (`1.2` turns), and find a network that follows. Take one of the hidden
layers away. Give the network `torch.cat([X, X**2], dim=1)` instead, and mind that the boundary can no
longer be drawn.

Order: 40
Tags: training, classification, live
PyTorch: without the diagram
Tolerance: 0.05
"""

import math

import torch
import torch.nn as nn
from backprop import viz
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
classes, each, turns = 3, 70, 0.75
radius = torch.linspace(0.15, 1, each).repeat(classes)
y = torch.arange(classes).repeat_interleave(each)
angle = 2 * math.pi * (turns * radius + y / classes) + 0.15 * torch.randn(classes * each)
X = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)

model = nn.Sequential(
    nn.Linear(2, 24),
    nn.Tanh(),
    nn.Linear(24, 24),
    nn.Tanh(),
    nn.Linear(24, classes),
)
loss_fn = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
batches = DataLoader(TensorDataset(X, y), batch_size=50, shuffle=True)
picture = viz.live(lambda: viz.boundary(model, X, y))

for epoch in range(1, 61):
    for inputs, targets in batches:
        loss = loss_fn(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        picture.update()  # viz draws as often as there is time for
    if epoch == 1 or epoch % 10 == 0:
        with torch.no_grad():
            right = (model(X).argmax(dim=1) == y).float().mean().item()
        print(f"epoch {epoch:2d}   right {right:4.0%}")

picture  # viz shows how it ended
