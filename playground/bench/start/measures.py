"""The rows of the table: each measured once, in a browser of its own."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page

from playground.bench.start.host import Line, Speed
from playground.bench.start.visits import Browsers, Playground, Subject

#: A line of 10 Mbit/s with 40 ms of delay.
SLOW = Speed(bits=10e6, delay=0.04)

#: When the largest thing in sight was painted, and how long tasks were that took over 50 ms.
_OBSERVE = """
window.seen = { largest: 0, long: [] };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) seen.largest = entry.startTime;
}).observe({ type: 'largest-contentful-paint', buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) seen.long.push(entry.duration);
}).observe({ type: 'longtask', buffered: true });
"""
#: Milliseconds from a press on Run to the frame in which the run's end is painted.
_PAINTED = """(button) => new Promise((resolve) => {
  const begin = performance.now();
  const cell = document.querySelector('py-cell');
  new MutationObserver((_, observer) => {
    if (cell.dataset.state !== 'done') return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)));
  }).observe(cell, { attributes: true });
  button.click();
})"""
_WARM_RUNS = 20

#: Whether the service worker has kept the site.
_IS_KEPT = "() => navigator.serviceWorker.getRegistration().then((found) => !!found?.active)"


@dataclass(frozen=True)
class Bench:
    """What measures: browsers, and the line to the host."""

    browsers: Browsers
    line: Line

    def first_visit(self, subject: Subject, *, slow: bool = False) -> dict[str, float]:
        """Seconds to the first output, megabytes until then, and seconds of a restart after it."""
        with self._new() as page:
            self.line.be(SLOW if slow else Speed())
            before = self.line.sent
            seconds = self.browsers.visit(page, subject)
            megabytes = (self.line.sent - before) / 1e6
            self.line.be(Speed())
            begin = time.perf_counter()
            subject.restart(page)
            restart = time.perf_counter() - begin
        return {"seconds": seconds, "megabytes": megabytes, "restart": restart}

    def second_visit(self, subject: Subject, *, offline: bool = False) -> float:
        """Seconds of a visit after the browser was closed; offline, from what it has kept."""
        with TemporaryDirectory() as folder:
            profile = Path(folder)
            with self.browsers.opened(profile) as page:
                self.browsers.visit(page, subject)
                if isinstance(subject, Playground):
                    page.wait_for_function(_IS_KEPT, timeout=60_000)
                # The browser writes its cache when there is nothing else to do.
                page.wait_for_timeout(2000)
            self.line.be(Speed(is_cut=offline))
            try:
                with self.browsers.opened(profile) as page:
                    return self.browsers.visit(page, subject)
            finally:
                self.line.be(Speed())

    def warm_run(self) -> float:
        """Median of the seconds from Run to the painted output, of a cell that has run before."""
        with self._new() as page:
            self.browsers.visit(page, Playground())
            button = page.get_by_role("button", name="Run", exact=True)
            runs: list[float] = [button.evaluate(_PAINTED) for _ in range(_WARM_RUNS)]
            return statistics.median(runs) / 1000

    def lesson(self, *, slow: bool = False) -> dict[str, Any]:
        """Seconds until the largest thing of the lesson in sight is painted, and those of long tasks."""
        with self._new() as page:
            page.add_init_script(_OBSERVE)
            self.line.be(SLOW if slow else Speed())
            self.browsers.go(page, "site/")
            page.get_by_role("status").filter(has_text="Python is ready").wait_for(timeout=180_000)
            self.line.be(Speed())
            seen = page.evaluate("window.seen")
        return {
            "largest": seen["largest"] / 1000,
            "tasks": [round(task / 1000, 3) for task in seen["long"]],
        }

    @contextmanager
    def _new(self) -> Iterator[Page]:
        """A page of a browser that has seen nothing."""
        with TemporaryDirectory() as profile, self.browsers.opened(Path(profile)) as page:
            yield page
