"""Runs the cells of many pages in one Pyodide, each page as if Python had just started there."""

from __future__ import annotations

import asyncio
import builtins
import gc
import importlib
import json
import os
import random
import sys
import time
import warnings
from typing import Any

import numpy as np

# As everything is before the first page: the library and the session are not imported yet.
_MODULES = dict(sys.modules)
_BUILTINS = dict(vars(builtins))
_META_PATH = list(sys.meta_path)
_PATH = list(sys.path)
_FILTERS = list(warnings.filters)
_STREAMS = (sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook)
_RECURSION_LIMIT = sys.getrecursionlimit()
_ENVIRONMENT = dict(os.environ)
_FOLDER = os.getcwd()
_SLEEP = time.sleep
_PRINTING: dict[str, Any] = dict(np.get_printoptions())
_FLOATING: dict[str, Any] = dict(np.geterr())


class Worker:
    """What `playground.session.browser` calls, in an engine that cannot switch stacks."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def emit(self, event: str) -> None:
        self.events.append(json.loads(event))

    def questions(self) -> str:
        return ""

    def answered(self, answer: str) -> None:
        raise AssertionError("nobody has asked anything")

    def ended(self) -> asyncio.Future[None]:
        return asyncio.get_running_loop().create_future()

    def stopping(self) -> bool:
        return False

    def changes(self) -> str:
        return "{}"


async def main(argument: str) -> str:
    """Return for each page the cells' states and events; the argument has the cells' ids and sources."""
    pages: dict[str, list[tuple[str, str]]] = json.loads(argument)
    return json.dumps({name: await _run_page(cells) for name, cells in pages.items()})


async def _run_page(cells: list[tuple[str, str]]) -> dict[str, dict[str, Any]]:
    _forget()
    worker = Worker()
    session = _open_session(worker)
    found: dict[str, dict[str, Any]] = {}
    for cell, source in cells:
        status = session.run(source, cell, [], "{}", False)
        if not isinstance(status, str):
            status = await status
        found[cell] = {"status": status, "events": worker.events}
        worker.events = []
    return found


def _forget() -> None:
    """Put back what a program can change in the interpreter: what was there first, and nothing else."""
    for name in set(sys.modules) - set(_MODULES):
        del sys.modules[name]
    sys.modules.update(_MODULES)
    for name in set(vars(builtins)) - set(_BUILTINS):
        delattr(builtins, name)
    vars(builtins).update(_BUILTINS)
    sys.meta_path[:] = _META_PATH
    sys.path[:] = _PATH
    warnings.filters[:] = _FILTERS  # type: ignore[index]
    sys.stdin, sys.stdout, sys.stderr, sys.displayhook, sys.excepthook = _STREAMS
    sys.setrecursionlimit(_RECURSION_LIMIT)
    os.environ.clear()
    os.environ.update(_ENVIRONMENT)
    os.chdir(_FOLDER)
    time.sleep = _SLEEP
    np.set_printoptions(**_PRINTING)
    np.seterr(**_FLOATING)
    # Afresh, as in a new interpreter: a page that sets no seed must not find the seed of the one before.
    random.seed()
    np.random.seed()
    gc.collect()


def _open_session(worker: Worker) -> Any:
    """As `openSession` in web/src/sandbox/bootstrap.ts does it."""
    importlib.import_module("backprop").alias_as_torch()
    browser = importlib.import_module("playground.session.browser")
    session = browser.BrowserSession(worker, False)
    session.connect(importlib.import_module("backprop.host"))
    return session
