"""Runs the cells of the pages in CPython, and keeps what they put out."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playground.builder.cache import BuildCache, digest, digest_tree
from playground.builder.cells import Cell, with_needs
from playground.builder.exercises import Exercise
from playground.builder.sources import Source
from playground.errors import PlaygroundError, SourceError
from playground.project import Project

_EVENTS = "events.json"
_TIME_LIMIT = 120.0
_PAGES_AT_ONCE = 2

Events = dict[str, list[dict[str, Any]]]
"""The events of each cell, by its id, as `playground.session` emits them."""


def run_cells(project: Project, sources: Sequence[Source], cache: BuildCache) -> dict[str, Events]:
    """Return what the cells of each page put out, by the page's address.

    They run only when something changed, two pages at a time. Which of them ends first decides neither
    about what is said meanwhile nor about which mistake is named: the first in the order of the pages.

    Raises:
        SourceError: A cell fails; names the line of the lesson or example.
    """
    circumstances = _circumstances(project)
    keys = {source.address: _key(source, circumstances) for source in sources}
    pool = ThreadPoolExecutor(_PAGES_AT_ONCE)
    try:
        runs = {
            source.address: pool.submit(_execute, project, source)
            for source in sources
            if source.cells and not cache.holds("cells", keys[source.address])
        }
        return {
            source.address: _keep(source, keys[source.address], runs.get(source.address), cache)
            for source in sources
        }
    finally:
        pool.shutdown(cancel_futures=True)


def _key(source: Source, circumstances: str) -> str:
    """Return a hash of everything that decides about the output of a page's cells."""
    cells = [[cell.id, cell.source, cell.needs] for cell in source.cells]
    cells += [
        [each.cell.id, each.solution.source, each.check.source]
        for each in source.exercises.values()
    ]
    return digest(source.kind, source.name, json.dumps(cells), circumstances)


def _keep(source: Source, key: str, run: Future[Events] | None, cache: BuildCache) -> Events:
    """Return the events of a page: those of its run, or of an earlier build where there is none."""
    if not source.cells:
        return {}

    def make(folder: Path) -> None:
        assert run is not None, "what the cache does not hold was run"
        (folder / _EVENTS).write_text(json.dumps(run.result()), encoding="utf-8")

    folder = cache.folder("cells", key, f"Running the cells of {source.path.name}", make)
    events: Events = json.loads((folder / _EVENTS).read_text(encoding="utf-8"))
    return events


def _circumstances(project: Project) -> str:
    """Return a hash of everything besides the cells that decides about their output."""
    return digest(
        sys.version,
        platform.machine(),
        version("numpy"),
        # Other kernels than the processor's own, where somebody has chosen them.
        os.environ.get("OPENBLAS_CORETYPE", ""),
        os.environ.get("NPY_DISABLE_CPU_FEATURES", ""),
        digest_tree(project.library),
        digest_tree(project.session),
        Path(__file__).with_name("run_page.py").read_bytes(),
    )


def _execute(project: Project, source: Source) -> Events:
    cells = source.cells
    alone = [with_needs(cell, cells) for cell in cells]
    # Where the needs are exactly the cells above, the run in page order has shown it already.
    alone = [group for index, group in enumerate(alone) if group != cells[: index + 1]]
    work = {
        "cells": _plain(cells),
        "alone": [_plain(group) for group in alone],
        "exercises": [_plain_exercise(each, cells) for each in source.exercises.values()],
    }
    lines, problem = _run_process(project, json.dumps(work))
    events: Events = {cell.id: [] for cell in cells}
    current: Cell | None = None
    for line in lines:
        message = json.loads(line)
        if "cell" in message:
            current = next(cell for cell in cells if cell.id == message["cell"])
            continue
        if "exercise" in message:
            current = source.exercises[message["exercise"]].solution
            _check_exercise(source, message)
            continue
        assert current is not None
        event = message["event"]
        if event["type"] == "error":
            raise _failure(source, current, event, alone=message["run"] == "alone")
        events[current.id].append(event)
    if problem:
        place = current or cells[0]
        raise SourceError(place.path, place.line, f"the cell {place.id} {problem}")
    return events


def _plain_exercise(exercise: Exercise, cells: list[Cell]) -> dict[str, Any]:
    solution, start, check = _plain([exercise.solution, exercise.cell, exercise.check])
    needs = _plain(with_needs(exercise.cell, cells)[:-1])
    return {"id": start["id"], "needs": needs, "solution": solution, "start": start, "check": check}


def _check_exercise(source: Source, message: dict[str, Any]) -> None:
    """Check that the solution passes the check, and that the code to start from does not."""
    exercise = source.exercises[message["exercise"]]
    error = message["error"]
    name = exercise.cell.id
    if message["code"] == "start":
        if error is None:
            raise SourceError(
                source.path,
                exercise.check.line,
                f"the check of {name} passes with the code to start from: there is nothing to do",
            )
    elif error is not None:
        place = exercise.solution if error["cell"] == name else exercise.check
        line = place.first_line + error["line"] - 1 if error["line"] else place.line
        raise SourceError(
            source.path,
            line,
            f"the solution of {name} does not pass the check: {error['name']}: {error['message']}\n"
            f"{error['traceback'].rstrip()}",
        )


def _plain(cells: list[Cell]) -> list[dict[str, str]]:
    return [{"id": cell.id, "source": cell.source} for cell in cells]


def environment(project: Project) -> dict[str, str]:
    """What surrounds a process that runs the library's sources: the same everywhere."""
    root = Path(__file__).resolve().parents[2]
    return os.environ | {
        "PYTHONPATH": os.pathsep.join([str(project.library), str(root)]),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
        # One thread: the order in which a sum is added up decides about its last digits.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "TZ": "UTC",
    }


def _run_process(project: Project, work: str) -> tuple[list[str], str]:
    """Return the complete lines that the process wrote, and in words how it failed, if it did."""
    command = [sys.executable, "-P", "-m", "playground.builder.run_page"]
    with TemporaryDirectory() as empty:
        process = subprocess.Popen(
            command,
            cwd=empty,
            env=environment(project),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        problem = ""
        try:
            output, errors = process.communicate(work, timeout=_TIME_LIMIT)
            if process.returncode != 0:
                problem = f"ended Python with exit code {process.returncode}:\n{errors.strip()}"
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
            problem = f"did not end within {_TIME_LIMIT:.0f} s"
    return [line for line in output.splitlines(keepends=True) if line.endswith("\n")], problem


def _failure(source: Source, cell: Cell, event: dict[str, Any], *, alone: bool) -> PlaygroundError:
    """Return the error for a cell that raised, at its line in the author's file."""
    raising = next((other for other in source.cells if other.id == event["cell"]), cell)
    line = raising.first_line + event["line"] - 1 if event["line"] else cell.line
    how = "fails when it runs alone with what it needs" if alone else "fails"
    hint = '\nIf it uses a cell above it, name that cell: needs="...".' if alone else ""
    summary = f"{event['name']}: {event['message']}" if event["message"] else event["name"]
    return SourceError(
        source.path,
        line,
        f"the cell {cell.id} {how}: {summary}\n{event['traceback'].rstrip()}{hint}",
    )
