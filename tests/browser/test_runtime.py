"""Running, stopping, asking, failing: what the runtime does on a static host without special headers."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.cells import (
    READY,
    Site,
    cell,
    only_cell,
    output,
    output_of,
    run,
    write,
    write_and_run,
)

RECORDED_FOR_EVER = """\
import time, torch
from backprop import viz
model = torch.nn.Linear(2, 1)
begun = time.perf_counter()
with viz.record(model):
    while True:
        model(torch.ones(1, 2)).pow(2).sum().backward()
        if begun and time.perf_counter() > begun + 2:
            print("two seconds")
            begun = None
"""


@pytest.fixture
def play(kept_play: Page) -> Page:
    return kept_play


def start(page: Page, code: str) -> None:
    write(only_cell(page), code)
    only_cell(page).get_by_role("button", name="Run").click()


def stop(page: Page) -> None:
    only_cell(page).get_by_role("button", name="Stop").click()
    expect(only_cell(page)).to_have_attribute("data-state", "stopped")


def test_output_streams_while_the_code_runs(play: Page) -> None:
    start(play, "import time\nprint('first')\nprint('second')\ntime.sleep(60)")
    expect(output(only_cell(play))).to_have_text("first\nsecond\n")
    expect(only_cell(play)).to_have_attribute("data-state", "running")
    stop(play)


@pytest.mark.parametrize(
    "endless",
    [
        "while True: pass",
        "import time\ntime.sleep(60)",
        "while True: print('x' * 100)",
        "for _ in iter(int, 1):\n    try:\n        1 / 0\n    except ZeroDivisionError:\n        pass",
        "import numpy as np\na = np.ones((200, 200))\nwhile True: a @ a",
    ],
    ids=["loop", "sleep", "print", "exceptions", "matrices"],
)
def test_stop_keeps_the_variables(play: Page, endless: str) -> None:
    only = only_cell(play)
    write_and_run(only, "kept = 42")
    start(play, f"print('begun')\n{endless}")
    expect(output(only)).to_contain_text("begun")
    stop(play)
    assert write_and_run(only, "print(kept)") == "42\n"


def test_a_loop_that_swallows_every_exception_is_ended_with_its_worker(play: Page) -> None:
    only = only_cell(play)
    start(play, "while True:\n    try:\n        while True: pass\n    except BaseException: pass")
    stop(play)
    expect(output(only)).to_contain_text("all variables are gone")
    expect(play.get_by_role("status")).to_have_text(READY, timeout=60_000)
    assert write_and_run(only, "print(1 + 1)") == "2\n"


def test_stop_ends_a_question(play: Page) -> None:
    start(play, "input('Well? ')")
    expect(play.get_by_label("Well?")).to_be_focused()
    stop(play)
    expect(play.get_by_label("Well?")).to_have_count(0)


def test_input_asks_in_the_page(play: Page) -> None:
    only = only_cell(play)
    start(play, "name = input('Your name? ')\nprint('Hello,', name)")
    box = play.get_by_label("Your name?")
    box.fill("Ada")
    box.press("Enter")
    expect(only).to_have_attribute("data-state", "done")
    assert output_of(only) == "Your name? Ada\nHello, Ada\n"


def test_endless_output_is_cut_and_the_page_stays_responsive(play: Page) -> None:
    only = only_cell(play)
    start(play, "while True: print('flood')")
    expect(output(only)).to_contain_text(re.compile(r"\[\.\.\. [\d,]+ lines are not shown"))
    play.get_by_role("button", name="Dark").click()
    expect(play.locator("html")).to_have_attribute("data-theme", "dark")
    stop(play)
    assert len(output_of(only)) < 210_000
    expect(output(only).get_by_role("button", name="Download what was printed")).to_be_visible()


def test_an_error_shows_the_traceback_and_marks_the_line(play: Page) -> None:
    only = only_cell(play)
    text = write_and_run(only, "def half(x):\n    return x / 0\n\nhalf(1)", state="error")
    assert text.startswith(
        'Traceback (most recent call last):\n  File "play.py", line 4, in <module>'
    )
    assert text.endswith("ZeroDivisionError: division by zero\n")
    assert "pyodide" not in text
    assert "session" not in text
    marked = only.locator(".cm-errorLine")
    expect(marked).to_have_text("    return x / 0")
    expect(only.locator(".cm-errorSpot")).to_have_text("x / 0")
    write(only, "1")
    expect(marked).to_have_count(0)


def test_an_error_in_another_cells_function_is_marked_there(lesson: Page) -> None:
    first = cell(lesson, "The first gradient")
    second = cell(lesson, "Forward, loss, backward, update")
    write_and_run(first, "def broken():\n    raise ValueError('here')")
    write_and_run(second, "broken()", state="error")
    expect(first.locator(".cm-errorLine")).to_have_text("    raise ValueError('here')")


def test_a_syntax_error_is_marked(play: Page) -> None:
    only = only_cell(play)
    text = write_and_run(only, "x = 1\nif x\n    pass", state="error")
    assert "SyntaxError: expected ':'" in text
    expect(only.locator(".cm-errorLine")).to_have_text("if x")


def test_what_the_page_does_not_have_is_named_with_what_serves_instead(play: Page) -> None:
    text = write_and_run(only_cell(play), "import matplotlib.pyplot as plt", state="error")
    assert "No module named 'matplotlib'" in text
    assert "backprop.viz" in text
    text = write_and_run(only_cell(play), "import torch\ntorch.vmap", state="error")
    assert "torch.vmap does not exist here: this is backprop" in text


@pytest.mark.parametrize(
    ("code", "mime"),
    [
        (
            "class T:\n    def _repr_html_(self): return '<table><tr><td>cell</td></tr></table>'\nT()",
            "td",
        ),
        (
            "class S:\n    def _repr_svg_(self): return '<svg><circle r=\"5\"/></svg>'\nS()",
            "circle",
        ),
        (
            "import base64\nclass P:\n    def _repr_png_(self): return base64.b64decode('"
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=')\nP()",
            "img",
        ),
    ],
    ids=["html", "svg", "png"],
)
def test_rich_values(play: Page, code: str, mime: str) -> None:
    run_cell = only_cell(play)
    write_and_run(run_cell, code)
    expect(output(run_cell).locator(mime)).to_have_count(1)


def test_too_large_a_picture_is_refused_with_the_reason(play: Page) -> None:
    only = only_cell(play)
    write_and_run(
        only, "class S:\n    def _repr_svg_(self): return '<svg>' + '<g/>' * 3000 + '</svg>'\nS()"
    )
    expect(output(only)).to_contain_text("more than 2,000 elements; at most 2,000 are drawn")
    expect(output(only).get_by_role("link", name="Download it")).to_be_visible()


def test_await_and_exit(play: Page) -> None:
    only = only_cell(play)
    assert (
        write_and_run(only, "import asyncio\nawait asyncio.sleep(0.01)\nprint('slept')")
        == "slept\n"
    )
    assert write_and_run(only, "import sys\nprint('bye')\nsys.exit()\nprint('never')") == "bye\n"
    assert "RecursionError" in write_and_run(only, "def f(): f()\nf()", state="error")


def test_restart_clears_the_session(play: Page) -> None:
    only = only_cell(play)
    write_and_run(only, "x = 1")
    play.get_by_role("button", name="Restart").click()
    expect(play.get_by_role("status")).not_to_have_text(READY)
    expect(play.get_by_role("status")).to_have_text(READY, timeout=60_000)
    assert "NameError" in write_and_run(only, "x", state="error")


def test_a_dead_interpreter_is_replaced(play: Page) -> None:
    only = only_cell(play)
    text = write_and_run(
        only, "import js\nprint('before')\njs.close()\nwhile True: pass", state="running"
    )
    assert text is not None
    only.get_by_role("button", name="Stop").click()
    expect(only).to_have_attribute("data-state", "stopped")
    expect(play.get_by_role("status")).to_have_text(READY, timeout=60_000)
    assert write_and_run(only, "print('alive')") == "alive\n"


def test_run_before_python_is_ready_waits_its_turn(page: Page, site: Site) -> None:
    held: list[Route] = []
    page.route("**/snapshot-*", lambda route: held.append(route))
    page.goto(site.url(""))
    first = cell(page, "The first gradient")
    first.get_by_role("button", name="Run").click()
    expect(first).to_have_attribute("data-state", "queued")
    expect(first).to_contain_text("Waits for Python")
    held[0].continue_()
    expect(first).to_have_attribute("data-state", "done", timeout=60_000)


def test_run_runs_what_the_cell_needs_first_and_says_so(lesson: Page) -> None:
    second = cell(lesson, "Forward, loss, backward, update")
    text = run(second)
    assert "new loss 7.7141" in text
    expect(cell(lesson, "The first gradient")).to_have_attribute("data-state", "done")
    expect(output(second)).to_contain_text(
        "Ran first, because this needs it: “The first gradient”."
    )
    run(second)
    expect(output(second)).not_to_contain_text("Ran first")


def test_run_all_runs_all(lesson: Page) -> None:
    lesson.get_by_role("button", name="Run all").click()
    for each in lesson.locator("py-cell").all():
        expect(each).to_have_attribute("data-state", "done")


def test_without_stack_switching_stop_restarts_python(old_engine: Page) -> None:
    only = only_cell(old_engine)
    start(old_engine, "print('begun')\nwhile True: pass")
    expect(output(only)).to_contain_text("begun")
    stop(old_engine)
    expect(output(only)).to_contain_text("begun")
    expect(output(only)).to_contain_text("all variables are gone")
    expect(old_engine.get_by_role("status")).to_have_text(READY, timeout=60_000)
    assert write_and_run(only, "import time\ntime.sleep(0.01)\nprint('slept')") == "slept\n"
    # What a training run had recorded outlives it, and can be scrubbed.
    start(old_engine, RECORDED_FOR_EVER)
    expect(output(only)).to_contain_text("two seconds")
    stop(old_engine)
    expect(output(only)).to_contain_text("what was recorded until then")
    output(only).get_by_role("slider", name="Step").fill("1")
    expect(output(only).locator("[aria-live]")).to_contain_text("Step 1: the loss is")


def test_without_stack_switching_input_takes_prepared_answers(old_engine: Page) -> None:
    only = only_cell(old_engine)
    text = write_and_run(only, "print('Hello', input('Who? '))", state="error")
    assert "AnswersNeeded" in text
    only.get_by_label("Answers for input()").fill("Ada")
    assert run(only) == "Who? Ada\nHello Ada\n"


@pytest.mark.console_errors
@pytest.mark.parametrize("missing", ["pyodide.asm", "frame-", "worker-"])
def test_a_missing_file_is_named_and_retry_starts(page: Page, site: Site, missing: str) -> None:
    site.broken.add(missing)
    page.goto(site.url("play/"))
    expect(page.get_by_role("status")).to_contain_text("Python could not start.", timeout=30_000)
    expect(page.get_by_role("status")).to_contain_text(missing)
    site.broken.clear()
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    assert write_and_run(only_cell(page), "print('up')") == "up\n"


def way_of(page: Page, address: str) -> str:
    """How Python was started in a page that is opened there."""
    with page.expect_console_message(lambda message: "started by way of" in message.text) as told:
        page.goto(address)
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    return told.value.text.removeprefix("Python was started by way of: ").rstrip(".")


FULL_START = "import torch\nfrom torch.utils import data\nprint(torch.ones(2).sum(), data.Dataset)"


def test_python_starts_from_its_snapshot(page: Page, site: Site) -> None:
    assert way_of(page, site.url("play/")) == "snapshot"


@pytest.mark.console_errors
@pytest.mark.parametrize("fault", ["broken", "damaged"])
def test_without_the_snapshot_python_starts_step_by_step(
    page: Page, site: Site, fault: str
) -> None:
    getattr(site, fault).add("snapshot-")
    assert way_of(page, site.url("play/")) == "plain"
    assert write_and_run(only_cell(page), FULL_START).startswith("tensor(2.) ")


def test_where_the_snapshot_cannot_be_restored_python_starts_step_by_step(
    page: Page, site: Site
) -> None:
    def replace_snapshot(route: Route) -> None:
        """By an archive that is whole, and holds something else."""
        text = route.fetch().text()
        found = re.search(
            r'<script[^>]*id="playground-assets"[^>]*>(.*?)</script>', text, re.DOTALL
        )
        assert found is not None
        assets = json.loads(found[1])
        assets["files"]["snapshot.bin"] = assets["files"]["packages.bin"]
        route.fulfill(body=text.replace(found[1], json.dumps(assets)), content_type="text/html")

    page.route("**/play/", replace_snapshot)
    assert way_of(page, site.url("play/")) == "plain"
    assert write_and_run(only_cell(page), FULL_START).startswith("tensor(2.) ")


@pytest.mark.console_errors
@pytest.mark.parametrize("missing", ["numpy-", "session-"])
def test_a_missing_file_of_both_ways_is_named_and_retry_starts(
    page: Page, site: Site, missing: str
) -> None:
    site.broken.update({"snapshot-", missing})
    page.goto(site.url("play/"))
    expect(page.get_by_role("status")).to_contain_text("Python could not start.", timeout=30_000)
    expect(page.get_by_role("status")).to_contain_text(missing)
    site.broken.clear()
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    assert write_and_run(only_cell(page), "print('up')") == "up\n"


@pytest.mark.console_errors
def test_an_import_waits_for_files_that_come_late(page: Page, site: Site) -> None:
    site.broken.add("packages-")
    page.goto(site.url("play/"))
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    only = only_cell(page)
    # What most programs need is there.
    assert write_and_run(only, "import torch\nprint(torch.ones(2).sum())") == "tensor(2.)\n"
    assert "Did you mean `Linear`?" in write_and_run(only, "torch.nn.Linaer", state="error")
    text = write_and_run(only, "import this_is_nowhere", state="error")
    assert "a part of Python is missing" in text
    assert "packages-" in text
    site.broken.clear()
    # The next run asks for them again.
    assert "No module named 'this_is_nowhere'" in write_and_run(
        only, "import this_is_nowhere", state="error"
    )
    assert write_and_run(only, "import colorsys\nprint(colorsys.rgb_to_hsv(0, 0, 0))") == (
        "(0.0, 0.0, 0)\n"
    )


def test_a_program_that_reads_files_waits_for_them_and_can_be_stopped(
    page: Page, site: Site
) -> None:
    held: list[Route] = []
    page.route("**/packages-*", lambda route: held.append(route))
    page.goto(site.url("play/"))
    expect(page.get_by_role("status")).to_have_text(READY, timeout=60_000)
    source = "import inspect, torch\nprint(inspect.getsource(torch.nn.Linear)[:12])"
    start(page, source)
    expect(only_cell(page)).to_have_attribute("data-state", "running")
    stop(page)
    expect(output(only_cell(page))).to_have_text("")
    start(page, source)
    expect(only_cell(page)).to_have_attribute("data-state", "running")
    held[0].continue_()
    expect(only_cell(page)).to_have_attribute("data-state", "done", timeout=30_000)
    assert output_of(only_cell(page)) == "class Linear\n"


@pytest.mark.console_errors
@pytest.mark.parametrize("position", [0, 100_000])
def test_a_damaged_engine_ends_in_words(page: Page, site: Site, position: int) -> None:
    def damage(route: Route) -> None:
        body = bytearray(route.fetch().body())
        body[position : position + 64] = bytes(64)
        route.fulfill(body=bytes(body), content_type="application/wasm")

    page.route("**/pyodide.asm-*.wasm", damage)
    page.goto(site.url("play/"))
    expect(page.get_by_role("status")).to_contain_text("Python could not start.", timeout=30_000)
    expect(page.get_by_role("button", name="Retry")).to_be_visible()
