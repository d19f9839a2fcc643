"""Record PyTorch's public names, by which the library tells a typo from what it lacks.

Run it under PyTorch 2.13, from the repository's root: python -m tests.reference.names
"""

from __future__ import annotations

import pkgutil
import types
import warnings
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[2] / "pysrc" / "backprop" / "pytorch_names.txt"
PLACES = """
    accelerator amp autograd cuda distributions fft func jit linalg nn nn.functional nn.init nn.parallel
    nn.utils optim optim.lr_scheduler special utils utils.data
"""


def _names(owner: Any) -> str:
    """What is public in it, without the modules of others that it imports."""
    within = getattr(owner, "__path__", ())
    found = []
    for name in sorted({*dir(owner), *(each.name for each in pkgutil.iter_modules(within))}):
        value = getattr(owner, name, None)
        foreign = isinstance(value, types.ModuleType) and not value.__name__.startswith("torch.")
        typing = getattr(value, "__module__", None) in ("typing", "collections.abc", "__future__")
        if not name.startswith("_") and not foreign and not typing:
            found.append(name)
    return " ".join(found)


def main() -> None:
    import torch
    import torch.utils.data

    owners = {"torch": torch, "Tensor": torch.Tensor, "Module": torch.nn.Module}
    for path in PLACES.split():
        owner: Any = torch
        for name in path.split("."):
            owner = getattr(owner, name)
        owners[path] = owner
    lines = [f"{path}: {_names(owner)}" for path, owner in owners.items()]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    main()
