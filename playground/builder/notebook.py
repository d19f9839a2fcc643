"""A lesson as a Jupyter notebook, format 4.5, from the same source as its page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from textwrap import indent
from typing import Any
from urllib.parse import urlsplit

from playground.builder.cells import Cell
from playground.builder.execution import Events
from playground.builder.exercises import Exercise
from playground.builder.sources import Source

Resolve = Callable[[str], str | None]

_HEADING_ID = re.compile(r"^(#{2,6} .*?)\s*\{#[a-z][a-z0-9-]*\}[ \t]*$", re.MULTILINE)
_ADDRESS = re.compile(r" at 0x[0-9a-f]+(?=>)")
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")

_SETUP = """\
# This lesson runs with PyTorch. Its diagrams are drawn by backprop, the library of the page, which has
# PyTorch's names and numbers. To see them, install it first: {install}
# Nothing else is installed, and nothing without your doing.
{pip}
import contextlib
import importlib.machinery
import sys
import types

found = importlib.machinery.PathFinder.find_spec("backprop")
if found and found.origin and "alias_as_torch" not in (found.loader.get_source("backprop") or ""):
    raise ImportError(
        "The backprop that is installed here is another package of that name, PyPI's, for language models.\\n"
        "Run:  %pip uninstall -y backprop\\n"
        "Then: {install_instead}\\n"
        "Then restart the kernel."
    )

try:
    from backprop import alias_as_torch

    alias_as_torch()  # from here on, `import torch` gives backprop
    print("Runs with backprop, and draws the diagrams.")
except ImportError:
    # PyTorch gives every number; where a diagram would be, there is a sentence, and a control keeps the
    # value that it begins with.
    class Diagrams(types.ModuleType):
        def __getattr__(self, name):
            if name.startswith("_"):
                raise AttributeError(name)
            return lambda *_, **__: print(f"(the page draws viz.{{name}} here)")

    viz = Diagrams("backprop.viz")
    viz.remember = viz.forget = lambda: None
    viz.record = contextlib.nullcontext
    ui = types.ModuleType("backprop.ui")
    ui.slider = lambda label, low, high, value=None, step=None: (low + high) / 2 if value is None else value
    ui.number = lambda label, value, minimum=None, maximum=None: value
    ui.choice = lambda label, options, value=None: options[0] if value is None else value
    ui.switch = lambda label, value=False: value
    sys.modules["backprop"] = types.ModuleType("backprop")
    sys.modules["backprop"].viz = sys.modules["backprop.viz"] = viz
    sys.modules["backprop"].ui = sys.modules["backprop.ui"] = ui
    print("Runs with PyTorch, and leaves the diagrams out.")
"""


_CHECK = """\
# Run this when your code above is done.
def check():
{check}


try:
    check()
    print("Right. The check has passed.")
except Exception as problem:
    print("Not yet.", problem)"""


def file_name(source: Source) -> str:
    """Return the notebook's name, beside the lesson's page."""
    title = "-".join(re.findall(r"[a-z0-9]+", source.title.lower()))
    return f"{title if source.name == 'index' else source.name}.ipynb"


def notebook(
    source: Source, events: Events, resolve: Resolve, wheel: str | None, *, solutions: bool
) -> bytes:
    """Return the notebook of a lesson, with the outputs of its cells.

    Args:
        source: the lesson.
        events: what its cells put out.
        resolve: returns the full address of the page for a link to another source, or None where it is
            not known; such a link becomes plain words.
        wheel: full address of the library's wheel, or None where it is not known.
        solutions: whether the solutions of exercises are in it.
    """
    head = f"# {source.title}\n\n{source.description}"
    cells = [_text("_title", head)]
    if any("backprop" in cell.source for cell in source.cells):
        cells.append(_code("_setup", _setup(wheel), []))
    lines = source.text.splitlines(keepends=True)
    start = source.text_line - 1
    for number, fence in enumerate(source.fences):
        cells += _texts(number, "".join(lines[start : fence.first_line - 1]), resolve)
        start = fence.last_line
        if fence.cell is None:
            continue
        cells.append(
            _code(fence.cell.id, fence.cell.source, _outputs(events[fence.cell.id]), fence.cell)
        )
        if fence.cell.id in source.exercises:
            cells += _exercise(source.exercises[fence.cell.id], solutions)
    cells += _texts(len(source.fences), "".join(lines[start:]), resolve)
    document = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()


def _exercise(exercise: Exercise, solutions: bool) -> list[dict[str, Any]]:
    """Return the check as a cell to run, and a cell with hints and solution that unfold."""
    name = exercise.cell.id
    check = _CHECK.format(check=indent(exercise.check.source, "    ").rstrip())
    folded = [
        f"<details><summary>Hint {number}</summary>\n\n{hint.text.strip()}\n\n</details>"
        for number, hint in enumerate(exercise.hints, 1)
    ]
    if solutions:
        code = exercise.solution.source.rstrip("\n")
        folded.append(
            f"<details><summary>Solution</summary>\n\n```python\n{code}\n```\n\n</details>"
        )
    cells = [_code(f"{name}_check", check, [])]
    return [*cells, _text(f"{name}_help", "\n".join(folded))] if folded else cells


def _setup(wheel: str | None) -> str:
    if wheel is None:
        install, pip = "its wheel can be downloaded from an example's page.", ""
        instead = "install the wheel of backprop-playground, which an example's page offers."
    else:
        install, pip = 'remove the "#" before %pip.', f"# %pip install {wheel}\n"
        instead = f"%pip install {wheel}"
    return _SETUP.format(install=install, pip=pip, install_instead=instead).rstrip()


def _texts(number: int, text: str, resolve: Resolve) -> list[dict[str, Any]]:
    """Return the text between two cells as one cell of Markdown, or nothing where there is none."""
    text = _HEADING_ID.sub(r"\1", text).strip()
    text = _LINK.sub(lambda match: _link(match, resolve), text)
    # An underscore keeps its id apart from those of code, which have none.
    return [_text(f"_text-{number}", text)] if text else []


def _link(match: re.Match[str], resolve: Resolve) -> str:
    words, written = match[1], match[2]
    parts = urlsplit(written)
    if parts.scheme:
        return match[0]
    address = resolve(parts.path)
    if address is None:
        return words
    return f"[{words}]({address}{'#' + parts.fragment if parts.fragment else ''})"


def _text(identifier: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": identifier, "metadata": {}, "source": _lines(text)}


def _code(
    identifier: str, source: str, outputs: list[dict[str, Any]], cell: Cell | None = None
) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": identifier,
        "metadata": {} if cell is None else {"title": cell.title},
        "outputs": outputs,
        "source": _lines(source.rstrip("\n")),
    }


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _known(bundle: dict[str, str]) -> dict[str, str]:
    """What Jupyter can show of a value; where in memory it was differs between two builds."""
    known = {mime: value for mime, value in bundle.items() if not mime.endswith("+json")}
    return known | {"text/plain": _ADDRESS.sub("", bundle["text/plain"])}


def _outputs(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for event in events:
        if event["type"] == "control":
            continue
        if event["type"] == "display":
            data = {
                mime: value if mime == "image/png" else _lines(value)
                for mime, value in _known(event["bundle"]).items()
            }
            found.append({"data": data, "metadata": {}, "output_type": "display_data"})
        else:
            text = {"name": event["type"], "output_type": "stream", "text": _lines(event["text"])}
            found.append(text)
    return found
