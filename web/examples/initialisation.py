"""Where to start.

The same network learns exclusive or from four starts. From zeros no blame gets past the output, whose
weights are all 0: only its bias moves. From equal weights the hidden neurons get equal blame, so they stay
copies of each other for ever, and six of them can do what one can. From weights that are too large, tanh
is flat, its slope near 0, and learning crawls. A start has to be random, so that neurons differ, and of
the right size, so that slopes are alive: that is what `nn.Linear` does by itself. In the picture one sees
the twins.

Things to try: choose another start for the picture. Disturb one single weight of the equal start by 0.01,
and train for longer.

Order: 75
Tags: initialisation, training
PyTorch: without the diagram
Tolerance: 0.05
"""

import torch
import torch.nn as nn
from backprop import ui, viz

X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
loss_fn = nn.MSELoss()

starts = {
    "zero": nn.init.zeros_,
    "equal": lambda parameter: nn.init.constant_(parameter, 0.5),
    "too large": lambda parameter: nn.init.normal_(parameter, std=5.0),
    "nn.Linear's own": lambda parameter: parameter,
}


def train(start):
    """The trained network, and its loss before, half-way and after."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 6), nn.Tanh(), nn.Linear(6, 1))
    for parameter in model.parameters():
        starts[start](parameter)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    losses = []
    for _ in range(401):
        loss = loss_fn(model(X), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, (losses[0], losses[200], losses[400])


print(f"loss at step {0:10d}{200:8d}{400:8d}  distinct")
for start in starts:
    model, losses = train(start)
    # Neurons with the same weights count as one.
    rows = {tuple(round(number, 3) for number in row) for row in model[0].weight.tolist()}
    shown = "".join(f"{loss:8.3f}" for loss in losses)
    print(f"{start:<15}{shown}  {len(rows)} of 6")

chosen = ui.choice("start of the picture", list(starts), value="equal")  # viz
model, _ = train(chosen)  # viz
viz.network(model, X[1:])
