"""Time diagrams: training with network and boundary drawn after each epoch, and graphs of 2,000 operations.

Training is that of TensorFlow Playground: 2-8-8-1 tanh, 250 points, 25 steps of a batch of 10 an epoch. That
page draws 38 epochs a second (built and measured headless on two shared cores). ``--pyodide`` measures in
WebAssembly, under Node; ``--page`` in the built site in Chromium, with all that the page does to show it.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
from pathlib import Path

#: The sources of `backprop`, whether it is installed or not.
sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "pysrc"))

from playground.bench.diagrams import program
from playground.bench.diagrams.program import Figures
from playground.bench.in_pyodide import run_in_pyodide

#: Epochs a second with both drawings: TensorFlow Playground's, and what is aimed at.
OTHERS, AIM = 38, 60
#: Seconds that a graph of 2,000 operations may take.
LONGEST = 1.0


def main(argv: list[str]) -> int:
    """Print what was measured; return 0."""
    parser = argparse.ArgumentParser(prog="playground bench diagrams", description=__doc__)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--pyodide", action="store_true", help="measure in Pyodide, under Node")
    where.add_argument("--page", action="store_true", help="measure in the built site, in Chromium")
    options = parser.parse_args(argv)
    if options.pyodide:
        return run_in_pyodide(__name__, [])
    if options.page:
        from playground.bench.diagrams.page import run_in_page

        code = inspect.getsource(program) + "\nprint(json.dumps(measure()))\n"
        figures: Figures = json.loads(run_in_page(code).splitlines()[-1])
    else:
        with program.shown_to_nobody():
            figures = program.measure()
    _print(figures)
    return 0


def _print(figures: Figures) -> None:
    for name, value in figures["epochs a second"].items():
        goal = f"  (TensorFlow Playground: {OTHERS}; aim: {AIM})" if "drawn" in name else ""
        print(f"{name:44} {value:7.1f} epochs a second{goal}")
    for name, value in figures["seconds"].items():
        print(f"{name:44} {value:7.3f} s  (aim: {LONGEST:g})")
