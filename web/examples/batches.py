"""All, some, or one at a time.

The gradient over all examples is exact, and costs a pass through all of them for a single step. The
gradient of one example costs next to nothing, and points only roughly downhill. With the same number of
passes over the same data, and the same learning rate, small batches take many more steps. They arrive
sooner, and then tremble: each example pulls its own way. A batch of a moderate size has most of the speed
and little of the noise, and a computer handles it in one go. In the picture the noise is in the loss and
the gradients.

Things to try: choose another batch size for the picture. Let the learning rate fall during training, and
see whether the trembling ends.

Order: 70
Tags: training, optimizers, data
PyTorch: without the diagram
Tolerance: 0.02
"""

import torch
import torch.nn as nn
from backprop import ui, viz
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(0)
X = torch.randn(128, 4)
y = X @ torch.tensor([[1.0], [-2.0], [0.5], [3.0]]) + 0.5 * torch.randn(128, 1)
loss_fn = nn.MSELoss()
epochs = 5


def train(model, size):
    """Passes over all data, in another order each time; yields the loss over all data after each."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02)
    for _ in range(epochs):
        for inputs, targets in DataLoader(TensorDataset(X, y), batch_size=size, shuffle=True):
            optimizer.zero_grad()
            loss_fn(model(inputs), targets).backward()
            optimizer.step()
        with torch.no_grad():
            yield loss_fn(model(X), y).item()


def new_model():
    torch.manual_seed(1)
    return nn.Linear(4, 1)


print("batch steps  loss after each pass")
for size in (128, 32, 8, 1):
    losses = " ".join(f"{loss:6.3f}" for loss in train(new_model(), size))
    print(f"{size:5d} {epochs * len(X) // size:5d}  {losses}")

chosen = ui.choice("batch size", [128, 32, 8, 1], value=8)  # viz draws this one
model = new_model()
with viz.record(model) as run:
    list(train(model, chosen))  # viz

viz.history(run)
