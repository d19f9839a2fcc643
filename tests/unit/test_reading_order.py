"""What pysrc/README.md says of the files to read first: that they are there, and how long they are."""

from __future__ import annotations

import re
from pathlib import Path

PYSRC = Path(__file__).parents[2] / "pysrc"
README = (PYSRC / "README.md").read_text(encoding="utf-8")
#: So many lines may come or go before the README has to be looked at again.
SLACK = 40


def steps() -> list[str]:
    """The first file that each step of the list names, by its number."""
    return re.findall(r"^\d+\. `([\w/]+\.py)`", README, flags=re.MULTILINE)


def test_the_files_to_read_are_there() -> None:
    named = re.findall(r"`((?:autograd|nn|ops|optim)/\w+\.py)`", README)
    assert len(named) > 10
    assert not [name for name in named if not (PYSRC / "backprop" / name).is_file()]


def test_the_heart_is_as_long_as_it_says() -> None:
    said = re.search(r"the first four files, (\d+) lines", README)
    assert said is not None
    heart = steps()[:4]
    assert heart == ["tensor.py", "autograd/tape.py", "autograd/node.py", "autograd/engine.py"]
    lines = sum(len((PYSRC / "backprop" / each).read_text().splitlines()) for each in heart)
    assert abs(lines - int(said[1])) <= SLACK
