"""Fitting a curve.

Fifty points lie along a wave, with some noise. A network with one input is told where each point is, and
asked how high. Run it, and watch its answer bend while it learns: at first it is almost straight, then it
finds the rise in the middle, and last the ends. The thin lines are the errors. The loss is the average of
their squares, and so the longest lines pull hardest.

Things to try: use 2 hidden neurons, then 4, and count the turns. Put `nn.ReLU()` for `nn.Tanh()`, and see
the corners. Ask the network further out than the points reach, with `model(torch.tensor([[5.0]]))`: nobody
told it that the wave goes on.

Order: 25
Tags: training, regression, live
PyTorch: without the diagram
Tolerance: 0.05
"""

import torch
import torch.nn as nn
from backprop import viz

torch.manual_seed(0)
x = 6 * torch.rand(50, 1) - 3
y = (1.5 * x).sin() + 0.1 * torch.randn(50, 1)

model = nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 1))
loss_fn = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
picture = viz.live(lambda: viz.fit(model, x, y))

for step in range(241):
    loss = loss_fn(model(x), y)
    if step % 40 == 0:
        print(f"step {step:3d}   loss {loss.item():.4f}")
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    picture.update()  # viz draws as often as there is time for

picture  # viz shows how it ended
