"""The session that runs cells, in CPython."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playground.session import Session
from playground.session.output import LONGEST_PART, MOST_HELD, MOST_SENT, MOST_VALUES

Run = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def run() -> Run:
    """Runs a cell in one session and returns its events, the outcome last."""
    events: list[Any] = []
    session = Session(events.append)

    def run_cell(source: str, cell: str = "cell", **options: Any) -> list[dict[str, Any]]:
        events.clear()
        outcome = session.run(source, cell, **options)
        return [*events, {"type": "done", "status": outcome.status}]

    return run_cell


def printed(events: list[dict[str, Any]], kind: str = "stdout") -> str:
    return "".join(event["text"] for event in events if event["type"] == kind)


def shown(events: list[dict[str, Any]]) -> list[dict[str, str]]:
    return [event["bundle"] for event in events if event["type"] == "display"]


def error(events: list[dict[str, Any]]) -> dict[str, Any]:
    (found,) = [event for event in events if event["type"] == "error"]
    return found


def test_prints_and_shows_the_last_value(run: Run) -> None:
    events = run("print('one')\n1 + 1")
    assert printed(events) == "one\n"
    assert shown(events) == [{"text/plain": "2"}]
    assert events[-1]["status"] == "ok"


@pytest.mark.parametrize("source", ["None", "x = 3", "3;", "3;  # quiet", ""])
def test_shows_nothing(run: Run, source: str) -> None:
    assert shown(run(source)) == []


def test_a_semicolon_in_a_string_is_no_semicolon(run: Run) -> None:
    assert shown(run("'a;'")) == [{"text/plain": "'a;'"}]


def test_cells_share_their_variables(run: Run) -> None:
    run("x = 41", "first")
    assert shown(run("x + 1", "second")) == [{"text/plain": "42"}]
    assert shown(run("_ + 1", "third")) == [{"text/plain": "43"}]


def test_display_stands_between_prints(run: Run) -> None:
    events = run("print('a')\ndisplay(1, 2)\nprint('b')")
    kinds = [event["type"] for event in events]
    assert kinds.index("display") > 0
    assert "".join(k[0] for k in kinds).count("d") == 3  # two displays and the end
    assert printed(events) == "a\nb\n"


def test_rich_values(run: Run) -> None:
    source = """
class Picture:
    def _repr_svg_(self): return "<svg/>"
    def _repr_png_(self): return b"\\x89PNG"
    def _repr_html_(self): return "<b>x</b>", {}
    def __repr__(self): return "a picture"
