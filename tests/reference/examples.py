"""Runs the examples under real PyTorch: those that say they run there have to print what they print here.

`python -m tests.reference.examples`, from the root of the checkout, where PyTorch is installed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.transcripts import assert_same_text, golden_texts

EXAMPLES = Path(__file__).resolve().parents[2] / "web" / "examples"


def main() -> None:
    """Run and compare; the first difference ends it."""
    for path in sorted(EXAMPLES.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        says = re.search(r"^PyTorch: (.+)$", text, re.MULTILINE)
        if says is None:
            print(f"{path.name}: does not say that it runs in PyTorch")
            continue
        if says[1] == "without the diagram":
            text = "\n".join(line for line in text.splitlines() if "viz" not in line)
        tolerance = re.search(r"^Tolerance: (.+)$", text, re.MULTILINE)
        result = subprocess.run(
            [sys.executable, "-c", text], capture_output=True, text=True, check=True
        )
        name = path.stem.replace("_", "-")
        assert_same_text(
            result.stdout,
            golden_texts(name)[name],
            tolerance=None if tolerance is None else float(tolerance[1]),
            timed="\nTimed: yes\n" in text,
        )
        print(f"{path.name}: the same as in PyTorch")


if __name__ == "__main__":
    main()
