"""Mistakes that authors make, and where the builder says they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from playground.builder.examples import read_examples
from playground.builder.markdown import resolve_links
from playground.builder.sources import read_lessons, validate_addresses
from playground.errors import SourceError
from tests.builder.conftest import lesson

CELL = '```python {#one title="One"}\nx = 1\n```\n'


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("No front matter.\n", 1, "begins with title and description"),
        ("---\ndescription: A sentence.\n---\n", 1, "no title"),
        ("---\ntitle: T\n---\n", 1, "no description"),
        ("---\ntitle: T\ndescription: [\n---\n", 3, "not YAML"),
        (
            "---\ntitle: T\ndescription: D\nauthor: A\n---\n",
            1,
            "unknown in the front matter: author",
        ),
        ("---\ntitle: T\ndescription: D\norder: first\n---\n", 1, "not a whole number"),
        (
            "---\ntitle: T\ndescription: D\nopening: cat\n---\n",
            1,
            "'cat' is not there; first-step is",
        ),
        (lesson("# Too high\n"), 6, "headings start at ##"),
        (lesson("## Same\n\n## Same\n"), 8, "a second heading has the id same"),
        (lesson('```python {title="No id"}\n```\n'), 6, "not in kebab-case"),
        (lesson('```python {#Bad_Id title="T"}\n```\n'), 6, "'Bad_Id' is not in kebab-case"),
        (lesson("```python {#one}\n```\n"), 6, "the cell one has no title"),
        (lesson('```python {#one title="T" colour="red"}\n```\n'), 6, "unknown in a cell: colour"),
        (lesson('```python {#one title="T" tolerance="much"}\n```\n'), 6, "'much' is not a number"),
        (
            lesson('```python {#one title="T" output="One!"}\n```\n'),
            6,
            "'One!' is not in kebab-case",
        ),
        (
            lesson(CELL + '\n```python {#two title="T" output="one"}\n```\n'),
            10,
            "the id one is taken by line 6",
        ),
        (lesson('```python {#one title="T" = }\n```\n'), 6, "cannot read '='"),
        (lesson('```py {#one title="T"}\n```\n'), 6, "a cell opens with ```python"),
        (lesson(CELL + "\n" + CELL), 10, "the id one is taken by line 6"),
        (lesson('```python {#one title="T" needs="two"}\n```\n'), 6, "one needs two, but no cell"),
        (lesson('```python {#a title="A" needs="a"}\n```\n'), 6, "in a circle: a -> a"),
        (
            lesson(
                '```python {#a title="A" needs="b"}\n```\n\n```python {#b title="B" needs="a"}\n```\n'
            ),
            6,
            "in a circle: a -> b -> a",
        ),
    ],
)
def test_a_mistake_in_a_lesson_is_named_with_its_line(
    write_lesson: Callable[[str], Path], text: str, line: int, message: str
) -> None:
    folder = write_lesson(text)
    with pytest.raises(SourceError) as caught:
        read_lessons(folder)
    assert str(caught.value).startswith(f"{folder / 'index.md'}:{line}: ")
    assert message in str(caught.value)


def test_a_cell_knows_its_place(write_lesson: Callable[[str], Path]) -> None:
    text = lesson(
        "Text.\n\n" + '```python {#one title="One" timed tolerance="1e-3"}\nx = 1\n\n```\n'
    )
    (source,) = read_lessons(write_lesson(text))
    (cell,) = source.cells
    assert (cell.line, cell.first_line, cell.source) == (8, 9, "x = 1\n\n")
    assert (cell.title, cell.timed, cell.tolerance) == ("One", True, 1e-3)


def test_plain_fences_are_no_cells(write_lesson: Callable[[str], Path]) -> None:
    (source,) = read_lessons(write_lesson(lesson("```python\nx\n```\n\n```\ny\n```\n")))
    assert source.cells == []


def test_headings_keep_their_written_ids(write_lesson: Callable[[str], Path]) -> None:
    (source,) = read_lessons(write_lesson(lesson("## A `b` c {#other}\n\n### Two words\n")))
    found = [(heading.id, heading.title, heading.level) for heading in source.headings]
    assert found == [("other", "A b c", 2), ("two-words", "Two words", 3)]


def test_lessons_come_in_their_order(tmp_path: Path) -> None:
    for name, order in [("zebra", 1), ("index", 9), ("apple", 2)]:
        text = f"---\ntitle: {name}\ndescription: D\norder: {order}\n---\n"
        (tmp_path / f"{name}.md").write_text(text)
    assert [source.address for source in read_lessons(tmp_path)] == [
        "",
        "lessons/zebra/",
        "lessons/apple/",
    ]


def test_a_link_that_leads_nowhere_is_named_with_its_line(
    write_lesson: Callable[[str], Path],
) -> None:
    text = lesson("See [there](https://example.org/), [below](#x)\n\nand [here](gone.md#x).\n")
    (source,) = read_lessons(write_lesson(text))
    with pytest.raises(SourceError, match=r"index\.md:8: the link gone\.md#x leads nowhere"):
        resolve_links(source.tokens, source.path, lambda written: None)


def test_an_example_is_a_docstring_and_code(tmp_path: Path) -> None:
    (tmp_path / "exclusive_or.py").write_text(
        '"""Learn exclusive or.\n\nFour points, *no line*.\n\nTags: networks, training\n"""\n\nx = 1\n'
    )
    (source,) = read_examples(tmp_path)
    assert (source.name, source.address) == ("exclusive-or", "examples/exclusive-or/")
    assert (source.title, source.tags) == ("Learn exclusive or", ["networks", "training"])
    assert source.description == "Four points, no line."
    (cell,) = source.cells
    assert (cell.id, cell.source, cell.first_line) == ("exclusive-or", "x = 1\n", 8)


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("one.py", "x = 1\n", 1, "begins with a docstring"),
        ("one.py", '"""T."""\n\nx = = 1\n', 3, "SyntaxError"),
        ("One.py", '"""T."""\n', 1, "lower-case letters"),
        ("one.py", '"""T.\n\nText.\n\n# High\n"""\n', 5, "headings start at ##"),
        ("one.py", '"""T.\n\nTags: a, B\n"""\n', 3, "the tag 'B' is not made of lower-case words"),
        ("one.py", '"""T.\n\nTags: a\nPyTorch: yes\n"""\n', 4, "PyTorch: 'yes' is not 'unchanged'"),
        ("one.py", '"""T.\n\nTolerance: much\n"""\n', 3, "'much' is not a number"),
        ("one.py", '"""T.\n\nTimed: no\n"""\n', 3, "'no' is not 'yes'"),
        ("one.py", '"""T.\n\nOrder: first\n"""\n', 3, "'first' is not a whole number"),
    ],
)
def test_a_mistake_in_an_example_is_named_with_its_line(
    tmp_path: Path, name: str, text: str, line: int, message: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(SourceError) as caught:
        read_examples(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / name}:{line}: ")
    assert message in str(caught.value)


def test_an_example_says_what_it_is(tmp_path: Path) -> None:
    text = (
        '"""T.\n\nText.\n\nOrder: 7\nPyTorch: unchanged\nTolerance: 1e-3\nTimed: yes\n"""\nx = 1\n'
    )
    (tmp_path / "first.py").write_text(text)
    (tmp_path / "second.py").write_text('"""U.\n\nOrder: 2\n"""\n')
    second, first = read_examples(tmp_path)
    assert (second.name, first.pytorch, first.description) == ("second", "unchanged", "Text.")
    (cell,) = first.cells
    assert (cell.tolerance, cell.timed) == (1e-3, True)
    assert first.text == text


def test_two_examples_cannot_share_an_address(tmp_path: Path) -> None:
    for name in ("a_b.py", "a-b.py"):
        (tmp_path / name).write_text('"""T."""\n')
    with pytest.raises(SourceError, match=r"its address /examples/a-b/ is that of"):
        validate_addresses(read_examples(tmp_path))
