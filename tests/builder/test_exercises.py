"""Exercises: what their authors write, what the build makes sure of, and what the page holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.builder.sources import read_lessons
from playground.errors import SourceError
from tests.builder.conftest import Checkout, lesson
from tests.builder.test_cells import refuse
from tests.builder.test_notebook import read
from tests.builder.test_site import pages

CELL = '```python {#twice title="Twice" exercise}\ndef twice(x):\n    return x\n```\n\n'
CHECK = '```python {check}\nassert twice(3) == 6, "3 becomes 6 <&>"\n```\n\n'
SOLUTION = "```python {solution}\ndef twice(x):\n    return 2 * x\n```\n\n"
HINTS = "```hint\nTwo *times*.\n```\n\n```hint\nSee [above](index.md#top).\n```\n\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (CHECK, 6, "```python {check} has no exercise above it"),
        (HINTS, 6, "```hint has no exercise above it"),
        (CELL + CHECK, 6, "the exercise twice has no ```python {solution} below it"),
        (CELL + SOLUTION, 6, "the exercise twice has no ```python {check} below it"),
        (CELL + CHECK + CHECK, 15, "the exercise twice has a second ```python {check}"),
        (CELL.replace(" exercise", "") + CHECK, 11, "has no exercise above it"),
        (
            CELL + '```python {#b title="B"}\n```\n\n' + CHECK,
            6,
            "the exercise twice has no ```python {check} below it",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(
    write_lesson: Callable[[str], Path], text: str, line: int, message: str
) -> None:
    folder = write_lesson(lesson(text))
    with pytest.raises(SourceError) as caught:
        read_lessons(folder)
    assert str(caught.value).startswith(f"{folder / 'index.md'}:{line}: ")
    assert message in str(caught.value)


def test_a_page_holds_the_check_the_hints_and_the_solution(checkout: Checkout) -> None:
    checkout.index.write_text(lesson("## Top\n\n" + CELL + CHECK + HINTS + SOLUTION))
    checkout.build()
    page = pages(checkout.dist)["index.html"]
    (check,) = page.all("script", class_="exercise-check")
    assert json.loads(check.text) == 'assert twice(3) == 6, "3 becomes 6 <&>"\n'
    assert len(page.all("details", class_="exercise-hint")) == 2
    assert page.all("a", href="./#top")
    assert page.text.count("return 2 * x") == 1
    # Neither stands in the text as plain code as well.
    assert page.text.count("Two times.") == page.text.count("3 becomes 6") == 1


def test_a_hand_out_has_no_solution(checkout: Checkout) -> None:
    checkout.index.write_text(lesson("## Top\n\n" + CELL + CHECK + HINTS + SOLUTION))
    checkout.build("--no-solutions")
    for path in checkout.dist.rglob("*"):
        if path.suffix in (".html", ".ipynb", ".json"):
            assert "2 * x" not in path.read_text(encoding="utf-8"), path
    assert "Two " in pages(checkout.dist)["index.html"].text


def test_a_notebook_has_the_check_and_folds_the_rest(checkout: Checkout) -> None:
    checkout.index.write_text(lesson(CELL + CHECK + "Between.\n\n" + HINTS + SOLUTION))
    checkout.build()
    cells = read(checkout.dist / "a-lesson.ipynb").cells
    names = ["_title", "twice", "twice_check", "twice_help", "_text-2"]
    assert [cell.id for cell in cells] == names
    said: list[str] = []
    names_of_page: dict[str, object] = {
        "print": lambda *words: said.append(" ".join(map(str, words)))
    }
    for code in (
        cells[1].source,
        cells[2].source,
        SOLUTION.split("\n", 1)[1][:-5],
        cells[2].source,
    ):
        exec(code, names_of_page)
    assert said == ["Not yet. 3 becomes 6 <&>", "Right. The check has passed."]
    assert "<summary>Hint 2</summary>" in cells[3].source
    assert "return 2 * x" in cells[3].source
    assert cells[4].source == "Between."


def test_a_solution_that_does_not_pass_fails_the_build(checkout: Checkout) -> None:
    checkout.index.write_text(lesson(CELL + CHECK + SOLUTION.replace("2 *", "3 *")))
    message = refuse(checkout)
    assert message.startswith(
        "web/lessons/index.md:12: the solution of twice does not pass the check: "
        "AssertionError: 3 becomes 6 <&>"
    )


def test_a_solution_that_fails_itself_is_named_at_its_own_line(checkout: Checkout) -> None:
    checkout.index.write_text(lesson(CELL + CHECK + SOLUTION.replace("def", "1 / 0\ndef")))
    assert refuse(checkout).startswith("web/lessons/index.md:16: the solution of twice does not")


def test_a_check_that_always_passes_fails_the_build(checkout: Checkout) -> None:
    checkout.index.write_text(lesson(CELL + "```python {check}\ntwice\n```\n\n" + SOLUTION))
    message = refuse(checkout)
    assert message.startswith("web/lessons/index.md:11: the check of twice passes with the code to")


def test_a_check_has_what_its_cell_needs(checkout: Checkout) -> None:
    need = '```python {#need title="Need"}\nsix = 6\n```\n\n'
    cell = CELL.replace("exercise", 'needs="need" exercise')
    check = CHECK.replace("== 6", "== six")
    checkout.index.write_text(lesson(need + cell + check + SOLUTION))
    checkout.build()


def test_a_changed_check_is_tried_again(checkout: Checkout) -> None:
    checkout.index.write_text(lesson(CELL + CHECK + SOLUTION))
    checkout.build()
    checkout.index.write_text(lesson(CELL + CHECK.replace("== 6", "== 7") + SOLUTION))
    assert "does not pass the check" in refuse(checkout)


def test_the_exercise_of_the_docs_builds(repository: Path, checkout: Checkout) -> None:
    written = (repository / "docs" / "lessons.md").read_text(encoding="utf-8")
    found = written.partition("````markdown\n```python {#slope ")[2].partition("````")[0]
    assert found
    checkout.index.write_text(lesson("```python {#slope " + found))
    checkout.build()
    assert pages(checkout.dist)["index.html"].all("section", class_="exercise")
