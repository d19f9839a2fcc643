"""Examples: Python files whose docstring is the text of their page."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from markdown_it.token import Token

from playground.builder.cells import Cell
from playground.builder.markdown import headings, parse
from playground.builder.sources import Source, page_name
from playground.errors import SourceError

PYTORCH = {
    "unchanged": "It runs unchanged in PyTorch, and prints the same numbers there.",
    "without the diagram": 'Without the lines that name <code translate="no">viz</code> it runs in PyTorch, '
    "and prints the same numbers there.",
}
"""What the page says for each value of `PyTorch:`."""

_FACT = re.compile(r"(Order|Tags|PyTorch|Tolerance|Timed):\s*(.*)")
_TAG = re.compile(r"[a-z][a-z0-9]*([ -][a-z0-9]+)*")


def read_examples(folder: Path) -> list[Source]:
    """Return all examples, by their order and name.

    Raises:
        SourceError: One has a mistake.
    """
    examples = [_example(path) for path in sorted(folder.glob("*.py"))]
    return sorted(examples, key=lambda example: (example.order, example.name))


@dataclass
class _Facts:
    """What the `Name: value` lines of a docstring say."""

    order: int = 0
    tags: list[str] = field(default_factory=list)
    pytorch: str = ""
    tolerance: float | None = None
    timed: bool = False


def _example(path: Path) -> Source:
    name = page_name(path)
    text = path.read_text(encoding="utf-8")
    try:
        module = ast.parse(text)
    except SyntaxError as error:
        raise SourceError(path, error.lineno or 1, f"SyntaxError: {error.msg}") from None
    docstring = ast.get_docstring(module)
    if not docstring:
        raise SourceError(
            path, 1, "an example begins with a docstring; its first line is the title"
        )
    title, _, rest = docstring.partition("\n")
    # The text of the docstring begins a line below its title.
    first_line = module.body[0].lineno + 1
    facts, explanation = _split_facts(rest, path, first_line)
    code_line = (module.body[0].end_lineno or 1) + 1
    lines = text.splitlines(keepends=True)
    while code_line <= len(lines) and not lines[code_line - 1].strip():
        code_line += 1
    title = title.strip().rstrip(".")
    tokens = parse(explanation)
    return Source(
        kind="example",
        name=name,
        address=f"examples/{name}/",
        title=title,
        description=_first_paragraph(tokens) or title,
        path=path,
        tokens=tokens,
        first_line=first_line,
        headings=headings(tokens, path, first_line),
        cells=[
            Cell(
                id=name,
                title=title,
                source="".join(lines[code_line - 1 :]),
                path=path,
                line=1,
                first_line=code_line,
                timed=facts.timed,
                tolerance=facts.tolerance,
            )
        ],
        order=facts.order,
        tags=facts.tags,
        text=text,
        pytorch=facts.pytorch,
    )


def _split_facts(text: str, path: Path, first_line: int) -> tuple[_Facts, str]:
    """Return what the `Name: value` lines say, and the text in which those lines are empty."""
    facts = _Facts()
    kept: list[str] = []
    for line, written in enumerate(text.splitlines(), first_line):
        match = _FACT.fullmatch(written.strip())
        if match is not None:
            _take_fact(facts, match[1], match[2], path, line)
        kept.append(written if match is None else "")
    return facts, "\n".join(kept)


def _take_fact(facts: _Facts, name: str, value: str, path: Path, line: int) -> None:
    match name:
        case "Order":
            if not value.isdecimal():
                raise SourceError(path, line, f"Order: {value!r} is not a whole number")
            facts.order = int(value)
        case "Tags":
            facts.tags += [tag.strip() for tag in value.split(",")]
            for tag in facts.tags:
                if not _TAG.fullmatch(tag):
                    raise SourceError(
                        path, line, f"the tag {tag!r} is not made of lower-case words"
                    )
        case "PyTorch":
            if value not in PYTORCH:
                known = " or ".join(repr(each) for each in PYTORCH)
                raise SourceError(path, line, f"PyTorch: {value!r} is not {known}")
            facts.pytorch = value
        case "Tolerance":
            try:
                facts.tolerance = float(value)
            except ValueError:
                raise SourceError(path, line, f"Tolerance: {value!r} is not a number") from None
        case _:
            if value != "yes":
                raise SourceError(path, line, f"Timed: {value!r} is not 'yes'; else leave it out")
            facts.timed = True


def _first_paragraph(tokens: list[Token]) -> str:
    for opening, inline in pairwise(tokens):
        if opening.type == "paragraph_open":
            text = "".join(_text(child) for child in inline.children or [])
            return " ".join(text.split())
    return ""


def _text(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content
