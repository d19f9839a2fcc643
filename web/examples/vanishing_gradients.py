"""Vanishing and exploding gradients.

On its way back through a deep network the blame is multiplied at every layer: by the weights, and by the
slope of the activation. Eight factors of a quarter, which is the steepest that a sigmoid gets,
make a 65,536th, and the first layers learn nothing. Factors above 1 make an avalanche instead. What helps are
activations with a slope of 1, such as ReLU, and weights of the right size. In the picture orange is the
size of each layer's gradient, on a scale of powers of ten, while the network is trained.

Things to try: choose another network below. Make it twice as deep. Find the `gain` at which tanh neither
vanishes nor explodes.

Order: 80
Tags: deep networks, initialisation
PyTorch: without the diagram
Tolerance: 0.1
"""

import torch
import torch.nn as nn
from backprop import ui, viz

depth, width = 8, 16
networks = {
    "sigmoid": (nn.Sigmoid, 1.0),
    "tanh": (nn.Tanh, 1.0),
    "tanh, large": (nn.Tanh, 3.0),
    "ReLU": (nn.ReLU, 2**0.5),
    "ReLU, large": (nn.ReLU, 3.0),
}


def build(name):
    """Weights are drawn with a standard deviation of gain / √width: a gain of 1 keeps a sum's size."""
    torch.manual_seed(0)
    activation, gain = networks[name]
    layers = []
    for _ in range(depth):
        layers += [nn.Linear(width, width, bias=False), activation()]
        nn.init.normal_(layers[-2].weight, std=gain / width**0.5)
    return nn.Sequential(*layers, nn.Linear(width, 1, bias=False))


torch.manual_seed(1)
X = torch.randn(64, width)
y = X[:, :1] * X[:, 1:2]
loss_fn = nn.MSELoss()

print("size of the gradient\nin layer           1        3        5        8")
for name in networks:
    model = build(name)
    loss_fn(model(X), y).backward()
    sizes = [model[2 * layer].weight.grad.square().mean().sqrt().item() for layer in (0, 2, 4, 7)]
    print(f"{name:<11}" + "".join(f"{size:9.1e}" for size in sizes))

chosen = ui.choice("network", list(networks))  # viz draws this one
model = build(chosen)  # viz
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
with viz.record(model) as run:
    for _ in range(40):  # viz
        optimizer.zero_grad()  # viz
        loss_fn(model(X), y).backward()  # viz
        optimizer.step()  # viz

viz.history(run)
