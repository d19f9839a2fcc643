"""Time a full training step against NumPy by hand, and PyTorch, autograd and micrograd where they are there.

To measure against PyTorch, run it from the repository's root with an interpreter that has it, such as
Python 3.11 with torch 2.13: ``python3.11 -m playground.bench.engine``. Each contender computes on one thread,
and a step's time is the lower quartile of its rounds, which other programs disturb less than the middle.
``playground bench engine --pyodide`` measures in WebAssembly, under Node.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Before NumPy is imported: more threads help a product of large matrices, and nothing else here.
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
#: The sources of `backprop`, whether it is installed or not.
PYSRC = str(Path(__file__).resolve().parents[3] / "pysrc")
sys.path.insert(0, PYSRC)

import numpy as np  # noqa: E402

from playground.bench.engine.contenders import Step, installed  # noqa: E402
from playground.bench.in_pyodide import run_in_pyodide  # noqa: E402

#: Layer sizes, batch, and the ratio to NumPy by hand that backprop is to reach.
NETWORKS = [
    ([2, 3, 1], 1, 3.0),
    ([2, 8, 8, 1], 64, 2.5),
    ([64, 128, 10], 64, 1.5),
    ([784, 256, 10], 64, 1.1),
]


def time_steps(steps: dict[str, Step], rounds: int, seconds: float) -> dict[str, list[float]]:
    """Seconds a step, one figure a round; the contenders take turns, so that noise falls on all."""
    repeats = {}
    for name, step in steps.items():
        for _ in range(20):
            step()
        start = time.perf_counter()
        step()
        repeats[name] = max(1, int(seconds / max(time.perf_counter() - start, 1e-7)))
    times: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            start = time.perf_counter()
            for _ in range(repeats[name]):
                step()
            times[name].append((time.perf_counter() - start) / repeats[name])
    return times


def import_cost() -> tuple[float, float]:
    """Milliseconds to import NumPy, and backprop on top of it: typical of seven fresh interpreters."""
    code = (
        "import time; a = time.perf_counter(); import numpy; b = time.perf_counter(); import backprop; "
        "c = time.perf_counter(); print(b - a, c - b)"
    )
    with tempfile.TemporaryDirectory() as cache:
        # With byte code, as an installed package has it; the first run compiles, and does not count.
        environment = {**os.environ, "PYTHONPATH": PYSRC, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        runs = [
            subprocess.run(
                [sys.executable, "-c", code],
                capture_output=True,
                text=True,
                check=True,
                env=environment,
            ).stdout
            for _ in range(8)
        ][1:]
    pairs = [[1000 * float(each) for each in run.split()] for run in runs]
    return _typical([pair[0] for pair in pairs]), _typical([pair[1] for pair in pairs])


def _typical(figures: list[float]) -> float:
    """The lower quartile."""
    return statistics.quantiles(figures, n=4)[0]


def main(argv: list[str]) -> int:
    """Print a table of times and ratios; return 0."""
    parser = argparse.ArgumentParser(prog="playground bench engine", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="figures taken of each (%(default)s)")
    parser.add_argument(
        "--seconds", type=float, default=0.1, help="length of one figure (%(default)s)"
    )
    parser.add_argument("--pyodide", action="store_true", help="measure in Pyodide, under Node")
    options = parser.parse_args(argv)
    if options.pyodide:
        given = ["--rounds", str(options.rounds), "--seconds", str(options.seconds)]
        return run_in_pyodide(__name__, given)
    print(f"{'network':14} {'contender':15} {'µs a step':>10} {'spread':>8} {'ratio':>7}  aim")
    for sizes, batch, aim in NETWORKS:
        generator = np.random.default_rng(1)
        x = generator.standard_normal((batch, sizes[0]), dtype=np.float32)
        y = generator.standard_normal((batch, sizes[-1]), dtype=np.float32)
        contenders = installed(sizes, batch)
        steps = {name: make(sizes, x, y) for name, make in contenders.items()}
        times = time_steps(steps, options.rounds, options.seconds)
        base = _typical(next(iter(times.values())))
        for name, figures in times.items():
            middle = _typical(figures)
            spread = (max(figures) - min(figures)) / middle
            label = f"{'-'.join(map(str, sizes))} x{batch}" if name == next(iter(times)) else ""
            goal = f"{aim}" if name == "backprop" else ""
            print(
                f"{label:14} {name:15} {1e6 * middle:10.1f} {spread:8.0%} {middle / base:7.2f}  {goal}"
            )
    if sys.platform == "emscripten":
        return 0  # There are no fresh interpreters to be had.
    numpy_time, own_time = import_cost()
    print(f"\nimport: NumPy {numpy_time:.0f} ms, backprop {own_time:.0f} ms on top (aim: 30)")
    return 0
