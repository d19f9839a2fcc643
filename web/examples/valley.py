"""Momentum and Adam in a valley.

Most losses are valleys: steep across, almost flat along. Plain gradient descent has to take small steps,
or it bounces from wall to wall, and small steps get nowhere along the floor. Momentum keeps a velocity:
what points to and fro cancels out, what always points the same way adds up. Adam divides each direction by
the size of its own gradients, so that a flat direction moves as fast as a steep one. The picture shows
the valley from above, and the way of each: step through it.

Things to try: give plain SGD a rate of 0.05, and it leaves the valley. Find a better `momentum` than 0.9
for this valley. Make it round (`steep = 1`): who needs the tricks now?

Order: 65
Tags: optimizers
PyTorch: without the diagram
"""

import torch
import torch.nn as nn
from backprop import viz

steep = 50.0


def valley(place):
    """The deepest point is at (0, 0). Across, the valley is `steep` times as steep as along."""
    along, across = place
    return 0.5 * along**2 + 0.5 * steep * across**2


def at_the_start():
    walkers = nn.Module()
    for name in ("sgd", "momentum", "adam"):
        walkers.register_parameter(name, nn.Parameter(torch.tensor([8.0, 1.0])))
    return walkers


def descend(walkers, steps=80):
    """Goes down with all walkers at once; yields where they are after each step."""
    optimizers = [
        torch.optim.SGD([walkers.sgd], lr=0.03),
        torch.optim.SGD([walkers.momentum], lr=0.03, momentum=0.9),
        torch.optim.Adam([walkers.adam], lr=0.5),
    ]
    for step in range(1, steps + 1):
        walkers.zero_grad()
        sum(valley(walker) for walker in walkers.parameters()).backward()
        for optimizer in optimizers:
            optimizer.step()
        yield step, [walker.tolist() for walker in walkers.parameters()]


start = at_the_start()
paths = {name: [walker.tolist()] for name, walker in start.named_parameters()}

print("      sgd            momentum       adam\nstep  along  across  along  across  along  across")
for step, places in descend(start):
    for path, place in zip(paths.values(), places):
        path.append(place)
    if step in (1, 2, 3, 10, 20, 40, 80):
        shown = "  ".join(f"{along:5.2f}  {across:6.3f}" for along, across in places)
        print(f"{step:4d}  {shown}")

viz.landscape(valley, paths, across=(-9, 9), up=(-1.5, 1.5), names=("along", "across"))
