"""What a page can ask of the library, also while a program runs.

A question has a name and data as JSON has them, and so has its answer. Whatever can answer one registers
itself, as in ``host.questions["graph.open"] = open_groups``, and raises where it cannot: the page is told
the message. What a handler is given comes from a page, which may have it from a stranger's drawing.
"""

from __future__ import annotations

import contextlib
import contextvars
import random
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ..autograd.grad_mode import no_grad
from ..autograd.watching import unwatched
from ..generator import default_generator

#: What answers a question, by its name; takes and returns what JSON can hold.
questions: dict[str, Callable[[Any], Any]] = {}


def answer(name: str, data: Any) -> Any:
    """Answer a question of the page, so that a program that is running goes on as if nobody had asked.

    Nothing that the handler computes is recorded, or seen by what watches the program's operations. NumPy's
    and the decimals' settings are those to begin with, and all random numbers go on afterwards as before.

    Raises:
        LookupError: nothing answers questions of this name.
        Exception: whatever the handler raises.
    """
    handler = questions.get(name)
    if handler is None:
        raise LookupError(f"nothing answers the question {name!r}")
    with no_grad(), unwatched(), _same_random_numbers():
        return contextvars.Context().run(handler, data)


@contextlib.contextmanager
def _same_random_numbers() -> Iterator[None]:
    pythons, numpys = random.getstate(), np.random.get_state(legacy=False)
    try:
        with default_generator.set_aside():
            yield
    finally:
        random.setstate(pythons)
        np.random.set_state(numpys)
