"""Overfitting and weight decay.

The rule is a circle, but one point in five has the wrong label. A network that is large enough learns
nearly all of them, the errors too: its boundary makes a detour around each. On points that it has never
seen it is the worse for that. Weight decay pulls every weight towards 0 in each step, in proportion to its
size, so that only those stay large that pay for it on many points. Too much of it, and there is no boundary
left.

Things to try: move the slider, and look for the rule in the picture. Show the network more points instead
(`count = 200`): what does decay do then?

Order: 85
Tags: training, regularisation
PyTorch: without the diagram
Tolerance: 0.05
"""

import torch
import torch.nn as nn
from backprop import ui, viz


def points(count, wrong=0.0):
    """A class inside the circle, one outside, and a share of labels that are wrong."""
    X = 4 * torch.rand(count, 2) - 2
    y = ((X**2).sum(dim=1, keepdim=True) < 2).float()
    return X, torch.where(torch.rand(count, 1) < wrong, 1 - y, y)


torch.manual_seed(2)
count = 80
X, y = points(count, wrong=0.2)
unseen_X, unseen_y = points(1000)
loss_fn = nn.BCEWithLogitsLoss()


def train(decay):
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Linear(2, 30),
        nn.Tanh(),
        nn.Linear(30, 30),
        nn.Tanh(),
        nn.Linear(30, 1),
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=0.15, momentum=0.9, weight_decay=decay)
    for _ in range(600):
        optimizer.zero_grad()
        loss_fn(model(X), y).backward()
        optimizer.step()
    return model


def right(model, X, y):
    with torch.no_grad():
        return ((model(X) > 0) == (y > 0.5)).float().mean().item()


print("weight decay   right: seen   unseen   largest weight")
for decay in (0.0, 0.001, 0.003, 0.01):
    model = train(decay)
    largest = max(parameter.abs().max().item() for parameter in model.parameters())
    seen, unseen = right(model, X, y), right(model, unseen_X, unseen_y)
    print(f"{decay:12.3f}   {seen:11.0%}   {unseen:6.0%}   {largest:14.2f}")

chosen = ui.slider("weight decay", 0.0, 0.03, value=0.0, step=0.001)  # viz
viz.boundary(train(chosen), X, y, threshold=0.0)
