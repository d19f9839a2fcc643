"""The names that the library and its page share: the same ones on both sides, and each said once on each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from backprop.host import contract

from playground.session import display

ROOT = Path(__file__).resolve().parents[2]
LIBRARY, PAGE = ROOT / "pysrc" / "backprop", ROOT / "web" / "src"
PYTHON, TYPESCRIPT = LIBRARY / "host" / "contract.py", PAGE / "contract.ts"
NAMES = {name: value for name, value in vars(contract).items() if name.isupper()}
ATTRIBUTES = {value for value in NAMES.values() if value.startswith("data-")}
TYPES = {value for value in NAMES.values() if value.startswith("application/")}
#: What elements of the page carry that are in no diagram.
OF_THE_PAGE = {"data-copied", "data-kind", "data-theme"}


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_python_and_typescript_have_the_same_names() -> None:
    text = read(TYPESCRIPT)
    found = dict(re.findall(r"(\w+)(?: =|:) '([^']+)'", text))
    assert {_constant(name): value for name, value in found.items()} == NAMES


def _constant(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()


def test_what_runs_the_cells_has_the_same_types() -> None:
    # It runs without the library too, so it cannot import them.
    assert {display.TABLE, display.PATCH} == TYPES
    assert display.TABLE == contract.TABLE


def test_no_other_python_spells_them() -> None:
    assert not [
        f"{path.name}: {name}"
        for path in LIBRARY.rglob("*.py")
        if path != PYTHON
        for text in _strings(ast.parse(read(path)))
        for name in re.findall(r"\bdata-[a-z-]+|application/vnd\.[a-z.+]+", text)
    ]


def _strings(tree: ast.Module) -> Iterator[str]:
    """The strings of a program, but for those that stand alone: its docstrings."""
    alone = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in alone:
            yield each.value


def test_no_other_typescript_spells_them() -> None:
    for path in PAGE.rglob("*.ts"):
        if path == TYPESCRIPT or path.name.endswith(".test.ts"):
            continue
        assert not re.findall(r"\bdata-[a-z-]+|application/vnd\.[a-z.+]+", read(path)), path.name
        if path.parent.name in ("diagram", "output"):
            assert ".dataset" not in read(path), path.name


def test_style_sheets_know_no_other_attributes() -> None:
    sheets = [*LIBRARY.rglob("*.css"), *PAGE.rglob("*.css")]
    named = {name for sheet in sheets for name in re.findall(r"\[(data-[a-z-]+)", read(sheet))}
    assert "data-from" in named
    assert named <= ATTRIBUTES | OF_THE_PAGE


def test_diagrams_carry_no_other_attributes() -> None:
    drawings = (ROOT / "tests" / "golden" / "viz").glob("*.svg")
    carried = {name for each in drawings for name in re.findall(r" (data-[a-z-]+)=", read(each))}
    # Those of a live diagram are only in the page.
    assert carried == ATTRIBUTES - {contract.LIVE, contract.KEY}


def test_all_are_explained() -> None:
    text = read(ROOT / "docs" / "diagrams.md")
    assert not [
        name for name in ATTRIBUTES | TYPES if not re.search(rf"`{re.escape(name)}[`=]", text)
    ]
