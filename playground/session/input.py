"""`input` and ``sys.stdin``: prepared answers first, then whoever can be asked."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

from .output import Output

#: Called with a prompt; returns the answer, or None where the input was closed.
Ask = Callable[[str], str | None]


class AnswersNeeded(RuntimeError):
    """`input` was called where nobody can be asked, and no answer was prepared."""

    def __init__(self) -> None:
        super().__init__(
            "input() cannot ask here while the program runs. Write the answers, one a line, into the "
            "box below the output, and run the cell again."
        )


class Input:
    """Stands in for the builtin `input`."""

    def __init__(self, output: Output, ask: Ask | None) -> None:
        self._output = output
        self._ask = ask
        self._answers: list[str] = []

    def begin(self, answers: Iterable[str]) -> None:
        """A run begins, with these answers prepared."""
        self._answers = list(answers)

    def __call__(self, prompt: object = "", /) -> str:
        """Return the next answer.

        Raises:
            EOFError: the input was closed; AnswersNeeded: nobody can be asked.
        """
        text = str(prompt)
        if self._answers:
            answer: str | None = self._answers.pop(0)
        elif self._ask is None:
            self._output.write("stdout", text)
            raise AnswersNeeded
        else:
            self._output.flush()
            answer = self._ask(text)
        self._output.write("stdout", f"{text}{'' if answer is None else answer}\n")
        if answer is None:
            raise EOFError("the input was closed")
        return answer


class InputStream(io.TextIOBase):
    """``sys.stdin``: a line is what `input` returns."""

    def __init__(self, source: Input) -> None:
        self._source = source

    def readable(self) -> bool:
        """Always true."""
        return True

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        """The next line with its end, whatever `size` is; empty where the input was closed."""
        try:
            return self._source() + "\n"
        except EOFError:
            return ""

    def read(self, size: int | None = -1, /) -> str:
        """Every line until the input is closed."""
        return "".join(iter(self.readline, ""))
