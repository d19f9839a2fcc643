"""What to say of a name that PyTorch has not either: it is a typo, and something close to it may be meant."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

#: PyTorch 2.13's public names, a line for each place: recorded with `python -m tests.reference.names`.
NAMES = Path(__file__).with_name("pytorch_names.txt")


@functools.cache
def _names_by_place() -> dict[str, tuple[str, ...]]:
    lines = NAMES.read_text(encoding="utf-8").splitlines()
    places = (line.partition(": ") for line in lines)
    return {place: tuple(names.split(" ")) for place, _, names in places}


def pytorch_names(owner: str) -> tuple[str, ...]:
    """PyTorch's names in a place such as ``nn.functional`` or ``Tensor``; none if it is not known."""
    return _names_by_place().get(owner, ())


def is_typo(owner: str, name: str) -> bool:
    """Whether PyTorch has no such name in that place, which is one whose names are known."""
    names = pytorch_names(owner)
    return bool(names) and name not in names


def typo_text(owner: str, name: str) -> str:
    """PyTorch's error for a name that is not in a place, and the name that may be meant.

    >>> print(typo_text("nn", "Linaer"))
    module 'torch.nn' has no attribute 'Linaer'
    Did you mean `Linear`?
    """
    where = "torch" if owner == "torch" else f"torch.{owner}"
    return f"module '{where}' has no attribute '{name}'{meant(name, pytorch_names(owner))}"


def no_attribute(kind: str, name: str, names: Iterable[str]) -> str:
    """PyTorch's error for a name that an object of some kind has not, and the name that may be meant."""
    return f"'{kind}' object has no attribute '{name}'{meant(name, names)}"


def meant(name: str, names: Iterable[str]) -> str:
    """A line that asks whether the closest of `names` is meant; empty if none is close."""
    if name.startswith("_"):
        return ""  # asked by tools, which try what an object can do
    public: dict[str, str] = {}
    for each in names:
        # Of `Function` and `function`, the one that begins as the name does.
        if not each.startswith("_") and (each.lower() not in public or each[0] == name[0]):
            public[each.lower()] = each
    import difflib

    close = difflib.get_close_matches(name.lower(), public, n=1, cutoff=0.7)
    return f"\nDid you mean `{public[close[0]]}`?" if close else ""
