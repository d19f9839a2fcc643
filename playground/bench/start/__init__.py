"""Time how long readers wait: first and second visits, on a fast and on a slow line, without a line, and Run.

Everything is compared, in the same run and from the same host, with Pyodide and NumPy as their documentation
loads them. The program is a step of training of 2, 3 and 1 neurons; Run is pressed at once.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playground.bench.browser import built_site, chromium, playwright
from playground.builder.packages import CORE, LOCK, STANDARD_LIBRARY
from playground.fetch import NUMPY, fetch_numpy
from playground.project import Project, find_project

#: What is aimed at: ratios to plain, and seconds.
AIMS = {
    "first visit": 0.35,
    "first visit, slow line": 0.8,
    "second visit": 0.2,
    "second visit, no network": 0.2,
    "restart": 0.2,
    "megabytes until the output": 1.1,
}


def main(argv: list[str]) -> int:
    """Print what was measured; return 0."""
    parser = argparse.ArgumentParser(prog="playground bench start", description=__doc__)
    parser.add_argument(
        "--runs", type=int, default=5, help="how often each is measured (default: 5)"
    )
    parser.add_argument("--json", action="store_true", help="print every value, as JSON")
    options = parser.parse_args(argv)
    project = find_project()
    site, path = built_site(project), chromium()
    with playwright() as driver:
        # These import Playwright themselves.
        from playground.bench.start.host import hosted
        from playground.bench.start.measures import Bench
        from playground.bench.start.visits import Browsers

        with TemporaryDirectory() as folder:
            _write_plain(project, Path(folder))
            with hosted({"site": site, "plain": Path(folder)}) as (origin, line):
                bench = Bench(Browsers(driver, path, origin), line)
                figures = _measure(bench, options.runs)
    print(json.dumps(figures, indent=1) if options.json else _table(figures))
    return 0


def _write_plain(project: Project, folder: Path) -> None:
    """Write the page that everything is compared with: npm's Pyodide as it is, and NumPy's wheel."""
    for name in (*CORE, STANDARD_LIBRARY):
        shutil.copyfile(project.pyodide / name, folder / name)
    lock = json.loads((project.pyodide / LOCK).read_text(encoding="utf-8"))
    lock["packages"] = {
        "numpy": lock["packages"]["numpy"] | {"file_name": NUMPY.file_name, "sha256": NUMPY.sha256}
    }
    (folder / LOCK).write_text(json.dumps(lock), encoding="utf-8")
    shutil.copyfile(fetch_numpy(), folder / NUMPY.file_name)
    here = Path(__file__).parent
    shutil.copyfile(here / "plain.html", folder / "index.html")
    shutil.copyfile(here / "plain.js", folder / "worker.js")


def _measure(bench: Any, runs: int) -> dict[str, dict[str, list[Any]]]:
    """Measure ours and plain in turns, so that both meet the same moments of the machine."""
    from playground.bench.start.visits import Plain, Playground

    figures: dict[str, dict[str, list[Any]]] = {}
    ours = Playground()

    def note(name: str, who: str, value: Any) -> None:
        figures.setdefault(name, {}).setdefault(who, []).append(value)

    for _ in range(runs):
        for who, subject in (("plain", Plain()), ("ours", ours)):
            seen = bench.first_visit(subject)
            note("first visit", who, seen["seconds"])
            note("restart", who, seen["restart"])
            seen = bench.first_visit(subject, slow=True)
            note("first visit, slow line", who, seen["seconds"])
            note("megabytes until the output", who, seen["megabytes"])
            note("second visit", who, bench.second_visit(subject))
        note("second visit, no network", "ours", bench.second_visit(ours, offline=True))
        note("Run of a warm cell to painted output", "ours", bench.warm_run())
        lesson = bench.lesson(slow=True)
        note("largest paint of the lesson, slow line", "ours", lesson["largest"])
        note("tasks over 50 ms while the lesson opens", "ours", bench.lesson()["tasks"])
    figures["how Python was started"] = {"ours": ours.ways}
    figures["second visit, no network"]["plain"] = figures["second visit"]["plain"]
    return figures


def _table(figures: dict[str, dict[str, list[Any]]]) -> str:
    """Medians with the lowest and the highest, and ratios of medians."""
    rows = [f"{'':42}{'ours':>22}{'plain':>22}{'ratio':>8}{'aim':>7}"]
    for name, by_whom in figures.items():
        if name.startswith("tasks"):
            rows.append(f"{name:42}  {by_whom['ours']} s")
            continue
        if name.startswith("how"):
            rows.append(f"{name:42}  {dict(Counter(by_whom['ours']))}")
            continue
        ours, plain = by_whom["ours"], by_whom.get("plain")
        row = f"{name:42}{_spread(ours):>22}"
        if plain is not None:
            ratio = statistics.median(ours) / statistics.median(plain)
            row += f"{_spread(plain):>22}{ratio:8.2f}"
            row += f"{AIMS[name]:7.2f}" if name in AIMS else ""
        rows.append(row)
    return "\n".join(rows)


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.3f} ({min(values):.2f}-{max(values):.2f})"
