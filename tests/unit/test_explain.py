"""What is no Python is told apart: lines of notebooks, terminals and interpreters, as people paste them."""

from __future__ import annotations

import pytest

from playground.session.events import Event
from playground.session.explain import explain
from playground.session.session import Session


def told(code: str) -> str:
    """The traceback of an error in `code`."""
    events: list[Event] = []
    Session(events.append, explain=explain).run(code, "cell")
    (error,) = [event for event in events if event["type"] == "error"]
    return str(error["traceback"])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("!pip install torch", "belong to notebooks"),
        ("%matplotlib inline", "belong to notebooks"),
        ("pip install torch", "command for a terminal"),
        ("pip3 install -U torch", "command for a terminal"),
        ("conda install numpy", "command for a terminal"),
        ("python -m pip install torch", "command for a terminal"),
        ("python train.py", "command for a terminal"),
        ("torch.nn.Linear?", "help(print)"),
        ("torch.nn.Linear(2, 1)??", "help(print)"),
        ("?print", "help(print)"),
        (">>> x = 1", "prompt"),
        ("In [3]: x = 1", "prompt"),
    ],
)
def test_a_line_of_another_language_is_told(line: str, words: str) -> None:
    assert words in told(f"import math\n{line}\n")


@pytest.mark.parametrize("line", ["x = (1", "x = 1 ? 2 : 3", "python = = 3", "pip = 3 +"])
def test_an_ordinary_mistake_is_told_as_python_does(line: str) -> None:
    assert told(line).rstrip().splitlines()[-1].startswith("SyntaxError: ")


def test_a_part_of_the_standard_library_that_is_not_here_is_told() -> None:
    # Such as sqlite3 in the page, and this one on everything but Windows.
    assert "belongs to Python's standard library, but is not in this page" in told("import winreg")
