"""Record what PyTorch gives for each case: run this under PyTorch 2.13, from the repository's root.

python3.11 -m venv torch-environment
torch-environment/bin/pip install torch==2.13.0 numpy
torch-environment/bin/python -m tests.reference.generate [subject ...]
"""

from __future__ import annotations

import json
import sys
import warnings

from tests.reference.cases import RECORDED, Cases, subjects
from tests.reference.recording import plain


def _record(name: str, cases: Cases) -> None:
    import torch

    recorded = {
        case: {key: plain(value) for key, value in run(torch).items()}
        for case, run in cases.items()
    }
    lines = [f"{json.dumps(case)}: {json.dumps(value)}" for case, value in recorded.items()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    (RECORDED / f"{name}.json").write_text(text, encoding="utf-8")
    print(f"{name}: {len(recorded)} cases, {len(text):,} bytes, by PyTorch {torch.__version__}")


def main(chosen: list[str]) -> None:
    known = subjects()
    for name in chosen or known:
        _record(name, known[name])


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main(sys.argv[1:])
