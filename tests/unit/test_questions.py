"""What the page asks of Python: answered beside a program, which goes on as if nobody had asked."""

from __future__ import annotations

import decimal
import importlib
import json
import random
import signal
import sys
import textwrap
import time
import types
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import backprop as torch
import numpy as np
import pytest
from backprop import host, viz
from backprop.autograd.watching import Watcher


@pytest.fixture
def handler() -> Iterator[Callable[[Callable[[Any], Any]], None]]:
    """Registers what answers the question ``test``."""

    def register(function: Callable[[Any], Any]) -> None:
        host.questions["test"] = function

    yield register
    host.questions.pop("test", None)


Register = Callable[[Callable[[Any], Any]], None]


def test_an_unknown_name_is_said() -> None:
    with pytest.raises(LookupError, match="nothing answers the question 'nonsense'"):
        host.answer("nonsense", None)


def test_a_handler_leaves_random_numbers_and_grad_mode_as_they_were(handler: Register) -> None:
    def disturb(data: Any) -> bool:
        torch.manual_seed(3)
        torch.rand(7)
        random.seed(3)
        np.random.seed(3)
        torch.set_grad_enabled(True)
        np.seterr(all="raise")
        decimal.getcontext().prec = 3
        return True

    def numbers() -> list[float]:
        return [torch.randn(1).item(), random.random(), float(np.random.rand())]

    handler(disturb)
    for seed in (torch.manual_seed, random.seed, np.random.seed):
        seed(1)
    expected = numbers() + numbers()
    for seed in (torch.manual_seed, random.seed, np.random.seed):
        seed(1)
    found, before, precise = numbers(), np.geterr(), decimal.getcontext().prec
    with torch.no_grad():
        assert host.answer("test", None)
        assert not torch.is_grad_enabled()
    assert torch.is_grad_enabled()
    assert found + numbers() == expected
    assert (np.geterr(), decimal.getcontext().prec) == (before, precise)


def test_what_a_handler_computes_is_not_watched(handler: Register) -> None:
    class Seen(Watcher):
        def __init__(self) -> None:
            self.names: list[str] = []

        def computed(self, result: torch.Tensor, operation: str, inputs: object) -> None:
            self.names.append(operation)

        def entered(self, module: object) -> None:
            self.names.append("module")

    model, seen = torch.nn.Linear(1, 1), Seen()
    handler(lambda data: model(torch.ones(1)).item())
    seen.begin()
    try:
        with viz.remember():
            host.answer("test", None)
            assert seen.names == []
            model(torch.ones(1))
        assert seen.names[0] == "module"
    finally:
        seen.end()


class Worker:
    """A worker and its page in CPython: promises are functions, and `run_sync` calls them."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.answers: list[dict[str, Any]] = []
        self.asked: deque[dict[str, Any]] = deque()
        self.stopped = False
        self._woken = False
        #: Called while Python pauses.
        self.meanwhile: Callable[[], None] = lambda: None

    def ask(self, name: str, data: Any = None) -> None:
        self._woken = True
        self.asked.append({"id": len(self.asked) + 1, "name": name, "data": json.dumps(data)})

    def emit(self, event: str) -> None:
        self.events.append(json.loads(event))

    def answered(self, answer: str) -> None:
        self.answers.append(json.loads(answer))

    def questions(self) -> str:
        return json.dumps(self.asked.popleft()) if self.asked else ""

    def stopping(self) -> bool:
        return self.stopped

    def tick(self) -> int:
        return 1

    def sleep(self, milliseconds: float) -> int:
        return 1

    def until(self, wait: int) -> Callable[[], str]:
        def woken() -> str:
            self.meanwhile()
            woken, self._woken = self._woken, False
            return "" if woken and not self.stopped else "null"

        return woken

    def changes(self) -> str:
        return "{}"


@pytest.fixture
def worker() -> Worker:
    return Worker()


@pytest.fixture
def session(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A browser's session, in which signals come as Pyodide makes them: a hundred times a second here."""
    ffi = types.ModuleType("pyodide.ffi")
    ffi.can_run_sync = lambda: True  # type: ignore[attr-defined]
    ffi.run_sync = lambda promise: promise()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyodide", types.ModuleType("pyodide"))
    monkeypatch.setitem(sys.modules, "pyodide.ffi", ffi)
    monkeypatch.delitem(sys.modules, "playground.session.browser", raising=False)
    browser = importlib.import_module("playground.session.browser")
    monkeypatch.delitem(sys.modules, "playground.session.browser")
    monkeypatch.setattr(time, "sleep", time.sleep)
    monkeypatch.setattr(browser, "TICK_SIGNAL", signal.SIGALRM)
    before = signal.getsignal(signal.SIGALRM)
    made = browser.BrowserSession(worker, False)
    made._switches_stacks = True
    signal.signal(signal.SIGALRM, made._on_tick)
    made.connect(host)
    signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
    yield made
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)
    host.disconnect()


def run(session: Any, source: str) -> str:
    status: str = session.run(source, "cell", [], "{}", False)
    return status


def text(worker: Worker) -> str:
    return "".join(each["text"] for each in worker.events if each["type"] in ("stdout", "stderr"))