Picture()"""
    assert shown(run(source)) == [
        {
            "text/plain": "a picture",
            "image/svg+xml": "<svg/>",
            "text/html": "<b>x</b>",
            "image/png": "iVBORw==",
        }
    ]


def test_a_class_is_shown_by_its_name(run: Run) -> None:
    source = "class P:\n    def _repr_svg_(self): return '<svg/>'\nP"
    assert shown(run(source)) == [{"text/plain": "<class '__main__.P'>"}]


def test_a_traceback_quotes_the_cells_and_nothing_of_the_runner(run: Run) -> None:
    run("def fail():\n    é = 1; return 1 / 0", "maker")
    found = error(run("x = 1\nfail()", "user"))
    assert found["traceback"].splitlines()[1:5] == [
        '  File "user.py", line 2, in <module>',
        "    fail()",
        "    ~~~~^^",
        '  File "maker.py", line 2, in fail',
    ]
    assert "session" not in found["traceback"]
    assert (found["name"], found["cell"], found["line"]) == ("ZeroDivisionError", "maker", 2)
    # Characters, although é has two bytes.
    assert (found["column"], found["endColumn"]) == (18, 23)


def test_a_chained_error_is_trimmed_too(run: Run) -> None:
    source = "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('worse') from e"
    text = error(run(source))["traceback"]
    assert "ZeroDivisionError" in text
    assert "session" not in text


def test_a_syntax_error_has_its_place_and_no_frames(run: Run) -> None:
    found = error(run("x = 1\ny = = 2", "broken"))
    assert found["name"] == "SyntaxError"
    assert (found["cell"], found["line"], found["column"]) == ("broken", 2, 4)
    assert found["traceback"].startswith('  File "broken.py", line 2')


def test_an_error_in_a_library_points_at_the_learners_line(run: Run) -> None:
    found = error(run("import json\n\njson.loads('{')"))
    assert (found["cell"], found["line"]) == ("cell", 3)
    assert "json/decoder.py" in found["traceback"]


def test_endless_recursion_ends(run: Run) -> None:
    assert error(run("def f(): f()\nf()"))["name"] == "RecursionError"


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("exit_code = 0", "ok"),
        ("import sys; sys.exit()", "ok"),
        ("import sys; sys.exit(2)", "error"),
    ],
)
def test_exit(run: Run, source: str, status: str) -> None:
    assert run(source)[-1]["status"] == status


def test_an_interrupt_is_a_stop(run: Run) -> None:
    assert run("raise KeyboardInterrupt")[-1] == {"type": "done", "status": "stopped"}


def test_all_that_is_printed_goes_out_in_few_events(run: Run) -> None:
    events = run("for n in range(100_000): print(n)\nprint('the end')")
    assert printed(events) == "".join(f"{n}\n" for n in range(100_000)) + "the end\n"
    assert len(events) < 2_000


def test_of_far_more_the_end_goes_out_and_how_much_was_left_out(run: Run) -> None:
    source = f"for _ in range({MOST_SENT // 1_000_000 + 10}): print('x' * 999_999)\nprint('the end')\nend = 1"
    events = run(source)
    assert printed(events).endswith("x\nthe end\n")
    skipped = sum(event.get("skipped", 0) for event in events)
    assert skipped > 0
    assert len(printed(events)) + skipped == MOST_SENT + 10_000_000 + len("the end\n")
    assert max(len(event.get("text", "")) for event in events) <= LONGEST_PART
    assert events[-1]["status"] == "ok"
    assert shown(run("end")) == [{"text/plain": "1"}]


def test_one_text_that_is_too_long_has_its_beginning_and_its_end(run: Run) -> None:
    events = run(f"print('a' * {MOST_SENT} + 'b' * {MOST_HELD} + 'c')")
    text = printed(events)
    assert text.startswith("a" * MOST_SENT + "b")
    assert text.endswith("bc\n")
    assert len(text) + sum(event.get("skipped", 0) for event in events) == MOST_SENT + MOST_HELD + 2


def test_streams_that_alternate_without_end_make_few_events(run: Run) -> None:
    source = (
        "import sys\nfor n in range(100_000):\n print(n)\n print(n, file=sys.stderr, flush=True)"
    )
    events = run(source)
    assert len(events) < 5_000
    for stream in ("stdout", "stderr"):
        assert printed(events, stream) == "".join(f"{n}\n" for n in range(100_000))


def test_of_many_values_the_last_is_shown_too(run: Run) -> None:
    events = run("for n in range(500): display(n)\nprint('the end')\n'the result'")
    values = [bundle["text/plain"] for bundle in shown(events)]
    assert values == [*(str(n) for n in range(MOST_VALUES)), "'the result'"]
    assert f"{500 - MOST_VALUES} values are not shown" in printed(events, "stderr")
    assert [event["type"] for event in events[-3:]] == ["stderr", "display", "done"]


def test_the_last_value_stands_above_the_error_that_ended_the_run(run: Run) -> None:
    events = run("for n in range(500): display(n)\n1 / 0")
    assert [event["type"] for event in events[-3:]] == ["display", "error", "done"]
    assert shown(events)[-1] == {"text/plain": "499"}


def test_every_run_has_the_full_measure(run: Run) -> None:
    run("for _ in range(100_000): print()")
    assert printed(run("print('again')")) == "again\n"


def test_streams_keep_their_order(run: Run) -> None:
    events = run("import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')")
    assert "".join(event["text"] for event in events[:-1]) == "a\nb\nc\n"
    assert printed(events, "stderr") == "b\n"


def test_await_stands_outside_of_functions(run: Run) -> None:
    assert shown(run("import asyncio\nawait asyncio.sleep(0, 'done')")) == [
        {"text/plain": "'done'"}
    ]


def test_input_takes_prepared_answers(run: Run) -> None:
    events = run("name = input('Name? ')\nprint('Hello', name)", answers=["Ada"])
    assert printed(events) == "Name? Ada\nHello Ada\n"


def test_input_without_an_answer_says_what_to_do(run: Run) -> None:
    found = error(run("input('Name? ')"))
    assert found["name"] == "AnswersNeeded"
    assert "one a line" in found["message"]


def test_input_asks_where_somebody_can_be_asked() -> None:
    events: list[Any] = []
    session = Session(events.append, lambda prompt: None if "again" in prompt else f"<{prompt}>")
    session.run("print(input('Who?'))\ninput('again')", "cell")
    assert "<Who?>" in "".join(event.get("text", "") for event in events)
    assert events[-1]["name"] == "EOFError"


def test_the_process_gets_its_streams_back(run: Run) -> None:
    before = sys.stdout, sys.stderr, sys.modules["__main__"]
    run("1 / 0")
    assert (sys.stdout, sys.stderr, sys.modules["__main__"]) == before


def test_classes_of_a_cell_can_be_pickled(run: Run) -> None:
    source = "import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))).__name__)"
    assert printed(run(source)) == "A\n"


def test_a_null_character_is_an_error_not_a_crash(run: Run) -> None:
    assert run("x = '\0'")[-1]["status"] == "error"


SLIDER = {"kind": "slider", "label": "rate", "value": 0.1, "minimum": 0, "maximum": 1, "step": 0.1}


@pytest.fixture
def asking() -> Run:
    """As `run`, with `ask` in the namespace, and `move` as what the page does meanwhile."""
    events: list[Any] = []
    session = Session(events.append)
    session.namespace |= {"ask": session.controls.ask, "move": session.controls.change}
    session.namespace["slider"] = SLIDER

    def run_cell(source: str, **options: Any) -> list[dict[str, Any]]:
        events.clear()
        session.run(source, "cell", **options)
        return list(events)

    return run_cell


def asked(events: list[dict[str, Any]]) -> list[Any]:
    return [event["control"]["value"] for event in events if event["type"] == "control"]


def test_a_control_is_what_the_page_says(asking: Run) -> None:
    events = asking("ask(slider)")
    assert (asked(events), shown(events)) == ([0.1], [{"text/plain": "0.1"}])
    events = asking("ask(slider)", controls={"rate": 0.6})
    assert (asked(events), shown(events)) == ([0.6], [{"text/plain": "0.6"}])
    assert events[0]["control"]["first"] == 0.1


def test_a_loop_gets_what_was_moved_and_the_page_hears_of_changes_only(asking: Run) -> None:
    loop = "for i in range(6):\n    if i == 3: move('rate', 0.9)\n    print(ask(slider))"
    events = asking(loop)
    assert printed(events) == "0.1\n" * 3 + "0.9\n" * 3
    assert asked(events) == [0.1, 0.9]


def test_a_setting_of_another_kind_of_control_is_not_used(asking: Run) -> None:
    choice = "{'kind': 'choice', 'label': 'rate', 'value': 'a', 'options': ['a', 'b']}"
    assert asked(asking(f"ask({choice})", controls={"rate": 0.6})) == ["a"]
    assert asked(asking("ask(slider)", controls={"rate": "b"})) == [0.1]
    assert asked(asking("ask(slider)", controls={"rate": True})) == [0.1]


def test_one_label_for_two_kinds_is_said(asking: Run) -> None:
    events = asking("ask(slider)\nask(slider | {'kind': 'number'})")
    assert "belongs to a slider and to a number" in error(events)["message"]


def test_a_label_made_in_a_loop_is_said(asking: Run) -> None:
    events = asking("for i in range(99): ask(slider | {'label': str(i)})")
    assert "more than 50 controls" in error(events)["message"]


def test_a_scratch_run_leaves_no_name_behind() -> None:
    events: list[Any] = []
    session = Session(events.append)
    session.run("x = 1\ndef double(): return 2 * x", "one")
    outcome = session.run("x = 5\ny = double()\nassert y == 2, y", "two", scratch=True)
    assert outcome.status == "ok"
    assert session.namespace["x"] == 1
    assert "y" not in session.namespace
    assert session.run("assert x == 7, 'not seven'", "two", scratch=True).status == "error"
    assert events[-1]["message"] == "not seven"


def test_what_is_written_past_the_streams_is_put_out_in_its_order(run: Run) -> None:
    events = run(
        "import os, sys\nprint('first')\nos.write(1, b'second\\n')\n"
        "print('third', file=sys.__stdout__)\nos.write(2, bytearray('wrong é'.encode()))"
    )
    assert printed(events) == "first\nsecond\nthird\n"
    assert printed(events, "stderr") == "wrong é"
    assert shown(events) == [{"text/plain": "8"}], "as many bytes as were written"


def test_files_are_written_as_ever(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "file"
    run(
        f"import os\nfile = os.open({str(path)!r}, os.O_CREAT | os.O_WRONLY)\n"
        "os.write(file, b'text')\nos.close(file)"
    )
    assert path.read_bytes() == b"text"
    assert os.write.__module__ == "posix", "given back after the run"
