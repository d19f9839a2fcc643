"""Which of PyTorch's names backprop has: docs/coverage.md, written from two lists.

The first is recorded under PyTorch 2.13, from the repository's root; the second is what is here:

torch-environment/bin/python -m tests.reference.coverage record
.venv/bin/python -m tests.reference.coverage
"""

from __future__ import annotations

import importlib
import json
import sys
import textwrap
from pathlib import Path
from typing import Any

NAMES = Path(__file__).parent / "names.json"
TABLE = Path(__file__).parents[2] / "docs" / "coverage.md"

MODULES = [
    "torch", "torch.Tensor", "torch.autograd", "torch.nn", "torch.nn.functional", "torch.nn.init",
    "torch.nn.utils", "torch.optim", "torch.optim.lr_scheduler", "torch.utils.data",
]  # fmt: skip
#: What stands in `torch` without being meant for its users.
INTERNAL = (
    "sym_",
    "cudnn_",
    "mkldnn_",
    "miopen_",
    "fbgemm_",
    "quantize",
    "fake_quantize",
    "autocast_",
)


def find(root: Any, path: str) -> Any:
    """What PyTorch calls `path`, in PyTorch or in backprop; None if it is not there."""
    found = root
    for name in path.split(".")[1:]:
        found = getattr(found, name, None)
        if found is None:
            return None
    return found


def _public(owner: Any, path: str) -> list[str]:
    names = []
    for name in sorted(set(getattr(owner, "__all__", None) or dir(owner))):
        value = getattr(owner, name, None)
        plain = path in ("torch", "torch.Tensor", "torch.nn.functional")
        if name.startswith(("_", *INTERNAL)) or type(value).__name__ == "module":
            continue
        if plain and (
            name[0].isupper() or name.endswith("_") or not getattr(value, "__doc__", None)
        ):
            continue
        if path == "torch.nn" and not name[0].isupper():
            continue
        names.append(name)
    return names


def record() -> None:
    """Write down PyTorch's names; needs PyTorch."""
    import torch
    import torch.utils.data

    names = {path: _public(find(torch, path), path) for path in MODULES}
    lines = ",\n".join(f"{json.dumps(path)}: {json.dumps(each)}" for path, each in names.items())
    NAMES.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


def table() -> str:
    """The text of docs/coverage.md, for what backprop has now."""
    backprop = importlib.import_module("backprop")
    recorded: dict[str, list[str]] = json.loads(NAMES.read_text(encoding="utf-8"))
    parts = [
        "# Which of PyTorch's names backprop has",
        "Written by `python -m tests.reference.coverage`; a test compares it with what is there. PyTorch is "
        "2.13. Operations have in-place forms with an underscore beside these. A name that is missing raises "
        "an error that says so, and what serves instead where there is something (`backprop/missing.py`).",
        "| in | has | of |\n|---|---:|---:|",
    ]
    sections = []
    for path, names in recorded.items():
        owner = find(backprop, path)
        present = [name for name in names if owner is not None and hasattr(owner, name)]
        missing = [name for name in names if name not in present]
        parts[-1] += f"\n| `{path}` | {len(present)} | {len(names)} |"
        sections.append(f"## `{path}`")
        for title, some in (("Here", present), ("Missing", missing)):
            if some:
                sections.append(
                    textwrap.fill(f"{title}: {', '.join(some)}.", 110, break_on_hyphens=False)
                )
    return "\n\n".join([*parts, *sections]) + "\n"


def main(arguments: list[str]) -> None:
    if arguments == ["record"]:
        record()
        return
    sys.path.insert(0, str(TABLE.parents[1] / "pysrc"))
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(table(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
