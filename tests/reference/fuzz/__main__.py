"""`python -m tests.reference.fuzz --seed 0 --programs 1000`: what random programs disagree about.

Needs PyTorch 2.13. Ends with an error if more programs disagree than `--allowed` says.
"""

from __future__ import annotations

import argparse
import collections
import sys
from pathlib import Path
from typing import Any

from tests.reference.fuzz.comparing import KINDS, Bits, Disagreement, compare
from tests.reference.fuzz.execution import run
from tests.reference.fuzz.generator import grow
from tests.reference.fuzz.shrinking import shrink

ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    """Run the programs and print a summary, with the shortest programs of each kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--seed", type=int, default=0, help="of the first program; the next has the next"
    )
    parser.add_argument("--programs", type=int, default=1000)
    parser.add_argument("--shown", type=int, default=3, help="programs to show of each kind")
    parser.add_argument("--allowed", type=int, help="how many may disagree")
    chosen = parser.parse_args()
    sys.path.insert(0, str(ROOT / "pysrc"))
    import backprop
    import torch

    torch.set_num_threads(1)
    found: dict[str, list[tuple[int, list[str], Disagreement]]] = collections.defaultdict(list)
    bits = Bits()
    for seed in range(chosen.seed, chosen.seed + chosen.programs):
        program = grow(seed, torch)
        disagreement = _compare(program, torch, backprop, bits)
        if disagreement is not None:
            found[disagreement.kind].append((seed, program, disagreement))
    total = sum(map(len, found.values()))
    print(f"{chosen.programs} programs from seed {chosen.seed}, by PyTorch {torch.__version__}")
    print(f"{total} disagree somewhere ({total / chosen.programs:.1%}):")
    for kind, words in KINDS.items():
        print(f"{len(found[kind]):6}  {kind}: {words}")
    print(
        f"{bits.other / max(bits.results, 1):.1%} of {bits.results} results of the same bits have other bits"
    )
    for kind in KINDS:
        _show(kind, found[kind], chosen.shown, torch, backprop)
    if chosen.allowed is not None and total > chosen.allowed:
        sys.exit(f"{total} programs disagree; {chosen.allowed} may")


def _compare(program: list[str], pytorch: Any, backprop: Any, bits: Bits) -> Disagreement | None:
    return compare(program, run(program, pytorch), run(program, backprop), bits)


def _show(
    kind: str,
    found: list[tuple[int, list[str], Disagreement]],
    most: int,
    pytorch: Any,
    backprop: Any,
) -> None:
    """Print the shortest programs of a kind, each of another disagreement."""
    shown = set()
    for seed, program, first in sorted(found, key=lambda each: each[2].statement):
        program = program[: first.statement + 1]

        def shows(shorter: list[str], last: str = program[-1]) -> bool:
            again = _compare(shorter, pytorch, backprop, Bits())
            # A name whose statement was left out is an error of another program.
            return (
                again is not None
                and (again.kind, shorter[again.statement]) == (kind, last)
                and not again.pytorch.startswith("NameError")
            )

        short = shrink(program, shows)
        again = _compare(short, pytorch, backprop, Bits())
        assert again is not None
        sign = (again.backprop, again.pytorch)
        if sign in shown:
            continue
        shown.add(sign)
        if len(shown) > most:
            return
        print(f"\n# {kind} (seed {seed})", *short, sep="\n")
        print(f"#  PyTorch: {again.pytorch}", f"# backprop: {again.backprop}", sep="\n")


if __name__ == "__main__":
    main()
