"""What is measured. The page gets this very file as its program."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator

import backprop as torch
from backprop import host, viz

Figures = dict[str, dict[str, float]]

POINTS, BATCH = 250, 10
OPERATIONS = 2_000
ROUNDS = 5


def measure() -> Figures:
    """Each figure is the best of several, which other programs disturb least."""
    train(20, live=False)
    alone = max(train(100, live=False)[0] for _ in range(ROUNDS))
    drawn, epochs = max(train(100, live=True)[::-1] for _ in range(ROUNDS))
    viz.remember()
    kinds = {"in a loop": looped, "in modules": layered, "without order": unordered}
    return {
        "epochs a second": {
            "training alone": alone,
            "training with drawings": epochs,
            "of these both drawn": drawn,
        },
        "seconds": {
            f"graph of {OPERATIONS:,} operations {kind}": _seconds_to_draw(compute())
            for kind, compute in kinds.items()
        },
    }


def _seconds_to_draw(loss: torch.Tensor) -> float:
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        viz.graph(loss)._repr_svg_()
        taken.append(time.perf_counter() - start)
    return min(taken)


@contextlib.contextmanager
def shown_to_nobody() -> Iterator[None]:
    """As in the page, but for the page itself."""
    bundles: list[str] = []
    host.connect(
        lambda control: control["value"], lambda bundle: bundles.append(json.dumps(bundle))
    )
    yield
    host.disconnect()


def train(epochs: int, *, live: bool) -> tuple[float, float]:
    """Train a 2-8-8-1 tanh network on 250 points; draw its network and boundary after each epoch.

    Returns:
        Epochs a second, and how many of them were drawn, both diagrams of each.
    """
    torch.manual_seed(1)
    radius = torch.cat([torch.rand(POINTS // 2) * 2.5, 3.5 + torch.rand(POINTS // 2) * 1.5])
    angle = torch.rand(POINTS) * 6.2832
    order = torch.randperm(POINTS)
    X = torch.stack([radius * torch.cos(angle), radius * torch.sin(angle)], dim=1)[order]  # noqa: N806
    y = torch.sign(3 - radius)[order].reshape(POINTS, 1)
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
    before = [view.frame for view in views]
    start = time.perf_counter()
    for _ in range(epochs):
        for first in range(0, POINTS, BATCH):
            optimizer.zero_grad()
            loss = loss_fn(model(X[first : first + BATCH]), y[first : first + BATCH])
            loss.backward()
            optimizer.step()
        for view in views:
            view.update()
    seconds = time.perf_counter() - start
    drawn = min((view.frame - was for view, was in zip(views, before, strict=True)), default=0)
    for view in views:
        view.finish()
    return epochs / seconds, drawn / seconds


def looped() -> torch.Tensor:
    """A recurrent loop: the same five operations again and again."""
    w, u = torch.tensor(0.5, requires_grad=True), torch.tensor(0.3, requires_grad=True)
    h = torch.tensor(0.1)
    for step in range(OPERATIONS // 5):
        h = torch.tanh(w * h + u * (0.01 * step) + 0.1)
    return h


def layered() -> torch.Tensor:
    """Blocks of layers, one after the other."""
    block = [torch.nn.Linear(4, 4), torch.nn.Tanh(), torch.nn.Linear(4, 4), torch.nn.Sigmoid()]
    blocks = [torch.nn.Sequential(*block) for _ in range(OPERATIONS // len(block))]
    loss: torch.Tensor = torch.nn.Sequential(*blocks)(torch.ones(1, 4)).sum()
    return loss


def unordered() -> torch.Tensor:
    """Operations that use the last value and any earlier one."""
    torch.manual_seed(0)
    values: list[torch.Tensor] = [torch.rand(3, requires_grad=True) for _ in range(20)]
    for _ in range(OPERATIONS - 1):
        other = values[int(torch.randint(len(values), (1,)))]
        values.append(torch.tanh(values[-1]) if torch.rand(1).item() < 0.3 else values[-1] * other)
    loss: torch.Tensor = values[-1].sum()
    return loss
