"""Learning rates compared.

Five walkers go down the same bowl, `w²`, from the same place. Its slope is `2w`, so a step of gradient
descent multiplies `w` by `1 - 2 · rate`. All follows from that one factor: near 1 it creeps, at 0 it
arrives at once, below 0 it swings from side to side, and beyond -1 each swing is larger than the one
before. The picture has a scale of powers of ten, on which a straight line is a constant factor. Two of the
lines are one: to swing to the goal takes as long as to walk there.

Things to try: which rate would be best if the bowl were `10 * w²`? Change it in the loop, and see who is
left. A real loss is a bowl with another steepness in every direction, and one rate has to do for all.

Order: 60
Tags: optimizers, learning rate
PyTorch: without the diagram
"""

import torch
import torch.nn as nn
from backprop import viz

rates = {"creeping": 0.01, "steady": 0.1, "at_once": 0.5, "swinging": 0.9, "escaping": 1.05}


def at_the_start():
    walkers = nn.Module()
    for name in rates:
        walkers.register_parameter(name, nn.Parameter(torch.tensor([4.0])))
    return walkers


def descend(walkers, steps=30):
    """Goes down with all walkers at once; yields where they are after each step."""
    # One optimizer can give each group of parameters a learning rate of its own.
    groups = [{"params": [w], "lr": rates[name]} for name, w in walkers.named_parameters()]
    optimizer = torch.optim.SGD(groups, lr=0.1)
    for step in range(1, steps + 1):
        loss = sum((w**2).sum() for w in walkers.parameters())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        yield step, [w.item() for w in walkers.parameters()]


distances = {f"{name} ({rate})": [] for name, rate in rates.items()}

print("rate" + "".join(f"{rate:9g}" for rate in rates.values()))
print("step" + "".join(f"{name:>9}" for name in rates))
for step, places in descend(at_the_start()):
    for walked, place in zip(distances.values(), places):
        walked.append(abs(place))
    if step <= 3 or step % 10 == 0:
        print(f"{step:4d}" + "".join(f"{place:9.3f}" for place in places))

viz.curves(distances, name="distance from the goal")
