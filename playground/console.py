"""What the command says while it works: one line per step, on standard error."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

console = Console(stderr=True, highlight=False, soft_wrap=True)


def say(message: str) -> None:
    """Print one line; the text is shown as it is, square brackets included."""
    console.print(message, markup=False)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Announce long work, and say afterwards how long it took."""
    say(f"{title} ...")
    start = time.perf_counter()
    yield
    seconds = time.perf_counter() - start
    if seconds >= 1:
        say(f"  done in {seconds:.1f} s")


@contextmanager
def download_bar(title: str, total: int | None, done: int) -> Iterator[Progress]:
    """Show a progress bar that starts at `done` of `total` bytes.

    The bar's only task is the caller's: advance it with `progress.advance(progress.task_ids[0], n)`.
    """
    with Progress(
        TextColumn("  {task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
    ) as progress:
        progress.add_task(title, total=total, completed=done)
        yield progress
