"""Record what PyTorch gives for each case: run this under PyTorch 2.13, from the repository's root.

python3.11 -m venv torch-environment
torch-environment/bin/pip install torch==2.13.0 numpy
torch-environment/bin/python tests/reference/generate.py
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from cases import CASES  # noqa: E402
from recording import plain  # noqa: E402


def main() -> None:
    import torch

    recorded = {
        name: {key: plain(value) for key, value in run(torch).items()}
        for name, run in CASES.items()
    }
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in recorded.items()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (HERE / "pytorch.json").write_text(text, encoding="utf-8")
    print(f"{len(recorded)} cases, {len(text):,} bytes, by PyTorch {torch.__version__}")


if __name__ == "__main__":
    main()
