"""What is compared with PyTorch, one module a subject.

Each case is one function of the module that answers to `torch`. The same code runs under PyTorch, when
`generate.py` records what it gives, and under backprop, in the tests. A case returns a dictionary; tensors in
it are recorded with type, shape and numbers, strings (the printed forms) letter by letter.
"""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from tests.reference.cases.registry import Case, Cases

__all__ = ["RECORDED", "Case", "Cases", "subjects"]

#: One file a subject, made by `generate.py`.
RECORDED = Path(__file__).parents[1] / "recorded"


def subjects() -> dict[str, Cases]:
    """All cases by their subject, which is the name of their module and of the file they are recorded in."""
    names = [module.name for module in pkgutil.iter_modules(__path__) if module.name != "registry"]
    return {name: importlib.import_module(f"{__name__}.{name}").CASES for name in sorted(names)}
