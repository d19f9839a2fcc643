"""What the page asks of the library, answered beside the program: never as a part of its run."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from .shorten import shorten

#: Characters of an answer that a page takes: as in web/src/runtime/validate.ts.
LONGEST_ANSWER = 4_000_000
_LONGEST_ERROR = 2_000

#: Called with the name of a question and its data; returns the answer.
Answerer = Callable[[str, Any], Any]
#: Called with the answer, as JSON with `id` and either `data`, JSON itself, or `error`.
Send = Callable[[str], None]


class Questions:
    """Takes questions and sends what is answered, one after the other.

    Args:
        next_question: returns the next one as JSON, `id`, `name` and `data`; empty where there is none.
        send: called with each answer.
        aside: what a handler runs in, so that nothing of it is seen in the run.
    """

    def __init__(
        self,
        next_question: Callable[[], str],
        send: Send,
        aside: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._next_question = next_question
        self._send = send
        self._aside = aside
        self._answering = False
        #: Answers for the library.
        self.answerer: Answerer | None = None
        #: Whether a handler runs, and can be interrupted.
        self.handling = False

    def answer(self) -> None:
        """Answer all that is asked; nothing where one is being answered already.

        No exception comes out of a handler: not even the KeyboardInterrupt of a Stop, which the caller has
        to look for himself.
        """
        if self._answering:
            return
        self._answering = True
        try:
            while question := self._next_question():
                asked = json.loads(question)
                reply = self._reply(asked["name"], asked["data"])
                self._send(json.dumps({"id": asked["id"], **reply}))
        finally:
            self._answering = False

    def _reply(self, name: str, data: str) -> dict[str, str]:
        try:
            with self._aside():
                self.handling = True
                try:
                    answer = json.dumps(self._ask(name, json.loads(data)), allow_nan=False)
                finally:
                    self.handling = False
            if len(answer) > LONGEST_ANSWER:
                raise ValueError(
                    f"the answer has {len(answer):,} characters; a page takes {LONGEST_ANSWER:,}"
                )
        except BaseException as error:
            return {"error": shorten(_message(error), _LONGEST_ERROR)}
        return {"data": answer}

    def _ask(self, name: str, data: Any) -> Any:
        if self.answerer is None:
            raise LookupError("there is no library that answers questions")
        return self.answerer(name, data)


def _message(error: BaseException) -> str:
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:
        return type(error).__name__  # The learner's own `__str__` fails.