#: Goes on until the page has had an answer.
WAIT = """\
import time
end = time.monotonic() + 20
while not answers and time.monotonic() < end:
    pass
"""
LOOP = WAIT + 'print("went on")'


def asking(worker: Worker, session: Any) -> None:
    """The page asks once, as soon as the program is under way."""
    session._session.namespace["answers"] = worker.answers

    def ask() -> None:
        worker.meanwhile = lambda: None
        worker.ask("test", [1, 2])

    worker.meanwhile = ask


def test_it_is_answered_while_a_loop_runs(worker: Worker, session: Any, handler: Register) -> None:
    handler(lambda data: {"sum": sum(data)})
    asking(worker, session)
    assert run(session, LOOP) == "ok"
    assert worker.answers == [{"id": 1, "data": '{"sum": 3}'}]
    assert text(worker) == "went on\n"


def test_between_two_runs_it_is_answered_at_once(worker: Worker, session: Any) -> None:
    worker.ask("nonsense")
    session.answer()
    assert "nothing answers the question 'nonsense'" in worker.answers[0]["error"]


def test_a_handler_reaches_nothing_of_the_run(
    worker: Worker, session: Any, handler: Register
) -> None:
    def loud(data: Any) -> list[str]:
        sys.stdout.write("out")
        sys.stderr.write("err")
        session._session.display(1)
        session._session.show({"text/plain": "x"})
        session._session.keep({"text/plain": "x"})
        found = [type(sys.gettrace()).__name__]
        try:
            input("?")
        except EOFError:
            found.append("EOFError")
        return found

    handler(loud)
    asking(worker, session)
    source = f"""\
import contextlib, io, sys
own = io.StringIO()
sys.settrace(lambda frame, event, arg: None)
with contextlib.redirect_stdout(own):
    try:
        1 / 0
    except ZeroDivisionError:
{textwrap.indent(WAIT, " " * 8)}
        kind = sys.exc_info()[0].__name__
sys.settrace(None)
print(repr(own.getvalue()), kind)
"""
    assert run(session, source) == "ok"
    assert json.loads(worker.answers[0]["data"]) == ["NoneType", "EOFError"]
    assert text(worker) == "'' ZeroDivisionError\n"
    assert {each["type"] for each in worker.events} == {"stdout"}


@pytest.mark.parametrize(
    "error", [ValueError("no"), SystemExit(3), KeyboardInterrupt(), RecursionError()]
)
def test_an_error_in_a_handler_never_reaches_the_program(
    worker: Worker, session: Any, handler: Register, error: BaseException
) -> None:
    def fail(data: Any) -> Any:
        raise error

    handler(fail)
    asking(worker, session)
    assert run(session, LOOP) == "ok"
    assert worker.answers == [{"id": 1, "error": f"{type(error).__name__}: {error}"}]
    assert text(worker) == "went on\n"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (object(), "not JSON serializable"),
        (float("nan"), "not JSON compliant"),
        ("x" * 4_000_001, "a page takes 4,000,000"),
    ],
)
def test_an_answer_that_no_page_takes_is_an_error(
    worker: Worker, session: Any, handler: Register, answer: Any, words: str
) -> None:
    handler(lambda data: answer)
    worker.ask("test")
    session.answer()
    assert words in worker.answers[0]["error"]


def test_stop_ends_a_handler_and_the_run(worker: Worker, session: Any, handler: Register) -> None:
    def endless(data: Any) -> None:
        worker.meanwhile = lambda: setattr(worker, "stopped", True)
        while True:
            pass

    handler(endless)
    asking(worker, session)
    assert run(session, LOOP) == "stopped"
    assert worker.answers == [{"id": 1, "error": "KeyboardInterrupt: "}]
    assert text(worker) == ""


def test_a_question_during_a_handler_waits(worker: Worker, session: Any, handler: Register) -> None:
    depths: list[int] = []

    def slow(data: Any) -> None:
        depths.append(1)
        if len(depths) == 1:
            worker.ask("test")
            end = time.monotonic() + 0.1
            while time.monotonic() < end:
                assert len(depths) == 1

    handler(slow)
    asking(worker, session)
    assert run(session, LOOP) == "ok"
    assert len(worker.answers) == 2
    assert all("data" in each for each in worker.answers)


def test_a_handler_that_sleeps_answers_no_other_question(
    worker: Worker, session: Any, handler: Register
) -> None:
    depth, deepest = 0, 0

    def sleepy(data: Any) -> None:
        nonlocal depth, deepest
        depth, deepest = depth + 1, max(deepest, depth + 1)
        if len(worker.answers) == 0:
            worker.ask("test")
        session._sleep(1)
        depth -= 1

    handler(sleepy)
    asking(worker, session)
    assert run(session, LOOP) == "ok"
    assert ["data" in each for each in worker.answers] == [True, True]
    assert deepest == 1


def test_a_program_that_sleeps_answers(worker: Worker, session: Any, handler: Register) -> None:
    handler(lambda data: 1)
    asking(worker, session)
    session._session.namespace["sleep"] = session._sleep
    signal.setitimer(signal.ITIMER_REAL, 0)
    assert run(session, "sleep(1)\nprint(len(answers))") == "ok"
    assert text(worker) == "1\n"
