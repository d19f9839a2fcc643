"""A network to play with.

Four data sets of two classes, and a network that you put together with the controls: what it is shown of
each point, how many layers and neurons, which activation, how it learns. The boundary and the network are
drawn while it learns. In each neuron one sees what it says all over the plane, filled where that is above 0;
behind the weights their blame, or what the last step changed. This is what TensorFlow Playground offers and
what it hides, in code that one can read: every control is one line, and a data set or an activation more is
one line too.

Things to try: the circle without hidden layers, then with squares. The spiral from the coordinates alone;
then with sines. Three layers with `Sigmoid`, then with `ReLU`. A lot of noise, without and with
regularisation.

Order: 95
Tags: training, classification, controls, live
Tolerance: 0.1
"""

import math

import torch
import torch.nn as nn
from backprop import ui, viz

torch.manual_seed(ui.number("seed", 3, minimum=0))
n = 200
y = (torch.arange(n) % 2).float().unsqueeze(1)  # class 0, class 1, class 0, ...
sign = 2 * y - 1  # the same as -1 and 1
u, v = torch.rand(2, n, 1)  # two random numbers for each point
side = torch.where(torch.rand(n, 1) < 0.5, -1.0, 1.0)


def polar(radius, turns):
    angle = 2 * math.pi * turns
    return torch.cat([radius * angle.sin(), radius * angle.cos()], dim=1)


data_sets = {
    "circle": polar(0.4 * u + 0.6 * y, v),
    "xor": side * torch.cat([0.1 + 0.9 * u, sign * (0.1 + 0.9 * v)], dim=1),
    "gauss": 0.5 * sign + 0.2 * torch.randn(n, 2),
    "spiral": polar(0.1 + 0.9 * u, 0.8 * u + 0.5 * y),
}
X = data_sets[ui.choice("data", list(data_sets))]
X = X + ui.slider("noise", 0.0, 0.5, value=0.05, step=0.05) * torch.randn(n, 2)

features = [lambda X: X]
if ui.switch("squares"):
    features.append(lambda X: X**2)
if ui.switch("product"):
    features.append(lambda X: X[:, :1] * X[:, 1:])
if ui.switch("sines"):
    features.append(lambda X: (5 * X).sin())


class Features(nn.Module):
    """What the network is shown of a point."""

    def forward(self, X):
        return torch.cat([feature(X) for feature in features], dim=1)


layers, size = [Features()], Features()(X).shape[1]
width = ui.slider("neurons in each", 1, 10, value=6)
activation = ui.choice("activation", [nn.Tanh, nn.ReLU, nn.Sigmoid])
for _ in range(ui.slider("hidden layers", 0, 4, value=2)):
    layers += [nn.Linear(size, width), activation()]
    size = width
model = nn.Sequential(*layers, nn.Linear(size, 1))

optimizer_class = ui.choice("optimizer", [torch.optim.Adam, torch.optim.SGD])
rate = ui.choice("learning rate", [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0], value=0.03)
optimizer = optimizer_class(model.parameters(), lr=rate)
penalties = {"none": torch.zeros_like, "L1": torch.abs, "L2": torch.square}
penalty = penalties[ui.choice("regularisation", list(penalties))]
strength = ui.choice("its strength", [0.001, 0.003, 0.01, 0.03])
steps = ui.slider("steps", 50, 500, value=200, step=50)

loss_fn = nn.BCEWithLogitsLoss()
seen, unseen = slice(0, n // 2), slice(n // 2, n)  # half of the points are kept for the test
show = ui.choice("lines show", ["weights", "blame", "change"])
picture = viz.live(lambda: viz.boundary(model, X, y, threshold=0.0))
network = viz.live(lambda: viz.network(model, X, show=show, maps=True))

for step in range(steps + 1):
    loss = loss_fn(model(X[seen]), y[seen])
    if step % (steps // 5) == 0:
        with torch.no_grad():
            test = loss_fn(model(X[unseen]), y[unseen])
        print(f"step {step:3d}   loss {loss.item():.2f}   on unseen points {test.item():.2f}")
    size = sum(penalty(parameter).sum() for parameter in model.parameters())
    optimizer.zero_grad()
    (loss + strength * size).backward()
    optimizer.step()
    picture.update()
    network.update()

picture
