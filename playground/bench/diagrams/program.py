"""What is measured: training with live diagrams, and the graph of a long computation."""

from __future__ import annotations

import time
from dataclasses import dataclass

import backprop as torch
from backprop import viz

POINTS, BATCH = 250, 10


@dataclass
class Training:
    """How training went.

    Attributes:
        epochs: how many there were, of 25 steps each.
        drawings: how often the network and the boundary were both drawn.
        seconds: how long it all took.
    """

    epochs: int
    drawings: int
    seconds: float


def train(epochs: int, *, live: bool) -> Training:
    """Train a 2-8-8-1 tanh network on 250 points, and draw its network and boundary after each epoch."""
    torch.manual_seed(1)
    radius = torch.cat([torch.rand(POINTS // 2) * 2.5, 3.5 + torch.rand(POINTS // 2) * 1.5])
    angle = torch.rand(POINTS) * 6.2832
    X = torch.stack([radius * torch.cos(angle), radius * torch.sin(angle)], dim=1)  # noqa: N806
    y = torch.sign(3 - radius).reshape(POINTS, 1)
    order = torch.randperm(POINTS)
    X, y = X[order], y[order]  # noqa: N806
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 8),
        torch.nn.Tanh(),
        torch.nn.Linear(8, 8),
        torch.nn.Tanh(),
        torch.nn.Linear(8, 1),
    )
    loss_fn = torch.nn.MSELoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.03)
    views = []
    if live:
        views = [
            viz.live(lambda: viz.network(model, X)),
            viz.live(lambda: viz.boundary(model, X, y)),
        ]
    start = time.perf_counter()
    for _ in range(epochs):
        for first in range(0, POINTS, BATCH):
            optimizer.zero_grad()
            loss = loss_fn(model(X[first : first + BATCH]), y[first : first + BATCH])
            loss.backward()
            optimizer.step()
        for view in views:
            view.update()
    drawings = min((view.frame for view in views), default=0)
    return Training(epochs, drawings, time.perf_counter() - start)
